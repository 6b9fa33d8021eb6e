"""What an icon shows, measured on its pixels."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.svg.geometry import Box

SQUARE_SIDE = 40
HORIZONTAL_HEIGHT = 55
_SAME = 10


class Legibility(NamedTuple):
    """Against one background: the best WCAG contrast in the drawing, and the share of it that reaches 1.5."""

    best: float
    share: float


@dataclass(frozen=True)
class Picture:
    """Figures of one icon.

    ``frame`` is the icon as a page shows it and ``drawing`` the drawn part inside it, both in the same pixels
    (None: blank). ``view_box`` would fit the drawing tightly, ``whole`` everything drawn, and is None where
    that reaches too far to be measured. Shares are 0 to 1: ``coverage`` of the frame, ``overflow`` (of the
    drawing, outside the frame). ``plate``: the drawing stands on a pale ground of its own.
    """

    frame: Box
    drawing: Box | None
    overflow: float
    coverage: float
    view_box: Box | None
    whole: Box | None
    on_white: Legibility
    on_dark: Legibility
    plate: bool
    thumbnail: bytes

    @property
    def blank(self) -> bool:
        return self.drawing is None

    def delivered(self, scale: float) -> tuple[float, float]:
        """Width and height of the drawing, with a frame that is shown ``scale`` times as large."""
        return (self.drawing.width * scale, self.drawing.height * scale) if self.drawing else (0.0, 0.0)

    @property
    def in_square(self) -> tuple[float, float]:
        """Width and height of the drawing in the square box, in its pixels."""
        return self.delivered(SQUARE_SIDE / max(self.frame.width, self.frame.height))

    @property
    def in_row(self) -> tuple[float, float]:
        """Width and height of the drawing where horizontal icons are shown, in pixels."""
        return self.delivered(HORIZONTAL_HEIGHT / self.frame.height)

    @property
    def square_coverage(self) -> float:
        """The share of the square box that is drawn on."""
        return self.coverage * min(self.frame.ratio, 1 / self.frame.ratio)

    @property
    def off_centre(self) -> tuple[float, float]:
        """How far the middle of the drawing is right of and below that of the frame, as shares of its size."""
        if self.drawing is None:
            return 0.0, 0.0
        x, y, width, height = self.drawing
        return (x + width / 2) / self.frame.width - 0.5, (y + height / 2) / self.frame.height - 0.5


def same_picture(one: Picture, other: Picture) -> bool:
    """Whether two icons show the same drawing, however much room is around it."""
    if one.drawing is None or other.drawing is None:
        return one.drawing is other.drawing
    if abs(math.log(one.drawing.ratio / other.drawing.ratio)) > 0.05:
        return False
    difference = sum(abs(a - b) for a, b in zip(one.thumbnail, other.thumbnail, strict=True))
    return difference / len(one.thumbnail) < _SAME
