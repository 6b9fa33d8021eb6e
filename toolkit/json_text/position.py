"""Where in a text: offsets, spans, lines and columns, all in code points."""

import re
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """A stretch of text, from offset ``start`` up to, not including, offset ``end``."""

    start: int
    end: int


def position(text: str, offset: int) -> tuple[int, int]:
    r"""The line and the column of ``offset``, both from 1. Lines end at ``\n``, ``\r\n`` or a lone ``\r``."""
    before = text[:offset]
    if before.endswith("\r") and text.startswith("\n", offset):
        before = before[:-1]  # the middle of a line break still belongs to the line that it ends
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    return line, offset - max(before.rfind("\n"), before.rfind("\r"))


def lines(text: str) -> list[str]:
    """The lines of ``text`` as ``position`` counts them, without their line breaks."""
    return _LINE_BREAK.split(text)
