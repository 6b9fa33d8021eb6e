"""What several rules about icons need: examples, edits, and the ratios that fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from toolkit.finding import Edit
from toolkit.integration import Icon, Integration, Svg
from toolkit.rules.registry import Patch
from toolkit.text_edits import Replacement

if TYPE_CHECKING:
    from toolkit.svg.measurement import Measurement

NARROW, WIDE = 0.75, 1.34
"""The ratios of width to height between which an icon fits the square box."""
_SURELY, _UPRIGHT = 1.1, 0.95
"""How many times as wide, for its height, the square icon is where the two are surely swapped,
unless the other one is an upright picture, which is no square icon either."""
DISC = '<circle cx="20" cy="20" r="20" fill="#205493"/>'


def drawn(root: str, inside: str = DISC, role: str = "square") -> Patch:
    """A patch that draws the icon of that role anew; ``root`` holds the attributes of its root."""
    return {f"assets/{role}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n  {inside}\n</svg>\n'}


def edits(svg: Svg, replacements: Iterable[Replacement], *, safe: bool = True) -> tuple[Edit, ...]:
    """The fixes of an icon's text as edits of its file."""
    return tuple(Edit(svg.at(start, end), text, safe) for start, end, text in replacements)


def horizontal(icon: Icon, integration: Integration) -> Measurement | None:
    """What the horizontal icon shows, where it is another file than the square one."""
    picture = icon.svg.measurement if icon.role == "horizontal" and len(integration.svgs) > 1 else None
    return picture if picture and not picture.blank else None


def are_swapped(integration: Integration) -> bool:
    """Whether each of the two icons stands where the other one belongs."""
    pictures = {icon.role: icon.svg.measurement for icon in integration.icons}
    square = pictures.get("square")
    wide = next((picture for icon in integration.icons if (picture := horizontal(icon, integration))), None)
    return bool(wide and square and square.frame.ratio > _SURELY * max(wide.frame.ratio, _UPRIGHT))
