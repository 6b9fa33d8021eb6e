"""The parts that sentences about a schema are made of."""

import json
from typing import Any, NamedTuple

from toolkit.schema import near
from toolkit.schema.breach import Breach
from toolkit.schema.names import described, dotted, listed, printable
from toolkit.text import printable as escaped


class Words(NamedTuple):
    """What is said of a breach, and the key or value that would fix it, which may be a guess."""

    message: str
    help: str
    replacement: object | None = None
    guess: bool = False


_LONGEST = 250
"""Code points of a description's first sentence that is still read."""
_TYPE_HELP = {
    "a list": "write a list in [ ]",
    "an object": "write an object in { }",
    "a string": "write text in quotes",
    "true or false": "write true or false, without quotes",
}


def name_of(breach: Breach) -> str:
    """The place of a breach as a partner writes it: ``links.site``."""
    return dotted(breach.path) or "the manifest"


def noun(schema: dict[str, Any], otherwise: str) -> str:
    """The first sentence of a description, made to follow "add": "the name of the integration"."""
    text = schema.get("description")
    first = text.split(". ")[0].rstrip(".") if isinstance(text, str) else ""
    return escaped(first[0].lower() + first[1:]) if 0 < len(first) <= _LONGEST else otherwise


def choice_of(schema: dict[str, Any]) -> str:
    """The words that are allowed."""
    return listed([printable(word) if isinstance(word, str) else described(word) for word in schema["enum"]])


def wanted(schema: dict[str, Any], kinds: str = "") -> str:
    """What to write where the present value is of no use."""
    if schema.get("enum"):
        return f"write {choice_of(schema)}"
    if kinds == "an object" and schema.get("required"):
        return f"write an object with {listed([printable(name) for name in schema['required']], 'and')}"
    if kinds == "a string" and noun(schema, "").startswith(("the ", "a ", "an ")):
        return f"write {noun(schema, '')}"
    return _TYPE_HELP.get(kinds, f"write {kinds}" if kinds else "write another value")


def corrected(breach: Breach, message: str, help_: str) -> Words:
    """With the right value as help where there is one and it is short enough to be read."""
    value = near.value(breach.value, breach.schema)
    better = f"write {json.dumps(value, ensure_ascii=False)}"
    if isinstance(value, str) and isinstance(breach.value, str):
        better = f"did you mean `{value}`?"
    readable = value is not None and printable(better) == better
    return Words(message, better if readable else help_, value, near.is_guess(breach.value, value))
