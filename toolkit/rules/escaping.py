"""Two braces or three: what is printed with two is escaped for HTML, which nothing here is."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Template
from toolkit.integration.form_variable import ROOT, STORE
from toolkit.integration.templates import LINK
from toolkit.rules.patches import CONTENT, SITE, hook
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD, hook_with, link_with

_PROSE = frozenset({"title", "details", "comment", "approvalDescription", "errorMessage"})
"""The fields that hold sentences, some of which have quotes in them."""
_NAMES = frozenset({"name", "displayName", "firstName", "lastName", "measuredRolloutFlagName"})
_OPENING = re.compile(r"\{\{~?\s*\Z")
_CLOSING = re.compile(r"\s*~?\}\}")


@rule(
    Severity.warning,
    hook_with(flag=GOOD.replace("{{{", "{{").replace("}}}", "}}")),
    link_with("{{metadata.title}}", {"title": {"type": "string"}}),
)
def escaped_text(template: Template) -> Iterator[Problem]:
    """Sentences are printed with three braces, `{{{title.plainText}}}`.

    Two braces escape them for HTML: a quote becomes `&quot;`. In JSON, LaunchDarkly has put a backslash before that
    quote, so the body is no longer valid; a flag link shows the HTML to members. Several accepted integrations lose
    events in this way as soon as a comment contains a quote.
    """
    is_link = (template.place.pointer or "").startswith(f"{LINK}/")
    for found in template.references:
        way = found.resolved or ()
        prose = bool(way) and (is_link or (template.json and not _PROSE.isdisjoint((way[0], way[-1]))))
        if prose and found.role == "printed" and not found.raw:
            yield _two(template, found.name, found.start, found.end)


@rule(Severity.note, hook_with(flag=GOOD.replace("{{{title.plainText}}}", "{{name}}")))
def escaped_name(template: Template) -> Iterator[Problem]:
    """Names in JSON are printed with three braces, `{{{name}}}`.

    As with sentences, a quote in the name of a flag or a project makes the whole body invalid. Many integrations miss
    it, because few names contain quotes.
    """
    problems = []
    for found in template.references if template.json else ():
        way = found.resolved or ()
        known = bool(way) and way[-1] in _NAMES and way[0] not in ("formVariables", *_PROSE)
        if known and found.role == "printed" and not found.raw:
            problems.append(_two(template, found.name, found.start, found.end))
    if problems:
        edits = tuple(edit for problem in problems for edit in problem.edits)
        more = f", and {len(problems) - 1} more in this template" if problems[1:] else ""
        yield problems[0]._replace(message=problems[0].message + more, edits=edits)


@rule(Severity.note, hook({"url": "{{site}}", "headers": [CONTENT]}, (SITE,)))
def escaped_url(template: Template) -> Iterator[Problem]:
    """A form variable that is a URL is printed with three braces, `{{{endpointUrl}}}`.

    With two, `&` becomes `&amp;`, and a webhook URL with two parameters no longer works.
    """
    if template.role != "url":
        return
    variables = template.manifest.form_variables
    keys = {variable.key for variable in variables if variable.type == "uri" and variable.list in (ROOT, STORE)}
    for found in template.references:
        if found.name in keys and found.role == "printed" and not found.raw:
            yield _two(template, found.name, found.start, found.end)


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, {"name": "Authorization", "value": "{{basicAuthHeaderValue 'ldit' token}}"}]}),
)
def escaped_credentials(template: Template) -> Iterator[Problem]:
    """The result of `basicAuthHeaderValue` is printed with three braces.

    It may end in `=`, which two braces turn into `&#x3D;`.
    """
    for call in template.calls:
        if call.name == "basicAuthHeaderValue" and _OPENING.search(template.text, 0, call.start):
            end = max(param.end for param in call.params) if call.params else call.end
            if not template.text[: call.start].rstrip(" ~").endswith("{{{"):
                yield _two(template, call.name, call.start, end)


def _two(template: Template, name: str, start: int, end: int) -> Problem:
    opening, closing = _OPENING.search(template.text[:start]), _CLOSING.match(template.text, end)
    place = template.at(opening.start() if opening else start, closing.end() if closing else end)
    written = template.text[start:end]
    edits = (Edit(place, f"{{{{{{{written}}}}}}}", safe=False),) if opening and closing else ()
    return Problem(place, f"`{name}` is escaped for HTML here", f"write `{{{{{{{written}}}}}}}`", edits)
