"""Crops an icon to its drawing, with as much space around it as the ratio of the icon's sides asks for."""

from typing import NamedTuple

from toolkit.svg.drawing import Drawing
from toolkit.svg.fixes import Replacement, applied, crop_viewbox
from toolkit.svg.geometry import Box, frame, placement
from toolkit.svg.picture import Picture

_NEAR = 1.5
"""Pixels of the first measurement within which the drawing is where it was."""


class Crop(NamedTuple):
    """A new viewBox, the edits that set it, and what the icon shows then."""

    box: Box
    edits: list[Replacement]
    after: Picture


def crop(drawing: Drawing, picture: Picture, narrow: float, wide: float) -> Crop | None:
    """The tightest crop with a ratio of width to height from ``narrow`` to ``wide``, the drawing in its middle.

    None where the icon is cropped so already, and where a crop would show what has been cut off so far.
    """
    shape = frame(drawing).shape
    if shape is None or picture.drawing is None or picture.view_box is None:
        return None
    box = picture.view_box.padded(narrow, wide)
    before = placement(shape, picture.frame.width)
    if box == shape.view or (picture.overflow and not before.units(picture.frame).holds(box)):
        return None
    edits = crop_viewbox(drawing, box)
    after, drawn = _seen(applied(drawing.text, edits))
    near = _NEAR / min(before.scale)
    if after is None or drawn is None or not before.units(picture.drawing).matches(drawn, near):
        return None
    return Crop(box, edits, after)


def _seen(text: str) -> tuple[Picture | None, Box | None]:
    """What an icon shows, and where its drawing is in units of its viewBox."""
    from toolkit.svg.pixels import measure
    from toolkit.svg.reader import read

    picture = measure(text.encode())
    if not isinstance(picture, Picture):
        return None, None
    shape = frame(read(text.encode())).shape
    place = placement(shape, picture.frame.width) if shape else None
    return picture, place.units(picture.drawing) if place and picture.drawing else None
