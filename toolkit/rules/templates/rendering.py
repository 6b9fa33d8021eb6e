"""Whether templates can be read and rendered, and whether anything comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.finding import Problem
from toolkit.integration import Integration, Template
from toolkit.integration.json_output import is_blank
from toolkit.rules.examples import (
    BEARER,
    CONTENT,
    HOST,
    TEMPLATE,
    approval_with,
    hook_endpoint,
    hook_with,
    link_with,
)
from toolkit.rules.registry import error, note, rule
from toolkit.rules.templates import suggestions

if TYPE_CHECKING:
    from toolkit.handlebars import HelperCall, Program
    from toolkit.handlebars.nodes import Partial

ARGUMENTS = {"if": 1, "unless": 1, "each": 1, "with": 1, "lookup": 2, "equal": 2, "equalWithElse": 2}
"""How many arguments a helper takes, where another number is an error."""
_NEVER_BLANK = ("validation", "member")
"""The kinds of templates that the official tests want to make some text."""
_TEXT = {"name": "Content-Type", "value": "text/plain"}


@rule(
    error,
    bad=[
        hook_endpoint({"url": f"{HOST}/{{{{{{account}}}}}}"}),
        hook_endpoint({"headers": [CONTENT, {"name": "Authorization", "value": "Bearer {{{token}}"}]}),
        link_with("{{{metadata.name}}}", {"title": {"type": "string"}}),
        hook_with(flag=TEMPLATE.replace("plainText", "text")),
        hook_with(flag=TEMPLATE.replace("{{{title", "{{{upper title")),
        approval_with('{"title": "{{{title.plainText}}"}'),
        approval_with('{"title": "{{{upper title.plainText}}}"}'),
        approval_with('{"title": "{{> title}}"}'),
    ],
    good=[
        hook_with(flag=TEMPLATE.replace("{{{", "{{#if comment}}{{{comment}}}{{/if}}{{{")),
        approval_with('{{#*inline "t"}}{{{title.plainText}}}{{/inline}}{"title": "{{> t}}"}'),
    ],
    gate="tests",
)
def broken_template(template: Template, integration: Integration) -> Iterator[Problem]:
    """Templates are valid Handlebars that can be rendered: with known variables, helpers and partials.

    The official tests render those of audit log hooks and flag links, each with one event of its kind, in strict mode:
    a variable that is printed must exist. Guard what may be missing, as in `{{#if comment}}{{{comment}}}{{/if}}`. URLs
    and headers see form variables by their keys, the event as `context`, and `oauth` if `requiresOAuth` is true; a flag
    link sees `deepLink` and its `metadata`. Elsewhere, and in branches that are not taken, only what can never work is
    reported: helpers beside `equal`, `equalWithElse`, `pathEncode`, `queryEncode`, `basicAuthHeaderValue`,
    `formatWithOffset` and the built-in ones; partials that the template does not define itself.
    """
    errors = {fault.offset: fault for use in template.tested if (fault := template.output(use.tested).error)}
    for fault in errors.values():
        refused = fault.phase != "limit"
        if _is_told(template, fault.name or "", integration):
            continue
        place = template.at(fault.offset, fault.offset + len(fault.name or "") if refused else fault.offset + 1)
        help_ = suggestions.failure(template, fault) if refused else fault.help
        yield Problem(place, str(fault), help_ or "simplify the template", gates=None if refused else ())
    if errors:
        return
    if not template.tested and (fault := template.fault):
        place = template.at(fault.offset, fault.offset + 1)
        yield Problem(place, str(fault), fault.help or "simplify the template", gates=())
    for problem in (*_misused_helpers(template), *_unknown_partials(template)) if not template.fault else ():
        yield problem._replace(gates=())


def _is_told(template: Template, name: str, integration: Integration) -> bool:
    """Whether another template before names `oauth` too, which is not there: one cause, one finding."""
    if not name.startswith("oauth.") or template.manifest.flag("/requiresOAuth"):
        return False
    naming = (
        one
        for one in integration.templates
        if any(str((fault := one.output(use.tested).error) and fault.name).startswith("oauth.") for use in one.tested)
    )
    return next(naming, template) is not template


def _misused_helpers(template: Template) -> Iterator[Problem]:
    for call in template.calls:
        if misuse := _misuse(call):
            yield Problem(template.at(call.start, call.end), *misuse)


def _misuse(call: HelperCall) -> tuple[str, str] | None:
    from toolkit.handlebars import PRODUCTION

    if call.name not in PRODUCTION and call.name not in ARGUMENTS and call.name != "log":
        return f"there is no helper `{call.name}`", suggestions.helper(call.name)
    wanted = ARGUMENTS.get(call.name, len(call.params))
    if len(call.params) != wanted:
        return f"`{call.name}` takes {wanted} arguments, not {len(call.params)}", "check spaces and parentheses"
    return None


def _unknown_partials(template: Template) -> Iterator[Problem]:
    own: set[str] = set()
    for inline, inside in _inlines(template.program):
        own.add(inline)
        for node in _partials(inside):
            if getattr(node.name, "original", "") == inline:
                place = template.at(node.start, node.end)
                yield Problem(place, f"the partial `{inline}` includes itself", "end it somewhere")
    for node in _partials(template.program):
        name = getattr(node.name, "original", "")
        if name and name not in own and not name.startswith("@") and not node.program:
            yield Problem(template.at(node.start, node.end), f"there is no partial `{name}`", "write its content here")


def _partials(program: Program) -> Iterator[Partial]:
    """The partials that a template includes."""
    from toolkit.handlebars.nodes import Partial, branches

    for node in program.body:
        if isinstance(node, Partial):
            yield node
        for branch in branches(node):
            yield from _partials(branch)


def _inlines(program: Program) -> Iterator[tuple[str, Program]]:
    """The partials that a template defines, with their names."""
    from toolkit.handlebars.nodes import Decorator, Literal, branches

    for node in program.body:
        head = node.call.params[0] if isinstance(node, Decorator) and node.call.params else None
        if isinstance(node, Decorator) and isinstance(head, Literal) and node.program:
            yield str(head.value), node.program
        for branch in branches(node):
            yield from _inlines(branch)


@rule(
    error,
    bad=[
        hook_with(flag=TEMPLATE, validation="{{!-- nothing --}}\n"),
        hook_with(".txt.hbs", {"headers": [_TEXT, BEARER]}, flag="{{!-- not sent --}}\n"),
    ],
    good=hook_with(".txt.hbs", {"headers": [_TEXT, BEARER]}, flag="{{#if comment}}{{{comment}}}{{/if}}\n"),
    gate="tests",
    unless=("broken-template",),
)
def silent_template(template: Template) -> Iterator[Problem]:
    """A template produces some text.

    LaunchDarkly does not send an event whose template produces nothing. The official tests refuse that for
    `validation` and `member`; elsewhere it is a note: leave the events out of the policy instead.
    """
    kinds = {use.kind for use in template.tested} if template.is_file else set()
    for use in template.tested:
        output = template.output(use.tested).text
        if use.kind in _NEVER_BLANK and output is not None and is_blank(output):
            message = f"the {use.kind} template produces no text"
            yield Problem(template.at(), message, "write what LaunchDarkly should send")
    if kinds and kinds.isdisjoint(_NEVER_BLANK):
        outputs = [template.output(name).text for name in template.events]
        if not any(text is None or text.strip() for text in outputs):
            message, help_ = "the template never produces any text", "write what LaunchDarkly should send"
            yield Problem(template.at(), message, help_, gates=(), severity=note)
