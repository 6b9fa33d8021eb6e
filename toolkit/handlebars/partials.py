"""Partials: a template has none but those that it defines itself with ``{{#*inline "name"}}``."""

from collections.abc import Mapping
from typing import Protocol

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.limits import Budget
from toolkit.handlebars.nodes import Call, Decorator, Expression, Partial, Program
from toolkit.handlebars.properties import utf16_units
from toolkit.handlebars.scope import BlockParams, Body, Contexts, Data, Scope, block_param_lists, child_frame
from toolkit.handlebars.values import UNDEFINED, Boxed, is_truthy, to_text

_BLOCK = "partial-block"


class Evaluator(Protocol):
    """What partials need of whoever renders the template."""

    budget: Budget
    partials: Mapping[str, Body | None]
    dead_block_params: bool

    def value(self, expression: Expression, scope: Scope) -> object:
        """The value of an argument."""

    def values(self, pairs: Mapping[str, Expression], scope: Scope) -> dict[str, object]:
        """The values of named arguments."""

    def call(self, call: Call, scope: Scope) -> object:
        """The value of a sub-expression."""

    def branch(self, program: Program, scope: Scope) -> Body:
        """A program that can be run later, in the scope that it was written in."""


def inline_partials(
    renderer: Evaluator, program: Program, contexts: Contexts, data: Data, block_params: BlockParams
) -> Mapping[str, Body | None]:
    """The inline partials that a program defines, by name; their arguments belong to what is around it."""
    if not program.decorators:
        return {}
    scope = Scope(contexts[0] if contexts else UNDEFINED, contexts, data, block_params, renderer.dead_block_params)
    return dict(_inline_partial(renderer, node, scope) for node in program.decorators)


def _inline_partial(renderer: Evaluator, node: Decorator, scope: Scope) -> tuple[str, Body | None]:
    call = node.call
    if call.path.original != "inline":
        raise EvaluationError(f"there is no decorator `{call.path.original}`, only `inline`", node.start)
    for argument in (*call.params, *call.hash.values()):
        if isinstance(argument, Call) and argument.form != "path":
            raise EvaluationError("the arguments of `inline` cannot call a helper", argument.start)
    renderer.values(call.hash, scope)
    body = renderer.branch(node.program, scope) if node.program else None
    arguments = [renderer.value(param, scope) for param in call.params]
    return to_text(arguments[0] if arguments else UNDEFINED), body


def render_partial(renderer: Evaluator, node: Partial, scope: Scope) -> object:
    """``{{> name context key=value}}``, or the block of ``{{#> name}}`` where there is no such partial."""
    name, partial = _find(renderer, node, scope)
    context = renderer.value(node.params[0], scope) if node.params else scope.context
    if node.hash:
        context = {**_own_properties(context), **renderer.values(node.hash, scope)}
    data = scope.data
    if node.program:
        block = _partial_block(renderer.branch(node.program, scope), data.get(_BLOCK))
        data = {**child_frame(data), _BLOCK: block}
        partial = partial or block
    if not partial:
        raise EvaluationError(f"there is no partial `{name}`", node.name.start, name)
    rendered = partial(context, data, block_param_lists(scope.block_params))
    return _indented(renderer, rendered, node.indent) if node.indent else rendered


def _find(renderer: Evaluator, node: Partial, scope: Scope) -> tuple[str, Body | None]:
    if isinstance(node.name, Call):
        value = renderer.call(node.name, scope)
        name = to_text(value)
        return name, renderer.partials.get(name) if is_truthy(value) else None
    name = node.name.original
    found: object = renderer.partials.get(name)
    if not found and name == "@" + _BLOCK:
        found = scope.data.get(_BLOCK)
    return name, found if callable(found) else None


def _partial_block(body: Body, outer: object) -> Body:
    """The block of a partial call; inside it, ``{{> @partial-block}}`` is the one around the call."""

    def block(context: object, data: Data, block_params: object = UNDEFINED) -> object:
        return body(context, {**child_frame(data), _BLOCK: outer}, block_params)

    return block


def _own_properties(context: object) -> Mapping[str, object]:
    if isinstance(context, dict):
        return context
    value = context.value if isinstance(context, Boxed) else context
    items = utf16_units(value) if isinstance(value, str) else value
    return {str(index): item for index, item in enumerate(items)} if isinstance(items, list) else {}


def _indented(renderer: Evaluator, rendered: object, indent: str) -> str:
    if not isinstance(rendered, str):
        raise EvaluationError("a partial on a line of its own must render text")
    lines = rendered.split("\n")
    last = lines.pop()
    text = "".join(f"{indent}{line}\n" for line in lines) + (indent + last if last else "")
    return renderer.budget.write(text)
