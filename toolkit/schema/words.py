"""One plain sentence, with its remedy, for each kind of breach."""

from collections.abc import Callable

from toolkit.schema import near
from toolkit.schema.breach import Breach
from toolkit.schema.elsewhere import Places, right_places
from toolkit.schema.keywords import repeated
from toolkit.schema.names import counted, described, dotted, listed, printable
from toolkit.schema.other_words import OTHER_SENTENCES, unworded
from toolkit.schema.phrases import Words, choice_of, corrected, name_of, noun, wanted

_TYPES = {
    "array": ["a list"],
    "boolean": ["true", "false"],
    "object": ["an object"],
    "string": ["a string"],
    "number": ["a number"],
    "integer": ["a whole number"],
    "null": ["null"],
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
    return SENTENCES.get(breach.keyword, unworded)(breach)


def _type(breach: Breach) -> Words:
    names = breach.schema["type"]
    kinds = listed([kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name]])
    what = f"the string {described(breach.value)}" if breach.value and isinstance(breach.value, str) else None
    message = f"{name_of(breach)} is {what or described(breach.value)}, must be {kinds}"
    return corrected(breach, message, wanted(breach.schema, kinds))


def _enum(breach: Breach) -> Words:
    allowed = [word for word in breach.schema["enum"] if isinstance(word, str)]
    message = f"{name_of(breach)} is {described(breach.value)}, which is not allowed"
    if isinstance(breach.value, str) and (right := near.word(breach.value, allowed)):
        return Words(message, f"did you mean `{printable(right)}`?", right, near.is_guess(breach.value, right))
    return Words(message, wanted(breach.schema))


def _max_length(breach: Breach) -> Words:
    limit = breach.schema["maxLength"]
    size = counted(len(breach.value), "character")
    return Words(f"{name_of(breach)} is {size}, the limit is {limit}", "shorten it")


def _min_length(breach: Breach) -> Words:
    limit = breach.schema["minLength"]
    if not breach.value:
        minimum = counted(limit, "character")
        return Words(
            f"{name_of(breach)} is empty, the minimum is {minimum}", f"write {noun(breach.schema, 'some text')}"
        )
    size = counted(len(breach.value), "character")
    return Words(f"{name_of(breach)} is {size}, the minimum is {limit}", "lengthen it")


def _pattern(breach: Breach) -> Words:
    shown = printable(breach.schema["pattern"])
    must = breach.schema.get("patternErrorMessage", f"must match `{shown}`")
    help_ = PATTERN_HELP.get(must, f"write {noun(breach.schema, 'what matches it')}")
    return corrected(breach, f"{name_of(breach)} is {described(breach.value)}, {must}", help_)


def _format(breach: Breach) -> Words:
    name = breach.schema["format"]
    kind = _FORMATS.get(name, f"of the format {printable(name)}")
    message = f"{name_of(breach)} is {described(breach.value)}, must be {kind}"
    help_ = "write one address such as help@acme.example" if name == "email" else f"write {noun(breach.schema, kind)}"
    return corrected(breach, message, help_)


def _min_items(breach: Breach) -> Words:
    size, limit = len(breach.value), counted(breach.schema["minItems"], "item")
    items = breach.schema.get("items")
    has = f"has {counted(size, 'item')}" if size else "is empty"
    what = noun(items, "one") if isinstance(items, dict) else "one"
    return Words(f"{name_of(breach)} {has}, must hold at least {limit}", f"add {what}")


def _max_items(breach: Breach) -> Words:
    size, limit = len(breach.value), breach.schema["maxItems"]
    return Words(
        f"{name_of(breach)} has {counted(size, 'item')}, the limit is {limit}", f"remove {size - limit} of them"
    )


def _unique_items(breach: Breach) -> Words:
    twice = described(repeated(breach.value))
    return corrected(breach, f"{name_of(breach)} holds {twice} more than once", "name it once")


def _missing(breach: Breach) -> Words:
    schema = breach.schema.get("properties", {}).get(breach.name, {})
    choice = f": {choice_of(schema)}" if "enum" in schema else ""
    name = dotted((*breach.path, breach.name))
    return Words(f"`{name}` is missing", f"add {noun(schema, f'`{printable(breach.name)}`')}{choice}")


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


def _form(breach: Breach) -> Words:
    """A value that has none of several forms, or more than one."""
    message = f"{name_of(breach)} has none of the allowed forms"
    if breach.nearest is None:
        return Words(f"{name_of(breach)} has more than one of the forms that exclude each other", "keep to one of them")
    nearest = words(breach.nearest, {})
    return Words(f"{message}; of the nearest, {nearest.message}", nearest.help)


_FORMATS = {
    "email": "an e-mail address",
    "uri": "a whole address such as https://acme.example",
    "date": "a date such as 2026-01-31",
    "date-time": "a date and time such as 2026-01-31T12:00:00Z",
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
    "anyOf": _form,
    "oneOf": _form,
    **OTHER_SENTENCES,
}
"""The sentence for each keyword but ``additionalProperties``, which needs to know the whole schema."""
