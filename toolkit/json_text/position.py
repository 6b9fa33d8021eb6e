"""Where in a text: offsets, spans, lines and columns, all in code points."""

from typing import NamedTuple


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
