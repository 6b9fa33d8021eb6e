"""The row of an integration and its horizontal icon as a picture, on a light and on a dark page, twice their size."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from toolkit.errors import LditError
from toolkit.preview.text import Font, wrap
from toolkit.svg.measurement import HORIZONTAL_HEIGHT, SQUARE_SIDE
from toolkit.svg.reader import SvgError
from toolkit.svg.renderer import default_renderer

SCALE = 2
WIDTH = 560 * SCALE
"""Pixels of a row."""

_MARGIN, _PADDING, _GAP, _LEADING = 20 * SCALE, 20 * SCALE, 15 * SCALE, 5 * SCALE
_SQUARE, _HEIGHT, _RADIUS = SQUARE_SIDE * SCALE, HORIZONTAL_HEIGHT * SCALE, 4 * SCALE
_NAME, _TEXT, _SMALL = 17 * SCALE, 14 * SCALE, 12 * SCALE
_BUTTON = 36 * SCALE
_PNG = b"\x89PNG"


class Theme(NamedTuple):
    """The colors of a page and of what stands on it."""

    label: str
    page: str
    row: str
    border: str
    name: str
    text: str
    warning: str


LIGHT = Theme("light", "#f6f7f9", "#ffffff", "#dfe3e8", "#1b2330", "#566174", "#b3261e")
DARK = Theme("dark", "#101317", "#181c22", "#2c333c", "#e9edf3", "#9aa6b6", "#ff9a91")


@dataclass(frozen=True)
class Artwork:
    """An icon, an SVG or a PNG, or why it is ``refused``."""

    data: bytes = b""
    refused: str = ""


@dataclass(frozen=True)
class Card:
    """What a row shows, and the horizontal icon below it."""

    name: str
    overview: str
    button: str
    square: Artwork
    horizontal: Artwork


def picture(card: Card, *, font_file: Path | None = None) -> bytes:
    """PNG of one row, light and dark side by side. Raises LditError where ``font_file`` is not a font."""
    return sheet([card], font_file=font_file)


def sheet(cards: Sequence[Card], *, columns: int = 1, font_file: Path | None = None) -> bytes:
    """PNG of at least one row, in ``columns`` of pairs. Raises LditError where ``font_file`` is not a font."""
    layouts = [_Layout(card, font_file) for card in cards]
    lines = [layouts[start : start + columns] for start in range(0, len(layouts), columns)]
    heights = [max(layout.height for layout in line) for line in lines]
    across = WIDTH + 2 * _MARGIN
    whole = Image.new("RGB", (len(lines[0]) * 2 * across, sum(heights)), LIGHT.page)
    for number, line in enumerate(lines):
        for column, (layout, theme) in enumerate(product(line, (LIGHT, DARK))):
            stage = Image.new("RGB", (across, heights[number]), theme.page)
            _draw(stage, layout, theme)
            whole.paste(stage, (column * across, sum(heights[:number])))
    target = io.BytesIO()
    whole.save(target, "PNG")
    return target.getvalue()


class _Layout:
    """A row's text as lines, its icons as pixels, and its warnings."""

    def __init__(self, card: Card, font_file: Path | None) -> None:
        font = Font(card.name + card.overview + card.button, font_file)
        self.large, self.medium, self.small = font.at(_NAME), font.at(_TEXT), font.at(_SMALL)
        self.square, square_refused = _drawn(card.square, _SQUARE, _SQUARE)
        self.horizontal, horizontal_refused = _drawn(card.horizontal, WIDTH, _HEIGHT)
        self.button = card.button
        self.button_width = int(self.medium.getlength(card.button)) + 2 * 14 * SCALE
        inside = WIDTH - 2 * _PADDING - _SQUARE - 2 * _GAP - self.button_width
        self.name = wrap(card.name, self.large, inside)
        self.overview = wrap(card.overview, self.medium, inside)
        boxes = " ".join(f"U+{ord(c):04X}" for c in font.lacking[:8])
        notes = [
            f"square icon refused: {square_refused}" if square_refused else "",
            f"horizontal icon refused: {horizontal_refused}" if horizontal_refused else "",
            f"no font here draws {boxes}: name one that does" if boxes else "",
        ]
        self.notes = [line for note in notes if note for line in wrap(note, self.small, WIDTH)]

    @property
    def text_height(self) -> int:
        return len(self.name) * (_NAME + _LEADING) + len(self.overview) * (_TEXT + _LEADING)

    @property
    def row_height(self) -> int:
        return 2 * _PADDING + max(_SQUARE, self.text_height)

    @property
    def height(self) -> int:
        captions = 2 * (_SMALL + _GAP)
        return 2 * _MARGIN + captions + self.row_height + _GAP + _HEIGHT + len(self.notes) * (_SMALL + _LEADING)


