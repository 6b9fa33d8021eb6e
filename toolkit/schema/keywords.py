"""What each JSON Schema keyword that the manifest schema uses asks of a value, judged as JavaScript does."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

Test = Callable[[Any], bool]

_TYPES: dict[str, type] = {"array": list, "boolean": bool, "object": dict, "string": str}

# The official validator's expression, with both cases written out because case folding differs between
# languages, and for ``re`` because regress takes exponential time on its counted repetitions.
_EMAIL = (
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\Z"
)


def _type(names: str | list[str]) -> Test:
    classes = tuple(_TYPES[name] for name in ([names] if isinstance(names, str) else names))
    return lambda value: isinstance(value, classes)


def _enum(words: list[str]) -> Test:
    allowed = frozenset(words)
    return lambda value: isinstance(value, str) and value in allowed


def _min_length(limit: int) -> Test:
    return lambda value: not isinstance(value, str) or len(value) >= limit


def _max_length(limit: int) -> Test:
    return lambda value: not isinstance(value, str) or len(value) <= limit


@cache
def _pattern(pattern: str) -> Test:
    import regress

    find = regress.Regex(pattern).find

    def test(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        try:
            return find(value) is not None
        except UnicodeEncodeError:  # a lone surrogate
            return find(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")) is not None

    return test


def _format(name: str) -> Test:
    match = re.compile({"email": _EMAIL}[name]).match
    return lambda value: not isinstance(value, str) or match(value) is not None


def _min_items(limit: int) -> Test:
    return lambda value: not isinstance(value, list) or len(value) >= limit


def _max_items(limit: int) -> Test:
    return lambda value: not isinstance(value, list) or len(value) <= limit


def _unique_items(wanted: bool) -> Test:
    """Compares strings alone: the one list that asks for it holds nothing else, by its ``items``."""

    def test(value: Any) -> bool:
        words = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
        return not wanted or len(set(words)) == len(words)

    return test


# Lengths stand before patterns, so that no expression runs over a text that is too long anyway.
TESTS: dict[str, Callable[[Any], Test]] = {
    "type": _type,
    "enum": _enum,
    "maxLength": _max_length,
    "minLength": _min_length,
    "pattern": _pattern,
    "format": _format,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
}
