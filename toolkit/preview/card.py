"""The card of an integration as a picture, on a light and on a dark page, at twice the size that customers see."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from toolkit.errors import LditError
from toolkit.preview.text import Font, wrap
from toolkit.svg.picture import SQUARE_SIDE
from toolkit.svg.pixels import draw
from toolkit.svg.reader import SvgError

SCALE = 2
COLUMNS = 3
WIDTH = 360 * SCALE
"""Pixels of a card."""

_MARGIN, _PADDING, _GAP, _LEADING = 16 * SCALE, 20 * SCALE, 12 * SCALE, 6 * SCALE
_ICON, _CHIP, _RADIUS = SQUARE_SIDE * SCALE, 22 * SCALE, 8 * SCALE
_NAME, _TEXT, _SMALL = 17 * SCALE, 14 * SCALE, 12 * SCALE
_PNG = b"\x89PNG"


class Theme(NamedTuple):
    """The colours of a page and of the card on it."""

    page: str
    card: str
    border: str
    name: str
    text: str
    chip: str
    warning: str


LIGHT = Theme("#f4f5f7", "#ffffff", "#d8dbe0", "#14171a", "#4b5360", "#eceef2", "#b3261e")
DARK = Theme("#101214", "#181818", "#3a3f47", "#f5f6f8", "#b4bac4", "#2c3036", "#ff8a80")


@dataclass(frozen=True)
class Card:
    """What a card shows; ``icon`` is the square one, an SVG or a PNG."""

    name: str
    overview: str
    categories: tuple[str, ...]
    icon: bytes


def picture(card: Card, *, font_file: Path | None = None) -> bytes:
    """PNG of one card, light and dark side by side. Raises LditError where ``font_file`` is not a font."""
    return sheet([card], font_file=font_file)


def sheet(cards: Sequence[Card], *, columns: int = COLUMNS, font_file: Path | None = None) -> bytes:
    """PNG of at least one card, in rows of ``columns`` pairs. Raises LditError where ``font_file`` is not a font."""
    layouts = [_Layout(card, font_file) for card in cards]
    rows = [layouts[start : start + columns] for start in range(0, len(layouts), columns)]
    heights = [max(layout.height for layout in row) + 2 * _MARGIN for row in rows]
    across = WIDTH + 2 * _MARGIN
    whole = Image.new("RGB", (len(rows[0]) * 2 * across, sum(heights)), LIGHT.page)
    for number, row in enumerate(rows):
        for column, (layout, theme) in enumerate(product(row, (LIGHT, DARK))):
            panel = Image.new("RGB", (across, heights[number]), theme.page)
            _draw(panel, layout, theme)
            whole.paste(panel, (column * across, sum(heights[:number])))
    target = io.BytesIO()
    whole.save(target, "PNG")
    return target.getvalue()


class _Layout:
    """A card's text as lines, its icon as pixels, and what must be said about either."""

    def __init__(self, card: Card, font_file: Path | None) -> None:
        font = Font(card.name + card.overview + "".join(card.categories), font_file)
        self.large, self.medium, self.small = font.at(_NAME), font.at(_TEXT), font.at(_SMALL)
        self.icon, trouble = _icon(card.icon)
        inside = WIDTH - 2 * _PADDING
        self.name = wrap(card.name, self.large, inside - _ICON - _GAP)
        self.overview = wrap(card.overview, self.medium, inside)
        self.chips = _chip_rows(card.categories, self.small.getlength, inside)
        boxes = " ".join(f"U+{ord(c):04X}" for c in font.lacking[:8])
        notes = [trouble, f"no font here draws {boxes}: name one that does" if boxes else ""]
        self.notes = [line for note in notes if note for line in wrap(note, self.small, inside)]

    @property
    def head(self) -> int:
        return max(_ICON, len(self.name) * (_NAME + _LEADING))

    @property
    def height(self) -> int:
        lines = len(self.overview) * (_TEXT + _LEADING) + len(self.notes) * (_SMALL + _LEADING)
        return 2 * _PADDING + self.head + _GAP + lines + len(self.chips) * (_LEADING + _CHIP)


def _chip_rows(
    labels: Sequence[str], length: Callable[[str], float], width: float
) -> list[list[tuple[str, float, float]]]:
    """Labels in rows, each with its left edge and width."""
    rows: list[list[tuple[str, float, float]]] = [[]]
    left = 0.0
    for label in labels:
        across = length(label) + _CHIP
        if left and left + across > width:
            rows.append([])
            left = 0.0
        rows[-1].append((label, left, across))
        left += across + _LEADING
    return [row for row in rows if row]


def _icon(data: bytes) -> tuple[Image.Image | None, str]:
    """The icon as large as it is delivered, or None and why."""
    try:
        png = data if data.startswith(_PNG) else draw(data, _ICON, _ICON)
        with Image.open(io.BytesIO(png)) as found:
            icon = found.convert("RGBA")
    except SvgError as error:
        return None, f"the icon cannot be read: {error}"
    except LditError as error:
        return None, f"the icon {error}"
    except (OSError, ValueError, Image.DecompressionBombError):
        return None, "the icon is not a picture"
    icon.thumbnail((_ICON, _ICON))
    return icon, ""


def _draw(panel: Image.Image, layout: _Layout, theme: Theme) -> None:
    pen = ImageDraw.Draw(panel)
    edge = (_MARGIN, _MARGIN, _MARGIN + WIDTH, _MARGIN + layout.height)
    pen.rounded_rectangle(edge, _RADIUS, theme.card, theme.border, SCALE)
    left = top = _MARGIN + _PADDING
    if layout.icon:
        shift = left + (_ICON - layout.icon.width) // 2, top + (layout.head - layout.icon.height) // 2
        panel.paste(layout.icon, shift, layout.icon)
    else:
        pen.rectangle((left, top, left + _ICON, top + _ICON), outline=theme.warning, width=SCALE)
    y = top + (layout.head - len(layout.name) * (_NAME + _LEADING)) // 2
    for line in layout.name:
        pen.text((left + _ICON + _GAP, y), line, theme.name, layout.large)
        y += _NAME + _LEADING
    y = top + layout.head + _GAP
    for line in layout.overview:
        pen.text((left, y), line, theme.text, layout.medium)
        y += _TEXT + _LEADING
    for line in layout.notes:
        pen.text((left, y), line, theme.warning, layout.small)
        y += _SMALL + _LEADING
    for row in layout.chips:
        y += _LEADING
        for label, x, across in row:
            pen.rounded_rectangle((left + x, y, left + x + across, y + _CHIP), _CHIP // 2, theme.chip)
            pen.text((left + x + across / 2, y + _CHIP / 2), label, theme.text, layout.small, anchor="mm")
        y += _CHIP
