"""How templates are written: helpers, partials, braces, and what Go renders in another way than JavaScript."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.events import CHANGES
from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.shape import OTHERS, is_known
from toolkit.rules import suggestions
from toolkit.rules.fields import Text, strings
from toolkit.rules.patches import HOST, store
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD, approval_with, hook_with, link_with

if TYPE_CHECKING:
    from toolkit.handlebars import HelperCall, Program
    from toolkit.handlebars.nodes import Partial

ARGUMENTS = {"if": 1, "unless": 1, "each": 1, "with": 1, "lookup": 2, "equal": 2, "equalWithElse": 2}
"""How many arguments a helper takes, where another number is an error."""
OWN_ARGUMENTS = {"pathEncode": 1, "queryEncode": 1, "basicAuthHeaderValue": 2, "formatWithOffset": 3}
"""The same, where another number makes nonsense."""
KINDS = (*CHANGES, "experiment", "role", "team", "token", "account", "destination", "integration", "release-pipeline")
"""Kinds of events in the change history; there are more."""
TIME_FORMATS = ("milliseconds", "seconds", "rfc3339", "simple")
_SLIP = re.compile(r"(?<![{$])\{\s*([A-Za-z_@][\w.@/-]*)\s*\}\}(?!\})")
_SINGLE = re.compile(r"(?<!\{)\$?\{\s*([A-Za-z_][\w.-]*)\s*\}(?!\})")
_FOREIGN = re.compile(r"<%=?-?\s*([\w.]+)\s*-?%>")
_IN_URL = re.compile(r"(?<=[/=])(?::([A-Za-z_]\w*)|<([A-Za-z_]\w*)>|%([A-Za-z_]\w*)%|\[([A-Za-z_]\w*)\])(?=[/?&.]|$)")
_MUSTACHE = re.compile(r"\{\{\s*[#^/>&!]?\s*[A-Za-z_@.]")
_PLAIN = ("/description", "/placeholder")
"""Fields that may speak of templates."""


@rule(Severity.error, approval_with('{"title": "{{{title.plainText}}"}'))
def template_syntax(template: Template) -> Iterator[Problem]:
    """Templates are valid Handlebars, of reasonable size.

    The official tests check those of audit log hooks and flag links only. The limits stop deeply nested loops and files
    made to keep a program busy; no real template comes near them.
    """
    tested = [error for use in template.tested if (error := template.output(use.tested).error)]
    error = next((error for error in tested if error.phase == "limit"), None) or (None if tested else template.fault)
    if error:
        yield Problem(template.at(error.offset, error.offset + 1), str(error), error.help or "simplify the template")


@rule(
    Severity.error,
    approval_with('{"title": "{{{upper title.plainText}}}"}'),
    hook_with(flag=GOOD.replace("{{{title", "{{#unless kind}}{{{upper kind}}}{{/unless}}{{{title")),
)
def template_helper(template: Template) -> Iterator[Problem]:
    """Templates call only helpers that LaunchDarkly has, with the arguments that they take.

    Beside `if`, `unless`, `each`, `with` and `lookup` these are `equal`, `equalWithElse`, `pathEncode`, `queryEncode`,
    `basicAuthHeaderValue` and `formatWithOffset`. The official tests notice it only in hooks, in calls
    that are reached.
    """
    if any(template.output(use.tested).error for use in template.tested):
        return
    for call in template.calls:
        fault, help_ = _misuse(call)
        if fault:
            yield Problem(template.at(call.start, call.end), fault, help_)


@rule(
    Severity.warning,
    hook_with(flag=GOOD.replace("title.plainText", "formatWithOffset timestamp.milliseconds 0")),
)
def helper_arguments(template: Template) -> Iterator[Problem]:
    """LaunchDarkly's own helpers get all their arguments.

    `pathEncode value`, `queryEncode value`, `basicAuthHeaderValue user password`, and
    `formatWithOffset milliseconds seconds format`. The official tests print something strange for what is missing.
    """
    for call in template.calls:
        wanted = OWN_ARGUMENTS.get(call.name, len(call.params))
        if len(call.params) != wanted:
            message = f"`{call.name}` takes {wanted} argument{'s'[: wanted > 1]}, not {len(call.params)}"
            yield Problem(template.at(call.start, call.end), message, "check spaces and quotes")


@rule(Severity.warning, hook_with(flag=GOOD.replace("{{{title.plainText}}}", "{{#equal kind 'flags'}}New{{/equal}}")))
def kind_unknown(template: Template) -> Iterator[Problem]:
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
    from difflib import get_close_matches

    small = {"proj": "project", "env": "environment"}.get(word.lower(), word.lower())
    return (get_close_matches(small, KINDS, 1, 0.8) or [""])[0]


def _misuse(call: "HelperCall") -> tuple[str, str]:
    from toolkit.handlebars import PRODUCTION

    if call.name not in PRODUCTION and call.name not in ARGUMENTS and call.name != "log":
        return f"there is no helper `{call.name}`", suggestions.helper(call.name)
    wanted = ARGUMENTS.get(call.name, len(call.params))
    if len(call.params) != wanted:
        return f"`{call.name}` takes {wanted} arguments, not {len(call.params)}", "check spaces and parentheses"
    return "", ""


@rule(Severity.error, approval_with('{"title": "{{> title}}"}'))
def template_partial(template: Template) -> Iterator[Problem]:
    """Templates include no partials of other files.

    Only those exist that a template defines itself with `{{#*inline "name"}}`, and none includes itself. The official
    tests check hooks only.
    """
    if template.fault or any(template.output(use.tested).error for use in template.tested):
        return
    own: set[str] = set()
    for inline, inside in _inlines(template.program):
        own.add(inline)
        yield from (
            Problem(template.at(node.start, node.end), f"the partial `{inline}` includes itself", "end it somewhere")
            for node in _partials(inside)
            if getattr(node.name, "original", "") == inline
        )
    for node in _partials(template.program):
        name = getattr(node.name, "original", "")
        if name and name not in own and not name.startswith("@") and not node.program:
            place = template.at(node.start, node.end)
            yield Problem(place, f"there is no partial `{name}`", "write its content here")


def _partials(program: "Program") -> Iterator["Partial"]:
    """The partials that a template includes."""
    from toolkit.handlebars.nodes import Partial

    for node in program.body:
        if isinstance(node, Partial):
            yield node
        for branch in _branches(node):
            yield from _partials(branch)


def _inlines(program: "Program") -> Iterator[tuple[str, "Program"]]:
    """The partials that a template defines, with their names."""
    from toolkit.handlebars.nodes import Decorator, Literal

    for node in program.body:
        head = node.call.params[0] if isinstance(node, Decorator) and node.call.params else None
        if isinstance(node, Decorator) and isinstance(head, Literal) and node.program:
            yield str(head.value), node.program
        for branch in _branches(node):
            yield from _inlines(branch)


def _branches(node: object) -> Iterator["Program"]:
    yield from (branch for name in ("program", "inverse") if (branch := getattr(node, name, None)))


@rule(
    Severity.warning,
    hook_with(flag=GOOD.replace("{{{title.plainText}}}", "{{#equal kind 'flag'}}Flag{{else}}Other{{/equal}}")),
)
def equal_else(template: Template) -> Iterator[Problem]:
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


@rule(Severity.warning, hook_with(flag=GOOD.replace("title.plainText", "formatWithOffset timestamp.seconds 0 'iso'")))
def time_format(template: Template) -> Iterator[Problem]:
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


@rule(Severity.warning, store(url=f"{HOST}/{{_featureStoreKey}}}}"))
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
            mend = f"{{{{{{{match[match.lastindex or 0]}}}}}}}"
            yield Problem(place, f"`{match[0]}` is sent as it is", f"write `{mend}`", (Edit(place, mend, safe=False),))


def _known(template: Template, name: str) -> bool:
    return is_known(template.shape, tuple(name.split(".")))


@rule(Severity.warning, link_with("Acme record", {}, header="{{deepLink}}"))
def not_rendered(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Templates are used only where LaunchDarkly renders them.

    It does so in URLs, header values, bodies, the texts of flag links, and the prefix and suffix of a payload. JSON
    pointers, regular expressions, header names and texts for members stay as they are.
    """
    rendered = {template.place.pointer for template in integration.templates}
    cards = (Text(pointer, manifest.text(pointer)) for pointer in ("/name", "/author", "/overview", "/supportEmail"))
    links = strings(manifest.object("/links"), "/links")
    for text in (*strings(manifest.object("/capabilities"), "/capabilities"), *links, *cards):
        if text.pointer not in rendered and not text.pointer.endswith(_PLAIN) and (m := _MUSTACHE.search(text.value)):
            place = manifest.at(text.pointer, (m.start(), len(text.value)))
            yield Problem(place, "this template is not rendered here", "remove the braces")
