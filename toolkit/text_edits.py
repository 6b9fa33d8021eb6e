"""Edits of a text: replacements that do not overlap, applied in one pass."""

from collections.abc import Iterable
from typing import NamedTuple


class Replacement(NamedTuple):
    """Code points from ``start`` up to, not including, ``end`` of a text become ``text``."""

    start: int
    end: int
    text: str


def apply(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """The text with replacements in any order, each as ``(start, end, new text)``.

    Raises ValueError where two of them overlap or one lies outside of the text.
    """
    pieces, reached = list[str](), 0
    for start, end, new in sorted(replacements):
        if not reached <= start <= end <= len(text):
            raise ValueError(f"the replacement of {start} to {end} overlaps another or lies outside of the text")
        pieces += text[reached:start], new
        reached = end
    return "".join([*pieces, text[reached:]])
