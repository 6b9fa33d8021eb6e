"""What several rules about icons need: examples, edits, and the ratios that fit."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.finding import Edit
from toolkit.integration import Svg
from toolkit.rules.registry import Patch
from toolkit.text_edits import Replacement

NARROW, WIDE = 0.75, 1.34
"""The ratios of width to height between which an icon fits the square box."""
DISC = '<circle cx="20" cy="20" r="20" fill="#205493"/>'


def drawn(root: str, inside: str = DISC, role: str = "square") -> Patch:
    """A patch that draws the icon of that role anew; ``root`` holds the attributes of its root."""
    return {f"assets/{role}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n  {inside}\n</svg>\n'}


def edits(svg: Svg, replacements: Iterable[Replacement], *, safe: bool = True) -> tuple[Edit, ...]:
    """The fixes of an icon's text as edits of its file."""
    return tuple(Edit(svg.at(start, end), text, safe) for start, end, text in replacements)
