"""How templates are written: helpers, partials, braces, and what Go renders in another way than JavaScript."""

from collections.abc import Iterator

from toolkit.events import CHANGES
from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.fields import Field, strings_in
from toolkit.integration.shape import OTHERS, is_known
from toolkit.regex import regex
from toolkit.rules.examples import HOST, TEMPLATE, hook_with, link_with, store
from toolkit.rules.registry import rule, warning
from toolkit.text import nearest

OWN_ARGUMENTS = {"pathEncode": 1, "queryEncode": 1, "basicAuthHeaderValue": 2, "formatWithOffset": 3}
"""How many arguments a helper takes, where another number makes nonsense."""
KINDS = (*CHANGES, "experiment", "role", "team", "token", "account", "destination", "integration", "release-pipeline")
"""Kinds of events in the change history; there are more."""
TIME_FORMATS = ("milliseconds", "seconds", "rfc3339", "simple")
_SLIP = regex(r"(?<![{$])\{\s*([A-Za-z_@][\w.@/-]*)\s*\}\}(?!\})")
_SINGLE = regex(r"(?<!\{)\$?\{\s*([A-Za-z_][\w.-]*)\s*\}(?!\})")
_FOREIGN = regex(r"<%=?-?\s*([\w.]+)\s*-?%>")
_IN_URL = regex(r"(?<=[/=])(?::([A-Za-z_]\w*)|<([A-Za-z_]\w*)>|%([A-Za-z_]\w*)%|\[([A-Za-z_]\w*)\])(?=[/?&.]|$)")
_MUSTACHE = regex(r"\{\{\s*[#^/>&!]?\s*[A-Za-z_@.]")
_CARD = ("/name", "/author", "/overview", "/supportEmail")
_PLAIN = ("/description", "/placeholder")
"""Fields that may speak of templates."""


@rule(
    warning,
    bad=hook_with(flag=TEMPLATE.replace("title.plainText", "formatWithOffset timestamp.milliseconds 0")),
)
def wrong_helper_arguments(template: Template) -> Iterator[Problem]:
    """LaunchDarkly's own helpers get all their arguments.

    `pathEncode value`, `queryEncode value`, `basicAuthHeaderValue user password`, and
    `formatWithOffset milliseconds seconds format`. The official tests print something strange for what is missing.
    """
    for call in template.calls:
        wanted = OWN_ARGUMENTS.get(call.name, len(call.params))
        if len(call.params) != wanted:
            message = f"`{call.name}` takes {wanted} argument{'s'[: wanted > 1]}, not {len(call.params)}"
            yield Problem(template.at(call.start, call.end), message, "check spaces and quotes")


@rule(warning, bad=hook_with(flag=TEMPLATE.replace("{{{title.plainText}}}", "{{#equal kind 'flags'}}New{{/equal}}")))
def unknown_kind(template: Template) -> Iterator[Problem]:
    """`kind` is compared with a kind of event that exists.

    Such as `flag`, `project`, `environment`, `segment` or `member`: in the singular, in small letters, and not as in a
    policy (`proj`, `env`). A comparison with anything else is never true.
    """
    for call in template.calls:
        compared = [getattr(param, "original", "").removeprefix("context.") for param in call.params]
        if call.name not in ("equal", "equalWithElse") or "kind" not in compared or len(call.params) != 2:
            continue
        other = call.params[1 - compared.index("kind")]
        value = getattr(other, "value", None)
        if isinstance(value, str) and (meant := _kind(value)):
            place = template.at(other.start, other.end)
            yield Problem(place, f"there is no event of kind `{value}`", f"did you mean `{meant}`?")


def _kind(word: str) -> str:
    """The kind of event that a word resembles, and is not."""
    if word in KINDS:
        return ""
    small = {"proj": "project", "env": "environment"}.get(word.lower(), word.lower())
    return nearest(small, KINDS, 0.8)


@rule(
    warning,
    bad=hook_with(flag=TEMPLATE.replace("{{{title.plainText}}}", "{{#equal kind 'flag'}}Flag{{else}}Other{{/equal}}")),
)
def else_in_equal(template: Template) -> Iterator[Problem]:
    """`equal` is used without `{{else}}`; `equalWithElse` can have one.

    LaunchDarkly does not render with the implementation of the official tests, but with one whose `equal` ignores
    `{{else}}`.
    """
    for call in template.calls:
        if call.name == "equal" and call.has_else:
            yield Problem(
                template.at(call.start, call.end),
                "`equal` ignores its {{else}}",
                "use `equalWithElse` at the start and the end of the block",
            )


