"""Two braces or three: what is printed with two is escaped for HTML, which nothing here is."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Template
from toolkit.integration.pointers import FLAG_LINK, FORM, STORE_FORM
from toolkit.regex import regex
from toolkit.rules.examples import BEARER, CONTENT, SITE, TEMPLATE, hook, hook_with, link_with
from toolkit.rules.registry import rule, warning

_PROSE = frozenset({"title", "details", "comment", "approvalDescription", "errorMessage"})
"""The fields that hold sentences, some of which have quotes in them."""
_NAMES = frozenset({"name", "displayName", "firstName", "lastName", "measuredRolloutFlagName"})
"""The fields that hold names that people type."""
_PLAIN = {"name": "Content-Type", "value": "text/plain"}
_OPENING = regex(r"\{\{~?\s*\Z")
_CLOSING = regex(r"\s*~?\}\}")


@rule(
    warning,
    bad=[
        hook_with(flag=TEMPLATE.replace("{{{", "{{").replace("}}}", "}}")),
        link_with("{{metadata.title}}", {"title": {"type": "string"}}),
        hook_with(flag=TEMPLATE.replace("{{{title.plainText}}}", "{{name}}")),
        hook_with(".txt.hbs", {"headers": [_PLAIN, BEARER]}, flag="{{title.plainText}}\n"),
    ],
    good=hook_with(flag=TEMPLATE.replace("{{{title", "{{kind}}{{key}}{{{title")),
)
def escaped_text(template: Template) -> Iterator[Problem]:
    """Sentences and names are printed with three braces, `{{{title.plainText}}}`.

    Two braces escape them for HTML: a quote becomes `&quot;`. In JSON, LaunchDarkly has put a backslash before that
    quote, so the body is no longer valid; a flag link and a plain text show the HTML to members. Several accepted
    integrations lose events in this way as soon as a comment, or the name of a flag, contains a quote.
    """
    is_plain = template.is_file and template.place.file.endswith(".txt.hbs")
    is_link = (template.place.pointer or "").startswith(f"{FLAG_LINK}/")
    names = []
    for found in template.references:
        way = found.resolved or ()
        if not way or found.role != "printed" or found.raw:
            continue
        if is_link or ((template.json or is_plain) and not _PROSE.isdisjoint((way[0], way[-1]))):
            yield _two(template, found.name, found.start, found.end)
        elif (template.json or is_plain) and way[-1] in _NAMES and way[0] not in ("formVariables", *_PROSE):
            names.append(_two(template, found.name, found.start, found.end))
    if names:
        edits = tuple(edit for problem in names for edit in problem.edits)
        others = len(names) - 1
        more = f", and {others} more name{'s' * (others > 1)} in this template" if others else ""
        yield names[0]._replace(message=names[0].message + more, edits=edits)


@rule(
    warning,
    bad=[
        hook({"url": "{{site}}", "headers": [CONTENT]}, (SITE,)),
        hook({"headers": [CONTENT, {"name": "Authorization", "value": "{{basicAuthHeaderValue 'ldit' token}}"}]}),
    ],
    good=hook({"url": "{{{site}}}/{{pathEncode context.kind}}", "headers": [CONTENT]}, (SITE,)),
)
def escaped_url(template: Template) -> Iterator[Problem]:
    """A whole URL and the result of `basicAuthHeaderValue` are printed with three braces.

    With two, `=` becomes `&#x3D;` and `&` becomes `&amp;`, and a webhook URL with a query no longer works.
    The value of the header may end in `=`, which two braces turn into `&#x3D;`.
    """
    for call in template.calls:
        if call.name == "basicAuthHeaderValue" and _OPENING.search(template.text, 0, call.start):
            end = max(param.end for param in call.params) if call.params else call.end
            if not template.text[: call.start].rstrip(" ~").endswith("{{{"):
                yield _two(template, call.name, call.start, end)
    variables = template.manifest.form_variables if template.role == "url" else ()
    keys = {variable.key for variable in variables if variable.type == "uri" and variable.list in (FORM, STORE_FORM)}
    for found in template.references if keys else ():
        if found.name in keys and found.role == "printed" and not found.raw and not "".join(template.pieces).strip():
            yield _two(template, found.name, found.start, found.end)


def _two(template: Template, name: str, start: int, end: int) -> Problem:
    opening, closing = _OPENING.search(template.text[:start]), _CLOSING.match(template.text, end)
    place = template.at(opening.start() if opening else start, closing.end() if closing else end)
    written = template.text[start:end]
    edits = (Edit(place, f"{{{{{{{written}}}}}}}", safe=False),) if opening and closing else ()
    return Problem(place, f"`{name}` is escaped for HTML here", f"write `{{{{{{{written}}}}}}}`", edits)
