"""What a template may name: its data with what may be missing, and what is open.

A way is the steps from the root of the data: the names of fields, and ``ITEM`` for any item of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from toolkit.handlebars import Steps


class Mark(Enum):
    """What stands in a shape in place of a value."""

    any = "a value that may have any field"
    absent = "a field that is not there, though other data have it"


ANY: Final = Mark.any
"""A value that may have any field."""
ABSENT: Final = Mark.absent
"""A field that is not there, though other data have it."""
OTHERS: Final = "*"
"""The key that stands for every other field of an object."""


def merged(first: Any, second: Any) -> Any:
    """A value that has the fields of both."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{key: merged(first[key], part) if key in first else part for key, part in second.items()}}
    if isinstance(first, list) and isinstance(second, list):
        return first or second
    return second if first is None else first


def is_known(shape: Any, way: Steps) -> bool:
    """Whether a way leads to a value that may be there."""
    return reached(shape, way) is not ABSENT


def reached(shape: Any, way: Steps) -> Any:
    """The shape of what a way leads to; ABSENT where nothing can be there, ANY where nobody knows what is."""
    for step in way:
        if shape is ANY or shape is None:
            return ANY
        shape = _inside(shape, step)
        if shape is ABSENT:
            return ABSENT
    return shape


def _inside(shape: Any, step: Any) -> Any:
    if isinstance(shape, dict):
        if not isinstance(step, str):
            return next(iter(shape.values()), ANY)
        return shape.get(step, shape.get(OTHERS, ABSENT))
    if isinstance(shape, list) and (not isinstance(step, str) or step.isdecimal()):
        return shape[0] if shape else ANY
    return 0 if isinstance(shape, list | str) and step == "length" else ABSENT


def names(shape: Any, around: str = "") -> Iterator[str]:
    """The paths of all values that are no objects, as a template writes them."""
    for key, part in shape.items() if isinstance(shape, dict) else ():
        if key != OTHERS and part is not ABSENT:
            path = f"{around}.{key}" if around else key
            yield path
            yield from names(part, path)


def filled(context: Any, ways: Iterable[Steps], leaf: Any) -> Any:
    """A context of plain values that has something at each of the ways, ``leaf`` where nothing was known."""
    plain = _plain(context)
    for way in sorted(set(ways), key=len, reverse=True):
        _fill(plain, way, leaf)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part is not ANY and part is not ABSENT}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _fill(value: Any, way: Steps, leaf: Any) -> None:
    for step, following in zip(way, [*way[1:], None], strict=True):
        new: Any = leaf if following is None else [] if _index(following) is not None else {}
        index = _index(step)
        if isinstance(value, dict) and isinstance(step, str):
            value = value.setdefault(step, new)
        elif isinstance(value, list) and index is not None:
            value.extend(_plain(new) for _ in range(index + 1 - len(value)))
            value = value[index]
        else:
            return


def _index(step: object) -> int | None:
    """The place in a list that a step leads to, the first one for any of them; the number is kept within bounds."""
    if not isinstance(step, str):
        return 0
    return min(int(step), 20) if step.isdecimal() and len(step) < 10 else None


def emptied(context: Any, way: Steps) -> Any:
    """The context with nothing at the end of a way: an empty list in place of a list, else an empty text."""
    if not way:
        return [] if isinstance(context, list) else ""
    step = way[0]
    if isinstance(context, dict) and step in context:
        return {**context, step: emptied(context[step], way[1:])}
    if isinstance(context, list) and not isinstance(step, str):
        return [emptied(item, way[1:]) for item in context]
    return context


def repeated(context: Any, way: Steps, count: int) -> Any:
    """The context with ``count`` items in the list at the end of a way, if there is one with any."""
    if not way:
        return [context[index % len(context)] for index in range(count)] if _has_items(context) else context
    step = way[0]
    if isinstance(context, dict) and step in context:
        return {**context, step: repeated(context[step], way[1:], count)}
    return context


def _has_items(value: Any) -> bool:
    return isinstance(value, list) and bool(value)
