"""Two icons drawn from a name: a square monogram, and the monogram with the name beside it.

LaunchDarkly shows the square one in a 40 x 40 pixel box and the horizontal one 55 pixels high, and asks for no
padding. So the canvas is 40 high and the drawing reaches its edges.
"""

from collections.abc import Iterator
from hashlib import sha256

from toolkit.integration.generated import PLATE_COLORS, PLATE_RADIUS, PLATE_SIDE
from toolkit.scaffold import letters, naming

_SIDE = float(PLATE_SIDE)
_MONOGRAM = (27.0, 20.0)
_TEXT_LEFT = 51.0
_TEXT_WIDEST = 109.0
_NARROWEST = 100.0
_STROKE = 1.5
_MONOGRAM_STROKE = 1.8
_LARGEST = {1: 2.0, 2: 1.35}
_SMALLEST_LINES, _SMALLEST_WORD = 0.9, 0.5
"""Scales of the wordmark's letters, which are 10 units high; the largest by the number of lines."""


def square(name: str) -> str:
    """A 1:1 SVG: the initials of ``name`` in white on a plate, or a pattern where it has no Latin letters."""
    return _svg(_SIDE, _plate(name))


def horizontal(name: str) -> str:
    """An SVG two and a half to four times as wide as high: the plate, then the leading words of ``name``."""
    color = _color(name)
    drawings, scale = _wordmark(name)
    if not drawings:
        return _svg(120.0, _plate(name) + _bars(name))
    right = _TEXT_LEFT + (max(drawing.width for drawing in drawings) + _STROKE) * scale
    height = (letters.HEIGHT + _STROKE) * scale
    if right < _NARROWEST:
        tops, rule = [2.0], f'<path fill="{color}" d="M51 34h49v4h-49z"/>'
        right = _NARROWEST
    else:
        between = (_SIDE - height * len(drawings)) / (len(drawings) + 1)
        tops, rule = [between + (height + between) * line for line in range(len(drawings))], ""
    lines = (
        _stroked(drawing.path, color, _STROKE, _TEXT_LEFT, top, scale)
        for drawing, top in zip(drawings, tops, strict=True)
    )
    return _svg(right, _plate(name) + "".join(lines) + rule)


def _wordmark(name: str) -> tuple[list[letters.Drawing], float]:
    """One or two lines of the leading words of ``name``, and their scale; no line when even the first is too long."""
    words = [word.upper() for word in naming.words(name)]
    for count in range(len(words), 0, -1):
        scale, lines = max(_arrangements(words[:count]))
        if scale >= (_SMALLEST_LINES if count > 1 else _SMALLEST_WORD):
            return lines, scale
    return [], 0.0


def _arrangements(words: list[str]) -> Iterator[tuple[float, list[letters.Drawing]]]:
    """``words`` in one line, and in two for every place to break; each with the scale at which it fits."""
    for split in range(len(words)):
        lines = [letters.draw(" ".join(line)) for line in (words[:split], words[split:]) if line]
        fitting = _TEXT_WIDEST / (max(line.width for line in lines) + _STROKE)
        yield min(_LARGEST[len(lines)], fitting), lines


def _plate(name: str) -> str:
    """The rounded square, 40 x 40, with what is drawn on it."""
    rounded = f'<rect width="{PLATE_SIDE}" height="{PLATE_SIDE}" rx="{PLATE_RADIUS}" fill="{_color(name)}"/>'
    initials = naming.initials(name)
    if not initials:
        return f'{rounded}<path fill="#fff" d="{_pattern(name)}"/>'
    drawing = letters.draw(initials)
    widest, highest = _MONOGRAM
    width, height = drawing.width + _MONOGRAM_STROKE, letters.HEIGHT + _MONOGRAM_STROKE
    scale = min(widest / width, highest / height)
    left, top = (_SIDE - width * scale) / 2, (_SIDE - height * scale) / 2
    return rounded + _stroked(drawing.path, "#fff", _MONOGRAM_STROKE, left, top, scale)


def _pattern(name: str) -> str:
    """Four quarter discs in a square, each turned as the digest of ``name`` says."""
    turned = (
        "h12a12 12 0 0 1-12 12z",
        "v12a12 12 0 0 1-12-12z",
        "h-12a12 12 0 0 1 12-12z",
        "v-12a12 12 0 0 1 12 12z",
    )
    corners = ((0, 0), (12, 0), (12, 12), (0, 12))
    path = ""
    for tile, (x, y) in enumerate(((8, 8), (20, 8), (8, 20), (20, 20))):
        turn = _digest(name)[tile] % 4
        path += f"M{x + corners[turn][0]} {y + corners[turn][1]}{turned[turn]}"
    return path


def _bars(name: str) -> str:
    """Three bars in place of words that cannot be drawn, the longest of them 69 wide."""
    widths = [30 + digit % 32 for digit in _digest(name)[4:7]]
    widths[_digest(name)[7] % 3] = 69
    path = "".join(f"M51 {y}h{width}v6h-{width}z" for y, width in zip((5, 17, 29), widths, strict=True))
    return f'<path fill="{_color(name)}" d="{path}"/>'


def _stroked(path: str, color: str, stroke: float, left: float, top: float, scale: float) -> str:
    """``path`` scaled, so that its ink, round ends included, starts at ``left``, ``top``."""
    x, y = left + stroke * scale / 2, top + stroke * scale / 2
    pen = f'fill="none" stroke="{color}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path {pen} transform="translate({x:.4g} {y:.4g}) scale({scale:.4g})" d="{path}"/>'


def _svg(width: float, drawing: str) -> str:
    size = f'width="{width:.4g}" height="40" viewBox="0 0 {width:.4g} 40"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawing}</svg>\n'


def _color(name: str) -> str:
    return PLATE_COLORS[_digest(name)[8] % len(PLATE_COLORS)]


def _digest(name: str) -> bytes:
    return sha256(name.encode("utf-8", "surrogatepass")).digest()
