"""The helpers that handlebars.js 4.7 itself has, and the protocol that every helper follows.

A helper is called with its Options and then with what JavaScript would pass: the arguments, and the Options
once more as the last of them, so that one with too few or too many arguments goes wrong as it does in
JavaScript. It returns a value or raises EvaluationError.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.properties import lookup as own_property
from toolkit.handlebars.scope import Body, Data, child_frame
from toolkit.handlebars.values import UNDEFINED, Boxed, is_empty, is_truthy, ordered_keys, to_text


class Options(NamedTuple):
    """How a helper was called: ``fn`` renders its block, ``inverse`` what follows the ``{{else}}``."""

    name: str
    this: object
    hash: dict[str, object]
    fn: Body
    inverse: Body
    data: Data


Helper: TypeAlias = Callable[..., object]


def no_block(name: str) -> Body:
    """The ``fn`` and ``inverse`` of a helper that was called without a block."""

    def refuse(*_: object) -> object:
        raise EvaluationError(f"`{name}` needs a block, `{{{{#{name} ...}}}}...{{{{/{name}}}}}`")

    return refuse


def nothing(*_: object) -> object:
    """The ``fn`` or ``inverse`` of a block without that branch."""
    return ""


def only_argument(options: Options, arguments: tuple[object, ...]) -> object:
    """The argument of a helper that takes exactly one."""
    if len(arguments) != 2:
        raise EvaluationError(f"`{options.name}` takes exactly one argument, not {len(arguments) - 1}")
    return arguments[0]


def if_(options: Options, *arguments: object) -> object:
    """``{{#if x}}``: the block where there is something, else what follows its ``{{else}}``."""
    condition = only_argument(options, arguments)
    zero_counts = is_truthy(options.hash.get("includeZero"))
    if is_empty(condition) or not (zero_counts or is_truthy(condition)):
        return options.inverse(options.this)
    return options.fn(options.this)


def unless(options: Options, *arguments: object) -> object:
    """``{{#unless x}}``: ``if`` with its branches swapped."""
    condition = only_argument(options, arguments)
    swapped = options._replace(fn=options.inverse, inverse=options.fn)
    return if_(swapped, condition, swapped)


def with_(options: Options, *arguments: object) -> object:
    """``{{#with x}}``: the block with ``x`` as its context."""
    value = only_argument(options, arguments)
    return options.inverse(options.this) if is_empty(value) else options.fn(value, options.data, [value])


def each(options: Options, *arguments: object) -> object:
    """``{{#each x}}``: the block for each item of a list, or value of an object."""
    items = _items(only_argument(options, arguments))
    if not items:
        return options.inverse(options.this)
    data = child_frame(options.data)
    rendered = []
    for index, (key, value) in enumerate(items):
        data.update(key=key, index=index, first=index == 0, last=index == len(items) - 1)
        rendered.append(to_text(options.fn(value, data, [value, key])))
    return "".join(rendered)


def _items(value: object) -> list[tuple[object, object]]:
    if isinstance(value, list):
        return list(enumerate(value))
    if isinstance(value, dict):
        return [(key, value[key]) for key in ordered_keys(value)]
    if isinstance(value, Boxed) and isinstance(value.value, str):
        return list(enumerate(value.value))
    return []


def lookup(options: Options, *arguments: object) -> object:
    """``{{lookup x name}}``: the field or item of that name."""
    owner, name, given = (*arguments, UNDEFINED, UNDEFINED)[:3]
    if not is_truthy(owner):
        return owner
    if given is not options:
        raise EvaluationError(f"`lookup` takes exactly two arguments, not {len(arguments) - 1}")
    return own_property(owner, name)


def log(*_: object) -> object:
    """Prints to the console of whoever renders, and nothing into the text."""
    return UNDEFINED


BUILTINS: Final[Mapping[str, Helper]] = {
    "each": each,
    "if": if_,
    "log": log,
    "lookup": lookup,
    "unless": unless,
    "with": with_,
}


def section(value: object, options: Options, block_params: list[object]) -> object:
    """What ``{{#name}}`` does with a value that is no helper.

    A list is gone through, an object becomes the context, true keeps the context; false and null take the
    ``{{else}}``.
    """
    if value is True:
        return options.fn(options.this)
    if value is False or value is None or value is UNDEFINED or value == []:
        return options.inverse(options.this)
    if isinstance(value, list):
        return each(options, value, options)
    return options.fn(value, options.data, block_params)
