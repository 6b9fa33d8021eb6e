"""Measures rendered pixels with Pillow; imported only once there are pixels to measure."""

import io
from collections.abc import Callable
from functools import cache
from math import ceil, floor, log10

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from toolkit.svg.canvas import Canvas
from toolkit.svg.geometry import Box, Placement, Shape, placement
from toolkit.svg.picture import Legibility, Picture

WHITE = 255
DARK = 24  # the grey of a dark page
LEGIBLE = 1.5
VISIBLE_ALPHA = 16
THUMBNAIL = (32, 32)
PLATE_FILL = 0.7
PLATE_SHARE = 0.5

_NEAR = 0.8
_VISIBLE = [255 if alpha > VISIBLE_ALPHA else 0 for alpha in range(256)]
_LUMINANCE = (0.2126, 0.7152, 0.0722, 0)


Extent = tuple[int, int, int, int]
"""Left, top, right and bottom, in whole pixels."""


def _linear(value: int) -> float:
    channel = value / 255
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


_LINEAR = [round(255 * _linear(value)) for value in range(256)]


def measure(png: bytes, canvas: Canvas, shape: Shape) -> Picture:
    """The figures of an icon of that shape that was rendered on ``canvas``."""
    place = placement(shape, canvas.width)
    image = PngImageFile(io.BytesIO(png)).convert("RGBA")  # Image.open would load the readers of other formats
    frame = Box(0, 0, canvas.width, canvas.height)
    left = top = canvas.margin
    inside = image.crop((left, top, left + canvas.width, top + ceil(canvas.height)))
    alpha = inside.getchannel("A")
    visible = alpha.point(_VISIBLE)
    extent = visible.getbbox()
    drawing = _fine(alpha, extent) if extent else None
    coverage = visible.histogram()[255] / (frame.width * frame.height)
    on_white = _legibility(inside, visible, WHITE)
    thumbnail = _on(inside.crop(extent), WHITE).resize(THUMBNAIL).tobytes() if extent else b""
    return Picture(
        frame=frame,
        drawing=drawing,
        overflow=_overflow(image, inside),
        coverage=coverage,
        view_box=_rounded(drawing, shape.view, place) if drawing else None,
        whole=_whole(image, canvas.margin, shape.view, place),
        on_white=on_white,
        on_dark=_legibility(inside, visible, DARK),
        plate=drawing is not None and _is_plate(drawing, frame, coverage, on_white),
        thumbnail=thumbnail,
    )


def _fine(alpha: Image.Image, extent: Extent) -> Box:
    """A rectangle of whole pixels, less what its outermost rows and columns are only partly covered by."""
    left, top, right, bottom = extent

    def spare(outer: Extent, inner: Extent) -> float:
        faint, full = (max(alpha.crop(strip).tobytes()) for strip in (outer, inner))
        return max(0.0, 1 - faint / full) if full else 0.0

    x0 = left + spare((left, top, left + 1, bottom), (left + 1, top, left + 2, bottom))
    x1 = right - spare((right - 1, top, right, bottom), (right - 2, top, right - 1, bottom))
    y0 = top + spare((left, top, right, top + 1), (left, top + 1, right, top + 2))
    y1 = bottom - spare((left, bottom - 1, right, bottom), (left, bottom - 2, right, bottom - 1))
    return Box(x0, y0, max(x1 - x0, 0.1), max(y1 - y0, 0.1))


def _on(image: Image.Image, grey: int) -> Image.Image:
    ground = Image.new("RGBA", image.size, (grey, grey, grey, 255))
    return Image.alpha_composite(ground, image).convert("RGB")


def _ink(image: Image.Image) -> int:
    return sum(alpha * count for alpha, count in enumerate(image.getchannel("A").histogram()))


def _overflow(image: Image.Image, inside: Image.Image) -> float:
    everything = _ink(image)
    return 1 - _ink(inside) / everything if everything else 0.0


def _legibility(image: Image.Image, visible: Image.Image, ground: int) -> Legibility:
    """Counts luminances in 255 steps, which tells contrasts around 1.5 apart to a hundredth."""
    linear = _on(image, ground).point(_LINEAR * 3).convert("L", _LUMINANCE)
    counts = linear.histogram(visible)
    pixels = sum(counts)
    if not pixels:
        return Legibility(1.0, 0.0)
    contrasts = _contrasts(ground)
    best = max(contrast for contrast, count in zip(contrasts, counts, strict=True) if count)
    legible = sum(count for contrast, count in zip(contrasts, counts, strict=True) if contrast >= LEGIBLE)
    return Legibility(best, legible / pixels)


@cache
def _contrasts(ground: int) -> list[float]:
    """The WCAG contrast ratio of each of 256 relative luminances with a grey."""
    other = _linear(ground)
    return [(max(one, other) + 0.05) / (min(one, other) + 0.05) for one in (level / 255 for level in range(256))]


def _is_plate(drawing: Box, frame: Box, coverage: float, on_white: Legibility) -> bool:
    """Whether most of the drawing is a pale shape that fills the room the drawing takes."""
    filled = coverage * frame.width * frame.height / (drawing.width * drawing.height)
    return filled >= PLATE_FILL and on_white.share <= 1 - PLATE_SHARE


def _whole(image: Image.Image, margin: int, view: Box, place: Placement) -> Box | None:
    alpha = image.getchannel("A")
    extent = alpha.point(_VISIBLE).getbbox()
    if extent is None or min(extent) == 0 or extent[2] == image.width or extent[3] == image.height:
        return None
    drawn = _fine(alpha, extent)
    return _rounded(drawn._replace(x=drawn.x - margin, y=drawn.y - margin), view, place)


def _rounded(drawn: Box, view: Box, place: Placement) -> Box:
    """A box of frame pixels as a viewBox: outwards to round numbers, but an edge of the icon's own where it is near."""
    exact = place.units(drawn)
    near = _NEAR / min(place.scale)
    unit = 10.0 ** floor(log10(1 / max(place.scale)))

    def edge(value: float, own: float, outwards: Callable[[float], int]) -> float:
        return own if abs(value - own) <= near else round(outwards(value / unit) * unit, 6) + 0.0

    left, right = edge(exact.x, view.x, floor), edge(exact.right, view.right, ceil)
    top, bottom = edge(exact.y, view.y, floor), edge(exact.bottom, view.bottom, ceil)
    return Box(left, top, round(right - left, 6), round(bottom - top, 6))
