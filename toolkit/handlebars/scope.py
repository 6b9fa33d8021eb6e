"""Where a program runs: its context, the contexts around it, ``@`` variables and block parameters."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.nodes import Path
from toolkit.handlebars.properties import has, lookup
from toolkit.handlebars.values import UNDEFINED, is_nullish, is_primitive, is_truthy

Body: TypeAlias = Callable[..., object]
"""A branch that a helper may run: ``body(context, data=None, block_params=UNDEFINED)`` renders it."""

Data: TypeAlias = dict[str, object]
"""A frame of ``@`` variables; ``_parent`` is the frame around it."""

Contexts: TypeAlias = "tuple[object, Contexts] | None"
"""The contexts that ``../`` climbs, the current one first."""

BlockParams: TypeAlias = "tuple[object, BlockParams] | None"
"""The block parameters of each program around, the current one first: a list, or UNDEFINED if not set."""


class Scope(NamedTuple):
    """Where a program runs."""

    context: object
    contexts: Contexts
    data: Data
    block_params: BlockParams
    dead_block_params: bool = False
    """Whether a path looks its block parameter's own name up in the parameter, as strict mode of 4.7.7 does."""


def child_frame(data: Data) -> Data:
    """A frame of ``@`` variables inside another one."""
    return {**data, "_parent": data}


def resolve(path: Path, scope: Scope, *, strict: bool) -> object:
    """The value of a path.

    Raises EvaluationError where a part but the last is missing; if strict, also where the last is.
    """
    value, first = _start(path, scope)
    last = len(path.parts) - 1 if strict and not path.block_param else -1
    for index, part in enumerate(path.parts[first:], first):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif index == last:
            return _inherited(path, value)
        elif is_nullish(value):
            raise _dead(path) if path.block_param and not first else _unreadable(path, index, value)
        else:
            value = lookup(value, part)
    return value


def _inherited(path: Path, owner: object) -> object:
    """The last part of a path that must exist: inherited properties do, but have no value."""
    if is_truthy(owner) and is_primitive(owner):
        raise _unreadable(path, len(path.parts) - 1, owner)
    if not is_truthy(owner) or not has(owner, path.parts[-1]):
        raise EvaluationError(f"`{path.original}` is not defined here", path.start, path.original)
    return lookup(owner, path.parts[-1])


def _start(path: Path, scope: Scope) -> tuple[object, int]:
    """The value that a path starts from, and the index of its first part to look up in that."""
    parts = path.parts
    if path.block_param:
        return _block_param(path, *path.block_param, scope.block_params), int(not scope.dead_block_params)
    if not parts or not parts[0]:
        return _context(path.depth, scope), len(parts)
    if not path.data:
        return _context(path.depth, scope), 0
    data: object = scope.data
    for _ in range(path.depth):
        if not isinstance(data, dict):
            break
        data = data.get("_parent", UNDEFINED)
    return data, 0


def _context(depth: int, scope: Scope) -> object:
    if not depth:
        return scope.context
    contexts = scope.contexts
    while depth and contexts:
        depth, contexts = depth - 1, contexts[1]
    return contexts[0] if contexts else UNDEFINED


def _block_param(path: Path, level: int, index: int, params: BlockParams) -> object:
    while level and params:
        level, params = level - 1, params[1]
    given = params[0] if params else UNDEFINED
    if not isinstance(given, list):
        raise EvaluationError(f"the block does not set `{path.parts[0]}`", path.start, path.original)
    return given[index] if index < len(given) else UNDEFINED


def block_param_lists(params: BlockParams) -> list[object]:
    """The block parameters of all programs around; handlebars.js passes them where it should pass none."""
    lists = []
    while params:
        lists.append(params[0])
        params = params[1]
    return lists


def _dead(path: Path) -> EvaluationError:
    message = (
        f"the block parameter `{path.parts[0]}` has no value in handlebars.js 4.7.7, so `{path.original}` has none"
    )
    return EvaluationError(message, path.start)


def _unreadable(path: Path, index: int, owner: object) -> EvaluationError:
    """Why the part at ``index`` cannot be looked up in ``owner``."""
    written = "@" * path.data + "../" * path.depth + ".".join(path.parts[:index])
    if not index:
        why = "there is nothing around this block" if path.depth else "the current item has no fields"
        message = f"`{path.original}` is not defined here, {why}"
    elif owner is UNDEFINED:
        message = f"`{written}` is not defined here, so `{path.original}` cannot be read"
    else:
        kind = "null" if owner is None else "no object"
        message = f"`{written}` is {kind}, so `{path.original}` cannot be read"
    return EvaluationError(message, path.start, path.original)