@rule(warning, bad=hook_with(flag=TEMPLATE.replace("title.plainText", "formatWithOffset timestamp.seconds 0 'iso'")))
def unknown_time_format(template: Template) -> Iterator[Problem]:
    """`formatWithOffset` is called with one of four formats.

    They are `milliseconds`, `seconds`, `rfc3339` and `simple`; any other word prints milliseconds. The arguments before
    it are a time in milliseconds and an offset in seconds.
    """
    for call in template.calls:
        if call.name == "formatWithOffset" and len(call.params) == 3:
            style = getattr(call.params[2], "value", None)
            if isinstance(style, str) and style not in TIME_FORMATS:
                help_ = f"use one of: {', '.join(TIME_FORMATS)}"
                yield Problem(
                    template.at(call.params[2].start, call.params[2].end),
                    f"`{style}` is not a format of formatWithOffset",
                    help_,
                )


@rule(warning, bad=store(url=f"{HOST}/{{_featureStoreKey}}}}"))
def stray_brace(template: Template) -> Iterator[Problem]:
    """A variable has two or three braces on each side.

    `{name}}` and `{name}` are sent as they are, and so is what other programs fill in: `${name}`, `<%= name %>`, and
    `:name` in a URL. This has reached production more than once. One accepted integration has this defect too.
    """
    if template.fault:
        return
    from toolkit.handlebars import texts

    seen = set()
    for piece in texts(template.program):
        text = template.text[piece.start : piece.end]
        others = (_SINGLE, _FOREIGN, _IN_URL) if template.role == "url" else (_SINGLE, _FOREIGN)
        found = (match for pattern in others for match in pattern.finditer(text))
        known = (m for m in found if OTHERS not in template.shape and _known(template, m[m.lastindex or 0]))
        for match in (*_SLIP.finditer(text), *known):
            if match[0] in seen:
                continue
            seen.add(match[0])
            place = template.at(piece.start + match.start(), piece.start + match.end())
            fix = f"{{{{{{{match[match.lastindex or 0]}}}}}}}"
            yield Problem(place, f"`{match[0]}` is sent as it is", f"write `{fix}`", (Edit(place, fix, safe=False),))


def _known(template: Template, name: str) -> bool:
    return is_known(template.shape, tuple(name.split(".")))


@rule(warning, bad=link_with("Acme record", {}, header="{{deepLink}}"))
def unrendered_template(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Templates are used only where LaunchDarkly renders them.

    It does so in URLs, header values, bodies, the texts of flag links, and the prefix and suffix of a payload. JSON
    pointers, regular expressions, header names and texts for members stay as they are.
    """
    rendered = {template.place.pointer for template in integration.templates}
    cards = (Field(pointer, manifest.text(pointer)) for pointer in _CARD)
    links = strings_in(manifest.object("/links"), "/links")
    for text in (*strings_in(manifest.object("/capabilities"), "/capabilities"), *links, *cards):
        if (
            manifest.at(text.pointer).pointer not in rendered
            and not text.pointer.endswith(_PLAIN)
            and (m := _MUSTACHE.search(text.value))
        ):
            place = manifest.at(text.pointer, (m.start(), len(text.value)))
            yield Problem(place, "this template is not rendered here", "remove the braces")


@rule(
    warning,
    bad=hook_with(flag='{\n  "tags": "{{#each tags as |tag|}}{{{tag}}} {{/each}}"\n}\n'),
    good=hook_with(flag='{\n  "tags": "{{#each tags}}{{{this}}} {{/each}}"\n}\n'),
    unless=("broken-template",),
)
def block_parameter(template: Template) -> Iterator[Problem]:
    """Blocks have no parameters such as `as |tag|`.

    In the version of Handlebars that the official tests pin, 4.7.7, they are undefined: one that is printed says
    nothing, and a path on one fails. LaunchDarkly renders with another implementation. `this` works everywhere.
    """
    seen = set()
    for found in template.block_parameters:
        if found.name not in seen:
            seen.add(found.name)
            message = f"the block parameter `{found.name}` is undefined in the official tests"
            yield Problem(template.at(found.start, found.end), message, "write `this`, or the way from there")
