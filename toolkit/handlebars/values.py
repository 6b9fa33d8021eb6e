"""Values as JavaScript sees them: truth, text, numbers, equality, order of keys.

A value is what ``json.loads`` makes (text, number, boolean, None, list, dict), UNDEFINED, or a Boxed primitive. Any
other object counts as an object without properties.
"""

import math
import re
from collections.abc import Iterable
from typing import Final

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.lexer import WHITESPACE
from toolkit.handlebars.limits import MAX_DEPTH


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


_INTEGER = re.compile(r"0|[1-9][0-9]*")
_NUMERAL = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_RADIX = re.compile(r"0(?:[xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)")
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#x27;",
    "`": "&#x60;",
    "=": "&#x3D;",
}
_SPECIAL = re.compile("[&<>\"'`=]")
_LARGEST_INDEX = 2**32 - 2
_LARGEST_PLAIN = 2**53


def is_nullish(value: object) -> bool:
    return value is None or value is UNDEFINED


def is_primitive(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | Undefined)


def is_truthy(value: object) -> bool:
    """JavaScript's truth, where empty arrays and objects are true."""
    if isinstance(value, str | int | float):
        return bool(value) and value == value
    return not is_nullish(value)


def is_empty(value: object) -> bool:
    """What ``#if`` and ``#with`` take for nothing: anything falsy but 0 and an empty array."""
    if isinstance(value, list):
        return not value
    zero = isinstance(value, int | float) and not isinstance(value, bool) and value == 0
    return not zero and not is_truthy(value)


def to_text(value: object, depth: int = 0) -> str:
    """The text that a value prints as. Raises EvaluationError for an object whose own ``toString`` is no function."""
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


def number_text(number: float) -> str:
    """A number as JavaScript prints it: 1e21, 1e-7, -0 as 0, integers beyond 2**53 rounded."""
    if isinstance(number, int) and -_LARGEST_PLAIN < number < _LARGEST_PLAIN:
        return str(int(number))
    number = to_float(number)
    if not math.isfinite(number):
        return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return ("-" if number < 0 else "") + _layout(digits, point)


def _layout(digits: str, point: int) -> str:
    """0.digits times 10**point, as ECMA-262 lays a number out."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def to_float(number: float) -> float:
    """Any Python number as the double that JavaScript would hold."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def to_number(value: object) -> float:
    """JavaScript's Number(value)."""
    if isinstance(value, int | float):
        return to_float(value)
    if value is None:
        return 0.0
    if value is UNDEFINED:
        return math.nan
    text = to_text(value).strip(WHITESPACE)
    if _RADIX.fullmatch(text):
        return to_float(int(text, 0))
    if _NUMERAL.fullmatch(text):
        return float(text)
    return math.nan if text else 0.0


def to_primitive(value: object) -> object:
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
    text = to_text(value)
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if _SPECIAL.search(text) else text


def ordered_keys(names: Iterable[str]) -> list[str]:
    """The keys of an object in JavaScript's order: integers first, ascending, then the others as they came."""
    integers, others = [], []
    for name in names:
        is_integer = _INTEGER.fullmatch(name) and len(name) < 11 and int(name) <= _LARGEST_INDEX
        (integers if is_integer else others).append(name)
    return sorted(integers, key=int) + others


def index_of(name: str) -> int | None:
    """The position that a property name stands for: ``0``, ``12``, but not ``01``."""
    return int(name) if len(name) < 11 and _INTEGER.fullmatch(name) else None
