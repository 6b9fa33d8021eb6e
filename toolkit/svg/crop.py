"""Crops an icon to its drawing, with as much space around it as the ratio of the icon's sides asks for."""

from typing import NamedTuple

from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import crop_viewbox
from toolkit.svg.geometry import Box, frame, placement
from toolkit.svg.measurement import Measurement
from toolkit.svg.reader import SvgError
from toolkit.svg.renderer import IconRenderer, default_renderer
from toolkit.text_edits import Replacement, apply

_NEAR = 1.5
"""Pixels of the first measurement within which the drawing is where it was."""


class Crop(NamedTuple):
    """A new viewBox, the edits that set it, and what the icon shows then."""

    box: Box
    edits: list[Replacement]
    after: Measurement


def crop(
    document: SvgDocument, measured: Measurement, narrow: float, wide: float, renderer: IconRenderer | None = None
) -> Crop | None:
    """The tightest crop with a ratio of width to height from ``narrow`` to ``wide``, the drawing in its middle.

    An icon that is square stays square, where that ratio is allowed. None where the icon is cropped so already, and
    where a crop would show what has been cut off so far.
    """
    shape = frame(document).shape
    if shape is None or measured.bounds is None or measured.view_box is None:
        return None
    stays_square = shape.is_square and narrow <= 1 <= wide
    box = measured.view_box.squared() if stays_square else measured.view_box.padded(narrow, wide)
    before = placement(shape, measured.frame.width)
    near = _NEAR / min(before.scale)
    if box.matches(shape.view, near) or (measured.overflow and not before.units(measured.frame).holds(box)):
        return None
    edits = crop_viewbox(document, box)
    after, drawn = _seen(apply(document.text, edits), renderer or default_renderer())
    if after is None or drawn is None or not before.units(measured.bounds).matches(drawn, near):
        return None
    return Crop(box, edits, after)


def _seen(text: str, renderer: IconRenderer) -> tuple[Measurement | None, Box | None]:
    """What an icon shows, and where its drawing is in units of its viewBox."""
    data = text.encode()
    measured, document = renderer.measure(data), renderer.inspection(data).document
    if not isinstance(measured, Measurement) or isinstance(document, SvgError):
        return None, None
    shape = frame(document).shape
    place = placement(shape, measured.frame.width) if shape else None
    return measured, place.units(measured.bounds) if place and measured.bounds else None
