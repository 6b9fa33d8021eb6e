"""What draft-07 of JSON Schema allows as the parameter of each keyword."""

from collections.abc import Callable
from typing import Any

SCHEMA = ("items", "additionalItems", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else")
SCHEMAS = ("allOf", "anyOf", "oneOf")
MEMBERS = ("properties", "patternProperties", "dependencies")
"""The keywords with one schema, with a list of them, and with schemas by name."""
_LARGEST = 10**15
"""More than this is no count of anything."""
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


def _is_count(part: Any) -> bool:
    return _is_number(part) and 0 <= part < _LARGEST and part == part // 1


def _is_number(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool) and abs(part) < float("inf")


def are_texts(part: Any) -> bool:
    """Whether it is a list of texts alone."""
    return isinstance(part, list) and all(isinstance(item, str) for item in part)


def _are_types(part: Any) -> bool:
    names = [part] if isinstance(part, str) else part
    return are_texts(names) and bool(names) and set(names) <= set(_TYPES)


_COUNTS = ("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
PARAMETERS: dict[str, Callable[[Any], bool]] = (
    dict.fromkeys(_COUNTS, _is_count)
    | dict.fromkeys(_NUMBERS, _is_number)
    | dict.fromkeys(MEMBERS, lambda part: isinstance(part, dict))
    | dict.fromkeys(SCHEMAS, lambda part: isinstance(part, list) and bool(part))
    | dict.fromkeys(("pattern", "format"), lambda part: isinstance(part, str))
    | {
        "type": _are_types,
        "required": are_texts,
        "enum": lambda part: isinstance(part, list),
        "uniqueItems": lambda part: isinstance(part, bool),
        "multipleOf": lambda part: _is_number(part) and part > 0,
    }
)
"""What draft-07 allows as the parameter of a keyword; those that are schemas are read as such."""
