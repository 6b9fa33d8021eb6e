"""Turns a symbolic place into offsets, lines and columns."""

import re
from functools import lru_cache

from toolkit.finding import Place, Region
from toolkit.json_text import Document, Span, join, position, split

_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
"""One code point of a JSON string's value, as its source spells it."""
_AFTER = re.compile(r"\s*,\s*")
_BEFORE = re.compile(r",\s*\Z")


def region(place: Place, text: str, document: Document | None) -> Region | None:
    """Where ``place`` is in ``text``; ``document`` is that text as JSON, when the place has a pointer."""
    found = span(place, document)
    return found and Region(*position(text, found.start), *position(text, found.end))


def span(place: Place, document: Document | None) -> Span | None:
    """The offsets of ``place`` in its file's text, or None when it is the whole file.

    Where nothing stands at the place's pointer, it is the nearest value around it.
    """
    if document is None or place.pointer is None:
        return Span(*place.span) if place.span else None
    parts = split(place.pointer)
    found = document.key_span(place.pointer) if place.key else None
    while found is None:
        found = document.span(join("", *parts))
        parts = parts[:-1]
    return _within(document.text, found, place.span) if place.span and document.text[found.start] == '"' else found


def member(place: Place, document: Document) -> Span | None:
    """The offsets of the whole member or item at the place's pointer, with the comma that goes with it."""
    value = document.span(place.pointer or "")
    if value is None or not place.pointer:
        return None
    start = (document.key_span(place.pointer) or value).start
    if after := _AFTER.match(document.text, value.end):
        return Span(start, after.end())
    before = _BEFORE.search(document.text, 0, start)
    return Span(before.start() if before else start, value.end)


def _within(text: str, string: Span, inner: tuple[int, int]) -> Span:
    """Code points of a JSON string's value, as a span of its source with the escapes."""
    offsets = _offsets(text, string)
    last = len(offsets) - 1
    return Span(offsets[min(inner[0], last)], offsets[min(inner[1], last)])


@lru_cache(maxsize=4)
def _offsets(text: str, string: Span) -> list[int]:
    """Where each code point of a JSON string's value starts in its source, and where the last one ends."""
    inside = _CHARACTER.finditer(text, string.start + 1, string.end - 1)
    return [*(match.start() for match in inside), string.end - 1]
