"""One JSON file of an integration as rules see it."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from toolkit.errors import LditError
from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.json_text import Document, JsonSyntaxError, read
from toolkit.regex import regex

VALUES = 50_000
"""How many values a file may hold to be read as JSON: each takes several kilobytes until it is fixed. Manifests have
a few hundred."""

_CLOSED = rb'[^,\[{"]*+(?:"(?:[^"\\]|\\.)*+"[^,\[{"]*+)*+'
_TEXTS = regex(_CLOSED, re.DOTALL)
_SEPARATOR = regex(_CLOSED + rb"[,\[{]", re.DOTALL)
"""Up to what begins another value."""


class Parsed(NamedTuple):
    """What a file is as JSON, or why it is none; neither where there is no file that can be read, or far too much."""

    document: Document | None
    error: JsonSyntaxError | None


def parsed(file: File) -> Parsed:
    """A file as JSON."""
    if has_too_many_values(file):
        return Parsed(None, None)
    try:
        return Parsed(read(file.data), None)
    except JsonSyntaxError as error:
        error.__traceback__ = error.__context__ = None  # which keep all that was read alive
        return Parsed(None, error)
    except LditError:
        return Parsed(None, None)


def has_too_many_values(file: File) -> bool:
    """Whether a file holds more than VALUES, or what looks like it where it is no JSON."""
    if file.size <= VALUES or not file.readable or _separators(file.data, 0) <= VALUES:
        return False
    count, end = 0, 0
    while count <= VALUES and (match := _SEPARATOR.match(file.data, end)):
        count, end = count + 1, match.end()
    texts = _TEXTS.match(file.data, end)
    return count + _separators(file.data, texts.end() if texts else end) > VALUES


def _separators(data: bytes, start: int) -> int:
    return sum(data.count(separator, start) for separator in (b",", b"[", b"{"))


@dataclass(frozen=True)
class JsonFile:
    """A file that could be read as JSON, at ``path`` in the integration."""

    path: str
    document: Document

    @property
    def value(self) -> Any:
        """What the file holds."""
        return self.document.value

    def at(self, pointer: str, span: tuple[int, int] | None = None) -> Place:
        """The value at ``pointer``; with ``span`` the code points of that string."""
        return Place(self.path, pointer, span=span)

    def key(self, pointer: str) -> Place:
        """The key at ``pointer`` rather than its value."""
        return Place(self.path, pointer, key=True)

    def span(self, start: int, end: int) -> Place:
        """Code points of the file's text."""
        return Place(self.path, span=(start, end))
