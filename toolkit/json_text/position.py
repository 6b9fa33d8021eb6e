"""Where in a text: offsets, spans, lines and columns, all in code points."""

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from toolkit.regex import regex

_LINE_BREAK = regex(r"\r\n?|\n")


class Span(NamedTuple):
    """A stretch of text, from offset ``start`` up to, not including, offset ``end``."""

    start: int
    end: int


def position(text: str, offset: int) -> tuple[int, int]:
    r"""The line and the column of ``offset``, both from 1. Lines end at ``\n``, ``\r\n`` or a lone ``\r``."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


@lru_cache(maxsize=8)
def lines(text: str) -> tuple[str, ...]:
    """The lines of ``text`` as ``position`` counts them, without their line breaks."""
    return tuple(_LINE_BREAK.split(text))
