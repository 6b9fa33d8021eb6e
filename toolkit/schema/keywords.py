"""What the leaf keywords of JSON Schema draft-07 ask of a value, judged as ajv 6 does in JavaScript."""

import re
from collections.abc import Callable
from typing import Any

from toolkit.schema.patterns import matcher

Test = Callable[[Any], bool]

_TYPES: dict[str, type | tuple[type, ...]] = {"array": list, "object": dict, "string": str, "boolean": bool}
# The official validator's expression, with both cases written out because case folding differs between
# languages, and for ``re`` because regress takes exponential time on its counted repetitions.
_EMAIL = (
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_DATE = r"\d{4}-[01]\d-[0-3]\d"
_TIME = r"(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?"
_ZONE = r"(?:[zZ]|[+-]\d\d:?\d\d)"
_FORMATS = {
    "email": _EMAIL,
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\ufeff]*",
    "date": _DATE,
    "time": f"{_TIME}{_ZONE}?",
    "date-time": f"{_DATE}[tT\\s]{_TIME}{_ZONE}",
    "ipv4": r"(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)",
    "uuid": r"(?:urn:uuid:)?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
    "json-pointer": r"(?:/(?:[^~/]|~0|~1)*)*",
}
"""The formats that are judged, as ajv 6 judges them in its quick mode; another one accepts every text."""


def _type(names: str | list[str]) -> Test:
    wanted = {names} if isinstance(names, str) else set(names)
    classes = tuple(_TYPES[name] for name in wanted if name in _TYPES)
    if wanted <= _TYPES.keys():
        return lambda value: isinstance(value, classes)
    return lambda value: isinstance(value, classes) or bool(wanted & _number_types(value))


def _number_types(value: Any) -> set[str]:
    if value is None:
        return {"null"}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return set()
    return {"number", "integer"} if isinstance(value, int) or value.is_integer() else {"number"}


def _enum(words: list[Any]) -> Test:
    allowed = frozenset(word for word in words if isinstance(word, str))
    others = [identity(word) for word in words if not isinstance(word, str)]

    def test(value: Any) -> bool:
        if isinstance(value, str):
            return value in allowed
        try:
            return bool(others) and identity(value) in others
        except RecursionError:  # it is deeper than any of them
            return False

    return test


def identity(value: Any) -> Any:
    """What two JSON values have in common exactly when they are equal: 1 is 1.0, but neither is true."""
    if isinstance(value, list):
        return ("list", *map(identity, value))
    if isinstance(value, dict):
        return ("object", frozenset((key, identity(item)) for key, item in value.items()))
    return (isinstance(value, bool), value)


def _min_length(limit: int) -> Test:
    return lambda value: not isinstance(value, str) or len(value) >= limit


def _max_length(limit: int) -> Test:
    return lambda value: not isinstance(value, str) or len(value) <= limit


def _pattern(pattern: str) -> Test:
    matches = matcher(pattern)
    return lambda value: not isinstance(value, str) or matches(value)


def _format(name: str) -> Test:
    if name not in _FORMATS:
        return lambda _: True
    match = re.compile(_FORMATS[name], re.ASCII).fullmatch
    return lambda value: not isinstance(value, str) or match(value) is not None


def _min_items(limit: int) -> Test:
    return lambda value: not isinstance(value, list) or len(value) >= limit


def _max_items(limit: int) -> Test:
    return lambda value: not isinstance(value, list) or len(value) <= limit


def _unique_items(wanted: bool) -> Test:
    def test(value: Any) -> bool:
        return not wanted or not isinstance(value, list) or repeated(value) is None

    return test


def repeated(items: list[Any]) -> Any:
    """The first item that stands in a list already, or None; items too deep to be compared count as different."""
    seen = set()
    for item in items:
        try:
            key = item if isinstance(item, str) else identity(item)
            if key in seen:
                return item
            seen.add(key)
        except RecursionError:
            continue
    return None


# In the order in which they are judged: of several that one value breaks, the first is reported, since the others
# mostly follow from it. Lengths stand before patterns, so that no expression runs over a text that is too long anyway.
TESTS: dict[str, Callable[[Any], Test]] = {
    "type": _type,
    "enum": _enum,
    "maxLength": _max_length,
    "pattern": _pattern,
    "format": _format,
    "minLength": _min_length,
    "minItems": _min_items,
    "uniqueItems": _unique_items,
    "maxItems": _max_items,
}
