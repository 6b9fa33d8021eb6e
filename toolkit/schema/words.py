"""One plain sentence, with its remedy, for each kind of breach."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from toolkit.schema import near
from toolkit.schema.elsewhere import Places, right_places
from toolkit.schema.keywords import repeated
from toolkit.schema.names import counted, described, dotted, listed, printable
from toolkit.schema.validator import Breach
from toolkit.text import printable as escaped


class Words(NamedTuple):
    """What is said of a breach, and the key or value that would fix it, which may be a guess."""

    message: str
    help: str
    replacement: object | None = None
    guess: bool = False


_TYPES = {
    "array": ["a list"],
    "boolean": ["true", "false"],
    "object": ["an object"],
    "string": ["a string"],
    "number": ["a number"],
    "integer": ["a whole number"],
    "null": ["null"],
}
_TYPE_HELP = {
    "a list": "write a list in [ ]",
    "an object": "write an object in { }",
    "a string": "write text in quotes",
    "true or false": "write true or false, without quotes",
}

# What to do about a text that is not what "patternErrorMessage" says it must be.
PATTERN_HELP = {
    "must be a semantic version such as 1.0.0": "write three numbers with periods between them",
    "must be one line": "join the lines",
    "must start with http:// or https://": "write the whole address, from https:// on",
    "must end in .svg": "use an SVG file, with .svg in small letters",
    "must not hold white space": "remove the white space",
    "must be a path such as settings/integrations": "write the part of the address after the host",
}


def words(breach: Breach, known: Places) -> Words:
    """The sentence for ``breach``; ``known`` says where keys belong."""
    if breach.keyword == "additionalProperties":
        return _unknown(breach, known)
    return SENTENCES.get(breach.keyword, _other)(breach)


def _type(breach: Breach) -> Words:
    names = breach.schema["type"]
    kinds = listed([kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name]])
    what = f"the string {described(breach.value)}" if breach.value and isinstance(breach.value, str) else None
    message = f"{_name(breach)} is {what or described(breach.value)}, must be {kinds}"
    return _corrected(breach, message, _wanted(breach.schema, kinds))


def _enum(breach: Breach) -> Words:
    allowed = [word for word in breach.schema["enum"] if isinstance(word, str)]
    message = f"{_name(breach)} is {described(breach.value)}, which is not allowed"
    if isinstance(breach.value, str) and (right := near.word(breach.value, allowed)):
        return Words(message, f"did you mean `{printable(right)}`?", right, near.is_guess(breach.value, right))
    return Words(message, _wanted(breach.schema))


def _max_length(breach: Breach) -> Words:
    limit = breach.schema["maxLength"]
    size = counted(len(breach.value), "character")
    return Words(f"{_name(breach)} is {size}, the limit is {limit}", "shorten it")


def _min_length(breach: Breach) -> Words:
    limit = breach.schema["minLength"]
    if not breach.value:
        minimum = counted(limit, "character")
        return Words(
            f"{_name(breach)} is empty, the minimum is {minimum}", f"write {_noun(breach.schema, 'some text')}"
        )
    size = counted(len(breach.value), "character")
    return Words(f"{_name(breach)} is {size}, the minimum is {limit}", "lengthen it")


def _pattern(breach: Breach) -> Words:
    shown = printable(breach.schema["pattern"])
    must = breach.schema.get("patternErrorMessage", f"must match `{shown}`")
    help_ = PATTERN_HELP.get(must, f"write {_noun(breach.schema, 'what matches it')}")
    return _corrected(breach, f"{_name(breach)} is {described(breach.value)}, {must}", help_)


def _format(breach: Breach) -> Words:
    name = breach.schema["format"]
    kind = _FORMATS.get(name, f"of the format {printable(name)}")
    message = f"{_name(breach)} is {described(breach.value)}, must be {kind}"
    help_ = "write one address such as help@acme.example" if name == "email" else f"write {_noun(breach.schema, kind)}"
    return _corrected(breach, message, help_)


def _min_items(breach: Breach) -> Words:
    size, limit = len(breach.value), counted(breach.schema["minItems"], "item")
    items = breach.schema.get("items")
    has = f"has {counted(size, 'item')}" if size else "is empty"
    what = _noun(items, "one") if isinstance(items, dict) else "one"
    return Words(f"{_name(breach)} {has}, must hold at least {limit}", f"add {what}")


def _max_items(breach: Breach) -> Words:
    size, limit = len(breach.value), breach.schema["maxItems"]
    return Words(f"{_name(breach)} has {counted(size, 'item')}, the limit is {limit}", f"remove {size - limit} of them")


def _unique_items(breach: Breach) -> Words:
    twice = described(repeated(breach.value))
    return _corrected(breach, f"{_name(breach)} holds {twice} more than once", "name it once")


def _missing(breach: Breach) -> Words:
    schema = breach.schema.get("properties", {}).get(breach.name, {})
    choice = f": {_choice(schema)}" if "enum" in schema else ""
    name = dotted((*breach.path, breach.name))
    return Words(f"`{name}` is missing", f"add {_noun(schema, f'`{printable(breach.name)}`')}{choice}")


def _unknown(breach: Breach, places: Places) -> Words:
    name, known = printable(breach.name), breach.schema.get("properties", {})
    inside = f" in `{dotted(breach.path)}`" if breach.path else ""
    free = [key for key in known if key not in breach.value]
    if right := near.word(breach.name, free):
        guess = near.is_guess(breach.name, right)
        return Words(f"unknown key `{name}`{inside}", f"did you mean `{printable(right)}`?", right, guess)
    if right := near.word(breach.name, known):
        return Words(f"unknown key `{name}`{inside}", f"remove it, `{printable(right)}` is there already")
    if others := right_places(breach.name, breach.path, places):
        here = inside.strip() or "at the top level"
        return Words(f"`{name}` belongs {listed(others)}, not {here}", "move it there, or remove it")
    choice = f", or use {listed([printable(key) for key in free])}" if 0 < len(free) <= 4 else ""
    return Words(f"unknown key `{name}`{inside}", f"remove it{choice}")


def _key(breach: Breach) -> Words:
    """A key that is not of the right form."""
    inside = f" in `{dotted(breach.path)}`" if breach.path else ""
    message = f"the key `{printable(breach.name)}`{inside} is not allowed"
    inner = breach.nearest and words(breach.nearest._replace(path=()), {})
    return Words(message, inner.help if inner and inner.help else "rename or remove it")


def _const(breach: Breach) -> Words:
    right = breach.schema["const"]
    shown = printable(json.dumps(right, ensure_ascii=False))
    return Words(f"{_name(breach)} is {described(breach.value)}, must be {shown}", f"write {shown}", right, True)


def _limit(breach: Breach) -> Words:
    limit = breach.schema[breach.keyword]
    message = f"{_name(breach)} is {described(breach.value)}, {_LIMITS[breach.keyword]} {described(limit)}"
    return Words(message, "change the number")


def _size(breach: Breach) -> Words:
    limit, size = counted(breach.schema[breach.keyword], "key"), counted(len(breach.value), "key")
    least = breach.keyword == "minProperties"
    message = f"{_name(breach)} has {size}, {'must have at least' if least else 'the limit is'} {limit}"
    return Words(message, "add one" if least else "remove some of them")


def _needed(breach: Breach) -> Words:
    """A key that another one needs."""
    needs = ((key, names) for key, names in breach.schema["dependencies"].items() if isinstance(names, list))
    both = ((key, name) for key, names in needs if key in breach.value for name in names)
    key, name = next((pair for pair in both if pair[1] not in breach.value), ("", ""))
    missing = dotted((*breach.path, name))
    return Words(
        f"`{missing}` is missing, `{printable(key)}` needs it", f"add `{printable(name)}`, or remove the other"
    )


def _form(breach: Breach) -> Words:
    """A value that has none of several forms, or more than one."""
    message = f"{_name(breach)} has none of the allowed forms"
    if breach.nearest is None:
        return Words(f"{_name(breach)} has more than one of the forms that exclude each other", "keep to one of them")
    nearest = words(breach.nearest, {})
    return Words(f"{message}; of the nearest, {nearest.message}", nearest.help)


def _other(breach: Breach) -> Words:
    keyword = printable(breach.keyword or "false")
    return Words(f"{_name(breach)} is not what the schema's `{keyword}` asks for", "see manifest.schema.json")


def _not(breach: Breach) -> Words:
    what = "is not allowed" if breach.schema["not"] == {} else "has a form that is not allowed"
    return Words(f"{_name(breach)} {what}", "remove it" if breach.schema["not"] == {} else "see manifest.schema.json")


def _deep(breach: Breach) -> Words:
    return Words(f"{_name(breach)} is nested too deep to be checked", "make it flatter")


_FORMATS = {
    "email": "an e-mail address",
    "uri": "a whole address such as https://acme.example",
    "date": "a date such as 2026-01-31",
    "date-time": "a date and time such as 2026-01-31T12:00:00Z",
}
_LIMITS = {
    "minimum": "must be at least",
    "maximum": "must be at most",
    "exclusiveMinimum": "must be more than",
    "exclusiveMaximum": "must be less than",
    "multipleOf": "must be a multiple of",
}
SENTENCES: dict[str, Callable[[Breach], Words]] = {
    "type": _type,
    "enum": _enum,
    "maxLength": _max_length,
    "minLength": _min_length,
    "pattern": _pattern,
    "format": _format,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "required": _missing,
    "propertyNames": _key,
    "const": _const,
    "minProperties": _size,
    "maxProperties": _size,
    "dependencies": _needed,
    "anyOf": _form,
    "oneOf": _form,
    "not": _not,
    "depth": _deep,
} | dict.fromkeys(_LIMITS, _limit)
"""The sentence for each keyword but ``additionalProperties``, which needs to know the whole schema."""


def _name(breach: Breach) -> str:
    return dotted(breach.path) or "the manifest"


def _noun(schema: dict[str, Any], otherwise: str) -> str:
    """The first sentence of a description, made to follow "add": "the name of the integration"."""
    text = schema.get("description")
    first = text.split(". ")[0].rstrip(".") if isinstance(text, str) else ""
    return escaped(first[0].lower() + first[1:]) if first else otherwise


def _choice(schema: dict[str, Any]) -> str:
    """The words that are allowed."""
    allowed = [word if isinstance(word, str) else json.dumps(word) for word in schema["enum"]]
    return listed([printable(word) for word in allowed])


def _wanted(schema: dict[str, Any], kinds: str = "") -> str:
    """What to write where the present value is of no use."""
    if schema.get("enum"):
        return f"write {_choice(schema)}"
    if kinds == "an object" and schema.get("required"):
        return f"write an object with {listed([printable(name) for name in schema['required']], 'and')}"
    if kinds == "a string" and _noun(schema, "").startswith(("the ", "a ", "an ")):
        return f"write {_noun(schema, '')}"
    return _TYPE_HELP.get(kinds, f"write {kinds}" if kinds else "write another value")


def _corrected(breach: Breach, message: str, help_: str) -> Words:
    """With the right value as help where there is one and it is short enough to be read."""
    value = near.value(breach.value, breach.schema)
    better = f"write {json.dumps(value, ensure_ascii=False)}"
    if isinstance(value, str) and isinstance(breach.value, str):
        better = f"did you mean `{value}`?"
    readable = value is not None and printable(better) == better
    return Words(message, better if readable else help_, value, near.is_guess(breach.value, value))
