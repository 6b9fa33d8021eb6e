"""JSON pointers (RFC 6901): ``""`` is the whole value, ``/formVariables/0/key`` a part of it."""

import re
from functools import lru_cache

from toolkit.regex import regex

_INDEX = regex(r"0|[1-9][0-9]*", re.ASCII)


def escape(part: str) -> str:
    """One key as it stands in a pointer: ``~`` becomes ``~0`` and ``/`` becomes ``~1``."""
    return part.replace("~", "~0").replace("/", "~1")


def join(pointer: str, *parts: str | int) -> str:
    """The pointer to the value that the keys and indexes ``parts`` lead to from ``pointer``."""
    return pointer + "".join(f"/{escape(str(part))}" for part in parts)


@lru_cache(maxsize=4096)
def split(pointer: str) -> tuple[str, ...]:
    """The keys and indexes of a pointer. Raises ValueError when it does not start with ``/``."""
    if not pointer:
        return ()
    if pointer[0] != "/":
        raise ValueError(f"JSON pointer {pointer!r} does not start with /")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def index(part: str) -> int | None:
    """The array index that a part of a pointer names, or None: digits only, without leading zeros."""
    return int(part) if _INDEX.fullmatch(part) and len(part) < 16 else None


def lookup(value: object, pointer: str) -> object:
    """The value at ``pointer`` inside ``value``. Raises LookupError when there is none."""
    for part in split(pointer):
        if isinstance(value, dict):
            value = value[part]
        elif isinstance(value, list) and (place := index(part)) is not None:
            value = value[place]
        else:
            raise LookupError(f"nothing at JSON pointer {pointer!r}")
    return value