def _drawn(artwork: Artwork, width: int, height: int) -> tuple[Image.Image | None, str]:
    """An icon as large as it is shown, or None and why."""
    if artwork.refused:
        return None, artwork.refused
    try:
        png = artwork.data if artwork.data.startswith(_PNG) else default_renderer().draw(artwork.data, width, height)
        with Image.open(io.BytesIO(png)) as found:
            icon = found.convert("RGBA")
    except SvgError as error:
        return None, f"it cannot be read: {error}"
    except LditError as error:
        return None, f"it {error}"
    except (OSError, ValueError, Image.DecompressionBombError):
        return None, "it is not a picture"
    icon.thumbnail((width, height))
    return icon, ""


def _draw(stage: Image.Image, layout: _Layout, theme: Theme) -> None:
    pen = ImageDraw.Draw(stage)
    y = _MARGIN
    pen.text((_MARGIN, y), theme.label, theme.text, layout.small)
    y += _SMALL + _GAP
    _draw_row(stage, pen, y, layout, theme)
    y += layout.row_height + _GAP
    _place(stage, pen, (_MARGIN, y), (2 * _HEIGHT, _HEIGHT), layout.horizontal, theme)
    y += _HEIGHT + _GAP // 2
    pen.text((_MARGIN, y), f"horizontal icon, {HORIZONTAL_HEIGHT} px high", theme.text, layout.small)
    y += _SMALL + _GAP // 2
    _write(pen, (_MARGIN, y), layout.notes, layout.small, _SMALL, theme.warning)


def _draw_row(stage: Image.Image, pen: ImageDraw.ImageDraw, top: int, layout: _Layout, theme: Theme) -> None:
    bottom, right = top + layout.row_height, _MARGIN + WIDTH
    pen.rounded_rectangle((_MARGIN, top, right, bottom), _RADIUS, theme.row, theme.border, SCALE)
    left, middle = _MARGIN + _PADDING, (top + bottom) // 2
    _place(stage, pen, (left, middle - _SQUARE // 2), (_SQUARE, _SQUARE), layout.square, theme)
    text = left + _SQUARE + _GAP, middle - layout.text_height // 2
    below = _write(pen, text, layout.name, layout.large, _NAME, theme.name)
    _write(pen, (text[0], below), layout.overview, layout.medium, _TEXT, theme.text)
    edge = right - _PADDING
    box = (edge - layout.button_width, middle - _BUTTON // 2, edge, middle + _BUTTON // 2)
    pen.rounded_rectangle(box, 6 * SCALE, None, theme.text, SCALE)
    pen.text(((box[0] + box[2]) / 2, middle), layout.button, theme.name, layout.medium, anchor="mm")


def _place(
    stage: Image.Image,
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    size: tuple[int, int],
    icon: Image.Image | None,
    theme: Theme,
) -> None:
    """An icon in the middle of a square, or at the left of its line; a red box where it is refused."""
    (x, y), (width, height) = at, size
    if icon is None:
        pen.rectangle((x, y, x + width, y + height), outline=theme.warning, width=SCALE)
        pen.line((x, y + height, x + width, y), theme.warning, SCALE)
        return
    shift = (width - icon.width) // 2 if width == height else 0
    stage.paste(icon, (x + shift, y + (height - icon.height) // 2), icon)


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], lines: Sequence[str], font: FreeTypeFont, size: int, color: str
) -> int:
    """Writes lines from ``at`` down; where the next one would stand."""
    x, y = at
    for line in lines:
        pen.text((x, y), line, color, font)
        y += size + _LEADING
    return y
