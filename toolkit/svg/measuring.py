"""Measures rendered pixels with Pillow, in the process that renders them; so nothing heavy of ours is imported."""

import io
from math import ceil
from typing import cast

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngImageFile

from toolkit.svg.statistics import Rectangle, Statistics

WHITE = 255
LEGIBLE = 1.5
VISIBLE_ALPHA = 16
THUMBNAIL = (32, 32)

_VISIBLE = [255 if alpha > VISIBLE_ALPHA else 0 for alpha in range(256)]
_DIFFERS = [255 if difference > 12 else 0 for difference in range(256)]
"""Of two colors; less, against white, is a contrast of under 1.1."""
_LUMINANCE = (0.2126, 0.7152, 0.0722, 0)

Extent = tuple[int, int, int, int]
"""Left, top, right and bottom, in whole pixels."""


def _linear(value: int) -> float:
    channel = value / 255
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


_LINEAR = [round(255 * _linear(value)) for value in range(256)]
_CONTRASTS = [1.05 / (level / 255 + 0.05) for level in range(256)]
"""The WCAG contrast ratio of each of 256 relative luminances with white."""


def measure(png: bytes, width: int, height: float, margin: int) -> Statistics:
    """The statistics of an icon that was rendered with a frame of ``width`` by ``height`` pixels and a margin."""
    image = PngImageFile(io.BytesIO(png)).convert("RGBA")  # Image.open would load the readers of other formats
    inside = image.crop((margin, margin, margin + width, margin + ceil(height)))
    alpha = inside.getchannel("A")
    visible = alpha.point(_VISIBLE)
    extent = visible.getbbox()
    return Statistics(
        bounds=_fine(alpha, extent) if extent else None,
        whole=_whole(image, margin),
        overflow=_overflow(image, inside, margin),
        coverage=visible.histogram()[255] / (width * height),
        on_white=_legibility(inside, visible),
        thumbnail=_on_white(inside.crop(extent)).resize(THUMBNAIL).tobytes().hex() if extent else "",
    )


def _fine(alpha: Image.Image, extent: Extent) -> Rectangle:
    """A rectangle of whole pixels, less what its outermost rows and columns are only partly covered by."""
    left, top, right, bottom = extent

    def spare(outer: Extent, inner: Extent) -> float:
        faint, full = (max(alpha.crop(strip).tobytes()) for strip in (outer, inner))
        return max(0.0, 1 - faint / full) if full else 0.0

    x0 = left + spare((left, top, left + 1, bottom), (left + 1, top, left + 2, bottom))
    x1 = right - spare((right - 1, top, right, bottom), (right - 2, top, right - 1, bottom))
    y0 = top + spare((left, top, right, top + 1), (left, top + 1, right, top + 2))
    y1 = bottom - spare((left, bottom - 1, right, bottom), (left, bottom - 2, right, bottom - 1))
    return x0, y0, max(x1 - x0, 0.1), max(y1 - y0, 0.1)


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, (WHITE, WHITE, WHITE, WHITE))
    return Image.alpha_composite(ground, image).convert("RGB")


def _ink(image: Image.Image) -> int:
    return sum(alpha * count for alpha, count in enumerate(image.getchannel("A").histogram()))


def _overflow(image: Image.Image, inside: Image.Image, margin: int) -> float:
    """The share of the drawing that the frame cuts off.

    It leaves out what nobody misses: what is as white as the page, and the rest of a plain ground that fills the frame.
    """
    outside = image.copy()
    outside.paste((0, 0, 0, 0), (margin, margin, margin + inside.width, margin + inside.height))
    if not outside.getchannel("A").getbbox():
        return 0.0
    missed = outside.getchannel("A")
    kinds = [(_on_white(outside), (WHITE, WHITE, WHITE))]
    kinds += ((outside.convert("RGB"), color) for color in _ground(inside))
    for colors, ground in kinds:
        difference = ImageChops.difference(colors, Image.new("RGB", image.size, ground))
        largest = ImageChops.lighter(ImageChops.lighter(*difference.split()[:2]), difference.getchannel("B"))
        missed = ImageChops.multiply(missed, largest.point(_DIFFERS))
    return sum(alpha * count for alpha, count in enumerate(missed.histogram())) / _ink(image)


def _ground(inside: Image.Image) -> list[tuple[int, int, int]]:
    """The color of an opaque ground that reaches all edges of the frame, if there is one."""
    across, down = inside.size
    edges = (0, 0, across, 1), (0, down - 1, across, down), (0, 0, 1, down), (across - 1, 0, across, down)
    found = [inside.crop(edge).getcolors(1) for edge in edges]  # None where there are more
    colors = {colors[0][1] for colors in found if colors}
    if None in found or len(colors) != 1:
        return []
    red, green, blue, alpha = cast(tuple[int, int, int, int], colors.pop())
    return [(red, green, blue)] if alpha == 255 else []


def _legibility(image: Image.Image, visible: Image.Image) -> tuple[float, float]:
    """The best contrast and the legible share.

    It counts luminances in 255 steps, which distinguishes contrasts around 1.5 to a hundredth.
    """
    linear = _on_white(image).point(_LINEAR * 3).convert("L", _LUMINANCE)
    counts = linear.histogram(visible)
    pixels = sum(counts)
    if not pixels:
        return 1.0, 0.0
    best = max(contrast for contrast, count in zip(_CONTRASTS, counts, strict=True) if count)
    legible = sum(count for contrast, count in zip(_CONTRASTS, counts, strict=True) if contrast >= LEGIBLE)
    return best, legible / pixels


def _whole(image: Image.Image, margin: int) -> Rectangle | None:
    alpha = image.getchannel("A")
    extent = alpha.point(_VISIBLE).getbbox()
    if extent is None or min(extent) == 0 or extent[2] == image.width or extent[3] == image.height:
        return None
    left, top, width, height = _fine(alpha, extent)
    return left - margin, top - margin, width, height
