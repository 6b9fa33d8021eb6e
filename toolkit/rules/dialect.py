"""How templates are written: helpers, partials, braces, and what Go renders in another way than JavaScript."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.shape import OTHERS, is_known
from toolkit.rules import suggestions
from toolkit.rules.fields import strings
from toolkit.rules.patches import HOST, store
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD, approval_with, hook_with, link_with

if TYPE_CHECKING:
    from toolkit.handlebars import HelperCall, Program
    from toolkit.handlebars.nodes import Partial

ARGUMENTS = {"if": 1, "unless": 1, "each": 1, "with": 1, "lookup": 2, "equal": 2, "equalWithElse": 2}
"""How many arguments a helper takes, where another number is an error."""
TIME_FORMATS = ("milliseconds", "seconds", "rfc3339", "simple")
_SLIP = re.compile(r"(?<![{$])\{\s*([A-Za-z_@][\w.@/-]*)\s*\}\}(?!\})")
_SINGLE = re.compile(r"(?<!\{)\$?\{\s*([A-Za-z_][\w.-]*)\s*\}(?!\})")
_MUSTACHE = re.compile(r"\{\{\s*[#^/>&!]?\s*[A-Za-z_@.]")
_PLAIN = ("/description", "/placeholder")
"""Fields that may speak of templates."""


@rule(Severity.error, approval_with('{"title": "{{{title.plainText}}"}'))
def template_syntax(template: Template) -> Iterator[Problem]:
    """A template can be read as Handlebars, and within limits.

    The official tests read those of change history hooks and flag links only. No real template comes near the limits:
    they stop loops within loops, and files made to keep a program busy.
    """
    tested = [error for use in template.tested if (error := template.output(use.tested).error)]
    error = next((error for error in tested if error.phase == "limit"), None) or (None if tested else template.fault)
    if error:
        yield Problem(template.at(error.offset, error.offset + 1), str(error), error.help or "write it more simply")


@rule(
    Severity.error,
    approval_with('{"title": "{{{upper title.plainText}}}"}'),
    hook_with(flag=GOOD.replace("{{{title", "{{#unless kind}}{{{upper kind}}}{{/unless}}{{{title")),
)
def template_helper(template: Template) -> Iterator[Problem]:
    """A template calls only helpers that LaunchDarkly has, with the arguments that they take.

    Beside `if`, `unless`, `each`, `with` and `lookup` these are `equal`, `equalWithElse`, `pathEncode`, `queryEncode`,
    `basicAuthHeaderValue` and `formatWithOffset`. The official tests see it where the call is reached, in hooks only.
    """
    if any(template.output(use.tested).error for use in template.tested):
        return
    for call in template.calls:
        fault, help_ = _misuse(call)
        if fault:
            yield Problem(template.at(call.start, call.end), fault, help_)


def _misuse(call: "HelperCall") -> tuple[str, str]:
    from toolkit.handlebars import PRODUCTION

    if call.name not in PRODUCTION and call.name not in ARGUMENTS and call.name != "log":
        return f"there is no helper `{call.name}`", suggestions.helper(call.name)
    wanted = ARGUMENTS.get(call.name, len(call.params))
    if len(call.params) != wanted:
        return f"`{call.name}` takes {wanted} arguments, not {len(call.params)}", "mind blanks and brackets"
    return "", ""


@rule(Severity.error, approval_with('{"title": "{{> title}}"}'))
def template_partial(template: Template) -> Iterator[Problem]:
    """A template stands alone: there are no partials to include.

    Only those that it defines itself with `{{#*inline "name"}}` exist, and none includes itself. The official tests see
    it in hooks only.
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
            yield Problem(place, f"there is no partial `{name}`", "write here what it holds")


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
    """`equal` has no `{{else}}`; `equalWithElse` has.

    LaunchDarkly renders with another implementation than the official tests, in which `equal` ignores its `{{else}}`.
    """
    for call in template.calls:
        if call.name == "equal" and call.has_else:
            yield Problem(template.at(call.start, call.end), "`equal` has no {{else}}", "use `equalWithElse`, twice")


@rule(Severity.warning, hook_with(flag=GOOD.replace("title.plainText", "formatWithOffset timestamp.seconds 0 'iso'")))
def time_format(template: Template) -> Iterator[Problem]:
    """`formatWithOffset` is given milliseconds, an offset in seconds, and one of four formats.

    `milliseconds`, `seconds`, `rfc3339` or `simple`; any other word prints milliseconds.
    """
    for call in template.calls:
        if call.name == "formatWithOffset" and len(call.params) == 3:
            style = getattr(call.params[2], "value", None)
            if isinstance(style, str) and style not in TIME_FORMATS:
                help_ = f"write one of: {', '.join(TIME_FORMATS)}"
                yield Problem(template.at(call.params[2].start, call.params[2].end), f"`{style}` is no format", help_)


@rule(Severity.warning, store(url=f"{HOST}/{{_featureStoreKey}}}}"))
def stray_brace(template: Template) -> Iterator[Problem]:
    """A variable has two braces on each side, or three.

    `{name}}` is literal text, and so is `{name}`; it reached production more than once.
    One accepted integration has it.
    """
    if template.fault:
        return
    from toolkit.handlebars import texts

    seen = set()
    for piece in texts(template.program):
        text = template.text[piece.start : piece.end]
        known = (m for m in _SINGLE.finditer(text) if OTHERS not in template.shape and _known(template, m[1]))
        for match in (*_SLIP.finditer(text), *known):
            if match[0] in seen:
                continue
            seen.add(match[0])
            place = template.at(piece.start + match.start(), piece.start + match.end())
            mend = f"{{{{{{{match[1]}}}}}}}"
            yield Problem(place, f"`{match[0]}` is literal text", f"write `{mend}`", (Edit(place, mend, safe=False),))


def _known(template: Template, name: str) -> bool:
    return is_known(template.shape, tuple(name.split(".")))


@rule(Severity.warning, link_with("Acme record", {}, header="{{deepLink}}"))
def not_rendered(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Braces stand only where LaunchDarkly fills them in.

    That is in URLs, values of headers, bodies, the words of flag links, and the prefix and suffix of a payload. JSON
    pointers, expressions, names of headers and what members read stay as they are.
    """
    rendered = {template.place.pointer for template in integration.templates}
    for text in strings(manifest.object("/capabilities"), "/capabilities"):
        if text.pointer not in rendered and not text.pointer.endswith(_PLAIN) and (m := _MUSTACHE.search(text.value)):
            place = manifest.at(text.pointer, (m.start(), len(text.value)))
            yield Problem(place, "this is not filled in here", "remove the braces")
