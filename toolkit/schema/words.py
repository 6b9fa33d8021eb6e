"""One plain sentence, with its remedy, for each kind of breach."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from toolkit.schema import near
from toolkit.schema.breach import Breach
from toolkit.schema.elsewhere import belongs
from toolkit.schema.names import counted, described, dotted, listed, printable


class Words(NamedTuple):
    """What is said of a breach, and the key or value that would mend it, which may be a guess."""

    message: str
    help: str
    replacement: object | None = None
    guess: bool = False


_TYPES = {"array": ["a list"], "boolean": ["true", "false"], "object": ["an object"], "string": ["a string"]}
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


def words(breach: Breach) -> Words:
    """The sentence for ``breach``."""
    return SENTENCES[breach.keyword](breach)


def _type(breach: Breach) -> Words:
    names = breach.schema["type"]
    kinds = listed([kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name]])
    what = f"the string {described(breach.value)}" if breach.value and isinstance(breach.value, str) else None
    message = f"{_name(breach)} is {what or described(breach.value)}, must be {kinds}"
    return _mended(breach, message, _wanted(breach.schema, kinds))


def _enum(breach: Breach) -> Words:
    allowed = breach.schema["enum"]
    message = f"{_name(breach)} is {described(breach.value)}, which is not allowed"
    if right := near.word(breach.value, allowed):
        return Words(message, f"did you mean `{right}`?", right, near.is_guess(breach.value, right))
    return Words(message, _wanted(breach.schema))


def _max_length(breach: Breach) -> Words:
    limit = breach.schema["maxLength"]
    size = counted(len(breach.value), "character")
    return Words(f"{_name(breach)} is {size}, the limit is {limit}", "shorten it")


def _min_length(breach: Breach) -> Words:
    limit = breach.schema["minLength"]
    if not breach.value:
        minimum = counted(limit, "character")
        return Words(f"{_name(breach)} is empty, the minimum is {minimum}", f"write {_noun(breach.schema)}")
    size = counted(len(breach.value), "character")
    return Words(f"{_name(breach)} is {size}, the minimum is {limit}", "lengthen it")


def _pattern(breach: Breach) -> Words:
    must = breach.schema["patternErrorMessage"]
    return _mended(breach, f"{_name(breach)} is {described(breach.value)}, {must}", PATTERN_HELP[must])


def _format(breach: Breach) -> Words:
    message = f"{_name(breach)} is {described(breach.value)}, must be an e-mail address"
    return _mended(breach, message, "write one address such as help@acme.example")


def _min_items(breach: Breach) -> Words:
    limit = counted(breach.schema["minItems"], "item")
    return Words(f"{_name(breach)} is empty, must hold at least {limit}", f"add {_noun(breach.schema['items'])}")


def _max_items(breach: Breach) -> Words:
    size, limit = len(breach.value), breach.schema["maxItems"]
    return Words(f"{_name(breach)} has {counted(size, 'item')}, the limit is {limit}", f"remove {size - limit} of them")


def _unique_items(breach: Breach) -> Words:
    counts = Counter(item for item in breach.value if isinstance(item, str))
    twice = next(item for item, count in counts.items() if count > 1)
    return _mended(breach, f"{_name(breach)} holds {described(twice)} more than once", "name it once")


def _missing(breach: Breach) -> Words:
    schema = breach.schema["properties"][breach.name]
    choice = f": {listed(schema['enum'])}" if "enum" in schema else ""
    return Words(f"`{dotted((*breach.path, breach.name))}` is missing", f"add {_noun(schema)}{choice}")


def _unknown(breach: Breach) -> Words:
    name, known = printable(breach.name), breach.schema["properties"]
    inside = f" in `{dotted(breach.path)}`" if breach.path else ""
    free = [key for key in known if key not in breach.value]
    if right := near.word(breach.name, free):
        guess = near.is_guess(breach.name, right)
        return Words(f"unknown key `{name}`{inside}", f"did you mean `{right}`?", right, guess)
    if right := near.word(breach.name, known):
        return Words(f"unknown key `{name}`{inside}", f"remove it, `{right}` is there already")
    if places := belongs(breach.name, breach.path):
        here = inside.strip() or "at the top level"
        return Words(f"`{name}` belongs {listed(places)}, not {here}", "move it there, or remove it")
    choice = f", or use {listed(free)}" if 0 < len(free) <= 4 else ""
    return Words(f"unknown key `{name}`{inside}", f"remove it{choice}")


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
    "additionalProperties": _unknown,
}


def _name(breach: Breach) -> str:
    return dotted(breach.path) or "the manifest"


def _noun(schema: dict[str, Any]) -> str:
    """The first sentence of a description, made to follow "add": "the name of the integration"."""
    first: str = schema["description"].split(". ")[0].rstrip(".")
    return first[0].lower() + first[1:]


def _wanted(schema: dict[str, Any], kinds: str = "") -> str:
    """What to write where the present value is of no use."""
    if "enum" in schema:
        return f"write {listed(schema['enum'])}"
    if kinds == "an object" and "required" in schema:
        return f"write an object with {listed(schema['required'], 'and')}"
    if kinds == "a string" and schema["description"].startswith(("The ", "A ", "An ")):
        return f"write {_noun(schema)}"
    return _TYPE_HELP.get(kinds, f"write {kinds}")


def _mended(breach: Breach, message: str, help_: str) -> Words:
    """With the mended value as help where there is one and it is short enough to be read."""
    mended = near.value(breach.value, breach.schema)
    better = f"write {json.dumps(mended, ensure_ascii=False)}"
    if isinstance(mended, str) and isinstance(breach.value, str):
        better = f"did you mean `{mended}`?"
    readable = mended is not None and printable(better) == better
    return Words(message, better if readable else help_, mended, near.is_guess(breach.value, mended))
