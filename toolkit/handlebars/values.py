"""Values as JavaScript sees them: truth, text, equality, order of keys.

A value is what ``json.loads`` returns (text, number, boolean, None, list, dict), UNDEFINED, or a Boxed. Any
other object counts as one without properties.
"""

import math
from collections.abc import Iterable
from typing import Final

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.limits import MAX_DEPTH
from toolkit.handlebars.numbers import number_text, read_number, to_float


class Undefined:
    """What a missing name is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED: Final = Undefined()


class Boxed:
    """A primitive as an object, which is what ``this`` is inside a block of the official helpers."""

    __slots__ = ("value",)

    def __init__(self, value: str | float) -> None:
        self.value = value


class Safe(str):
    """Text of a helper that is printed as it is, with two braces too: Handlebars' ``SafeString``."""

    __slots__ = ()


_ENTITIES = (  # `&` comes first, for the others contain it
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("'", "&#x27;"),
    ("`", "&#x60;"),
    ("=", "&#x3D;"),
)
_LARGEST_INDEX = 2**32 - 2


def is_nullish(value: object) -> bool:
    """Whether it is null or undefined."""
    return value is None or value is UNDEFINED


def is_primitive(value: object) -> bool:
    """Whether it is no object."""
    return value is None or isinstance(value, str | int | float | Undefined)


def is_truthy(value: object) -> bool:
    """JavaScript's truth, where empty arrays and objects are true."""
    if isinstance(value, str | int | float):
        return bool(value) and value == value
    return not is_nullish(value)


def is_empty(value: object) -> bool:
    """What ``#if`` and ``#with`` take for nothing: anything falsy but 0, and an empty array."""
    if isinstance(value, list):
        return not value
    zero = isinstance(value, int | float) and not isinstance(value, bool) and value == 0
    return not zero and not is_truthy(value)


def to_text(value: object, depth: int = 0) -> str:
    """The text that a value prints as. Raises EvaluationError for an object with its own ``toString``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if value is None:
        return "null"
    if isinstance(value, list):
        if depth > MAX_DEPTH:
            raise EvaluationError(f"the list is nested more than {MAX_DEPTH} levels deep")
        return ",".join("" if is_nullish(item) else to_text(item, depth + 1) for item in value)
    if isinstance(value, Boxed):
        return to_text(value.value)
    if isinstance(value, dict) and "toString" in value:
        raise EvaluationError("an object with a field `toString` cannot be printed")
    return "undefined" if value is UNDEFINED else "[object Object]"


def to_number(value: object) -> float:
    """JavaScript's Number(value)."""
    if isinstance(value, int | float):
        return to_float(value)
    if value is None:
        return 0.0
    return math.nan if value is UNDEFINED else read_number(to_text(value))


def to_primitive(value: object) -> object:
    """The text or number that JavaScript makes of an object before it adds or compares it."""
    if isinstance(value, Boxed):
        return value.value
    return value if is_primitive(value) else to_text(value)


def add(first: object, second: object) -> object:
    """JavaScript's ``+``: a sum of numbers, booleans and nulls, else a concatenation."""
    first, second = to_primitive(first), to_primitive(second)
    if isinstance(first, str) or isinstance(second, str):
        return to_text(first) + to_text(second)
    return to_number(first) + to_number(second)


def same(first: object, second: object) -> bool:
    """JavaScript's ``===``."""
    if isinstance(first, bool) or isinstance(second, bool) or not is_primitive(first):
        return first is second
    if isinstance(first, int | float) and isinstance(second, int | float):
        return to_float(first) == to_float(second)
    return type(first) is type(second) and first == second


def alike(first: object, second: object) -> bool:
    """JavaScript's ``==``."""
    if is_nullish(first) or is_nullish(second):
        return is_nullish(first) and is_nullish(second)
    if not is_primitive(first) and not is_primitive(second):
        return first is second
    first, second = to_primitive(first), to_primitive(second)
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    return to_number(first) == to_number(second)


def escape(value: object) -> str:
    """The text of a value, safe inside HTML; nothing for null and undefined."""
    if is_nullish(value):
        return ""
    if isinstance(value, dict) and is_truthy(value.get("toHTML")):
        raise EvaluationError("an object with a field `toHTML` cannot be printed")
    if isinstance(value, Safe):
        return value
    text = to_text(value)
    for character, entity in _ENTITIES:
        if character in text:
            text = text.replace(character, entity)
    return text


def index_of(name: str) -> int | None:
    """The position that a property name stands for: ``0``, ``12``, but not ``01``."""
    if not name.isdigit() or not name.isascii() or len(name) > 10 or (name[0] == "0" and name != "0"):
        return None
    return int(name)


def ordered_keys(names: Iterable[str]) -> list[str]:
    """The keys of an object in JavaScript's order: integers first, ascending, then the others as they are."""
    integers: list[str] = []
    others: list[str] = []
    for name in names:
        index = index_of(name)
        (others if index is None or index > _LARGEST_INDEX else integers).append(name)
    return sorted(integers, key=int) + others
