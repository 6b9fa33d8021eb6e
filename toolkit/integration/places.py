"""Turns a symbolic place into offsets, lines and columns."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.finding import Edit, Place, Region
from toolkit.json_text import Document, Span, join, position, split
from toolkit.regex import regex

_CHARACTER = regex(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
"""One code point of a JSON string's value, as its source spells it."""
_AFTER = regex(r"\s*,\s*")


class Change(NamedTuple):
    """The text that takes the place of the code points from ``start`` to ``end`` of a file's text."""

    start: int
    end: int
    text: str


def change(edit: Edit, document: Document | None) -> Change | None:
    """What an edit does to its file's text, or None where it names no part of it."""
    if edit.after:
        return _member_after(edit, document) if document else None
    found = member(edit.place, document) if edit.text is None and document else span(edit.place, document)
    return found and Change(*found, edit.text or "")


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


def overlap(one: Place, other: Place, document: Document | None) -> bool:
    """Whether two places in one file, which is ``document`` where it is JSON, have something in common.

    A key and its value belong together; a place without a span is the whole file.
    """
    if one.pointer is not None and one.pointer == other.pointer and not (one.span and other.span):
        return True
    first, second = span(one, document), span(other, document)
    if first is None or second is None or first == second:
        return True
    return max(first.start, second.start) < min(first.end, second.end)


def member(place: Place, document: Document) -> Span | None:
    """The offsets of the whole member or item at the place's pointer, with the comma that goes with it."""
    value = document.span(place.pointer or "")
    if value is None or not place.pointer:
        return None
    start = (document.key_span(place.pointer) or value).start
    if after := _AFTER.match(document.text, value.end):
        return Span(start, after.end())
    comma = _back(document.text, start, " \t\r\n") - 1
    return Span(comma if comma >= 0 and document.text[comma] == "," else start, value.end)


def _member_after(edit: Edit, document: Document) -> Change | None:
    """The new member stands as far from the one before as that stands from the one before itself."""
    key, value = (find(edit.place.pointer or "") for find in (document.key_span, document.span))
    if key is None or value is None:
        return None
    start = _back(document.text, key.start, " \t")
    for line_break in ("\n", "\r"):
        start -= document.text.endswith(line_break, 0, start)
    return Change(value.end, value.end, f",{document.text[start : key.start]}{edit.text}")


def _back(text: str, offset: int, blanks: str) -> int:
    """Where the blanks before ``offset`` start."""
    while offset and text[offset - 1] in blanks:
        offset -= 1
    return offset


def _within(text: str, string: Span, inner: tuple[int, int]) -> Span:
    """Code points of a JSON string's value, as a span of its source with the escapes."""
    starts = _starts(text, string.start + 1, string.end - 1)
    first, last = (starts[min(offset, len(starts) - 1)] for offset in inner)
    return Span(first, last)


@lru_cache(maxsize=8)
def _starts(text: str, start: int, end: int) -> Sequence[int]:
    """Where each code point of the value of a string's source starts in a text, and where the source ends."""
    if text.find("\\", start, end) < 0:
        return range(start, end + 1)
    return [*(match.start() for match in _CHARACTER.finditer(text, start, end)), end]
