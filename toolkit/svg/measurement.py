"""What an icon shows, measured on its pixels."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

from toolkit.svg.canvas import Canvas
from toolkit.svg.geometry import Box, Placement, Shape, placement
from toolkit.svg.statistics import Statistics

SQUARE_SIDE = 40
HORIZONTAL_HEIGHT = 55
PLATE_FILL = 0.7
PLATE_SHARE = 0.5
_SAME = 10
_NEAR = 0.8


class Legibility(NamedTuple):
    """On a white page: the best WCAG contrast in the drawing, and the share of it that reaches 1.5."""

    best: float
    share: float


@dataclass(frozen=True)
class Measurement:
    """Statistics of one icon.

    ``frame`` is the icon as a page shows it and ``bounds`` the drawn part inside it, both in the same pixels
    (None: blank). ``view_box`` would fit the drawing tightly, ``whole`` everything drawn, and is None where
    that reaches too far to be measured. Shares are 0 to 1: ``coverage`` of the frame, ``overflow`` (of the
    drawing, outside the frame). ``plate``: the drawing stands on a pale ground of its own.
    """

    frame: Box
    bounds: Box | None
    overflow: float
    coverage: float
    view_box: Box | None
    whole: Box | None
    on_white: Legibility
    plate: bool
    thumbnail: bytes

    @classmethod
    def of(cls, statistics: Statistics, canvas: Canvas, shape: Shape) -> Self:
        """The measurement of an icon of that shape that was rendered on ``canvas``."""
        place = placement(shape, canvas.width)
        frame = Box(0, 0, canvas.width, canvas.height)
        bounds = Box(*statistics.bounds) if statistics.bounds else None
        on_white = Legibility(*statistics.on_white)
        return cls(
            frame=frame,
            bounds=bounds,
            overflow=statistics.overflow,
            coverage=statistics.coverage,
            view_box=_rounded(bounds, shape.view, place) if bounds else None,
            whole=_rounded(Box(*statistics.whole), shape.view, place) if statistics.whole else None,
            on_white=on_white,
            plate=bounds is not None and _is_plate(bounds, frame, statistics.coverage, on_white),
            thumbnail=bytes.fromhex(statistics.thumbnail),
        )

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn."""
        return self.bounds is None

    def delivered(self, scale: float) -> tuple[float, float]:
        """Width and height of the drawing, with a frame that is shown ``scale`` times as large."""
        return (self.bounds.width * scale, self.bounds.height * scale) if self.bounds else (0.0, 0.0)

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
    def off_center(self) -> tuple[float, float]:
        """How far the middle of the drawing is right of and below that of the frame, as shares of its size."""
        if self.bounds is None:
            return 0.0, 0.0
        x, y, width, height = self.bounds
        return (x + width / 2) / self.frame.width - 0.5, (y + height / 2) / self.frame.height - 0.5


def same_image(one: Measurement, other: Measurement) -> bool:
    """Whether two icons show the same drawing, however much room is around it."""
    if one.bounds is None or other.bounds is None:
        return one.bounds is other.bounds
    if abs(math.log(one.bounds.ratio / other.bounds.ratio)) > 0.05:
        return False
    difference = sum(abs(a - b) for a, b in zip(one.thumbnail, other.thumbnail, strict=True))
    return difference / len(one.thumbnail) < _SAME


def _is_plate(bounds: Box, frame: Box, coverage: float, on_white: Legibility) -> bool:
    """Whether most of the drawing is a pale shape that fills the room the drawing takes."""
    filled = coverage * frame.width * frame.height / (bounds.width * bounds.height)
    return filled >= PLATE_FILL and on_white.share <= 1 - PLATE_SHARE


def _rounded(drawn: Box, view: Box, place: Placement) -> Box:
    """A box of frame pixels as a viewBox: outwards to round numbers, but an edge of the icon's own where it is near."""
    exact = place.units(drawn)
    near = _NEAR / min(place.scale)
    unit = 10.0 ** math.floor(math.log10(1 / max(place.scale)))

    def edge(value: float, own: float, outwards: Callable[[float], int]) -> float:
        return own if abs(value - own) <= near else round(outwards(value / unit) * unit, 6) + 0.0

    left, right = edge(exact.x, view.x, math.floor), edge(exact.right, view.right, math.ceil)
    top, bottom = edge(exact.y, view.y, math.floor), edge(exact.bottom, view.bottom, math.ceil)
    return Box(left, top, round(right - left, 6), round(bottom - top, 6))
