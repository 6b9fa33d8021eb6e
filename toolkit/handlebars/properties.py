"""Looking up properties as handlebars.js does: own ones only, though inherited names count as present."""

from toolkit.handlebars.errors import EvaluationError
from toolkit.handlebars.values import UNDEFINED, Boxed, index_of, is_nullish, is_primitive, to_text


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_OF_OBJECTS = _names(
    "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor",
    "hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf",
)
_OF_ARRAYS = _names(
    "at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap",
    "forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice",
    "some sort splice toReversed toSorted toSpliced unshift values with",
)
_OF_STRINGS = _names(
    "anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize",
    "includes indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd",
    "padStart repeat replace replaceAll search slice small split startsWith strike sub substr substring",
    "sup toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toWellFormed trim trimEnd trimLeft",
    "trimRight trimStart",
)
_OF_NUMBERS = _names("toExponential toFixed toPrecision")
_KINDS = {str: "text", bool: "a boolean", int: "a number", float: "a number"}


def lookup(owner: object, name: object) -> object:
    """The own property ``name``, or UNDEFINED. Raises EvaluationError where ``owner`` is null or missing."""
    if isinstance(owner, dict):
        return owner.get(name if isinstance(name, str) else to_text(name), UNDEFINED)
    if is_nullish(owner):
        raise EvaluationError(f"{to_text(owner)} has no fields")
    name = to_text(name)
    if isinstance(owner, Boxed):
        owner = owner.value
    if isinstance(owner, list):
        index = index_of(name)
        if index is not None:
            return owner[index] if index < len(owner) else UNDEFINED
        return len(owner) if name == "length" else UNDEFINED
    return _of_text(owner, name) if isinstance(owner, str) else UNDEFINED


def has(owner: object, name: str) -> bool:
    """JavaScript's ``name in owner``. Raises EvaluationError where ``owner`` is a primitive."""
    if is_primitive(owner):
        raise EvaluationError(f"{_KINDS.get(type(owner), 'a missing value')} has no fields")
    if isinstance(owner, dict):
        return name in owner or name in _OF_OBJECTS
    if lookup(owner, name) is not UNDEFINED or name in _OF_OBJECTS:
        return True
    value = owner.value if isinstance(owner, Boxed) else owner
    if isinstance(value, list):
        return name in _OF_ARRAYS
    if isinstance(value, str):
        return name in _OF_STRINGS
    return isinstance(value, int | float) and not isinstance(value, bool) and name in _OF_NUMBERS


def _of_text(text: str, name: str) -> object:
    """The length of a text, or one of its characters."""
    units = text if text.isascii() else utf16_units(text)
    if name == "length":
        return len(units)
    index = index_of(name)
    return UNDEFINED if index is None or index >= len(units) else units[index]


def utf16_units(text: str) -> list[str]:
    """What JavaScript takes for the characters of a text."""
    units = text.encode("utf-16-le", "surrogatepass")
    return [units[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(units), 2)]
