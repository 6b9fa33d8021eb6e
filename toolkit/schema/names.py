"""How places, values and lists of words are written in a message."""

import json
from collections.abc import Sequence
from typing import Any

from toolkit.text import printable as escaped

LONGEST = 60


def dotted(path: Sequence[str | int]) -> str:
    """A path as a partner writes it, such as ``formVariables[2].key``; empty for the whole manifest."""
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        elif step.isidentifier() and len(step) <= LONGEST:
            name += f".{step}" if name else step
        else:
            name += f'["{printable(step)}"]'
    return name


def where(place: Sequence[str]) -> str:
    """A place of the schema, ``[]`` for any item of a list: "`formVariables[].key`"."""
    return f"`{printable('.'.join(place).replace('.[]', '[]'))}`" if place else "the manifest"


def printable(text: str) -> str:
    """``text`` on one line of at most 60 characters: the rest cut off, what cannot be printed escaped."""
    safe = escaped(text[: LONGEST + 1])
    return safe if len(safe) <= LONGEST else safe[: LONGEST - 1] + "…"


def described(value: Any) -> str:
    """A JSON value within a sentence: "the number 1", "`text`", "a list"."""
    if isinstance(value, str):
        return f"`{printable(value)}`" if value else "empty"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) and value.bit_length() > 200:
        return "a very long number"
    return f"the number {json.dumps(value)}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """One word as it is, two as ``a or b``, three as ``a, b or c``."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def counted(number: int, noun: str) -> str:
    """``1 item``, ``2 items``."""
    return f"{number} {noun}" + "s" * (number != 1)
