"""The size that an icon asks for: ``width``, ``height``, ``viewBox`` and ``preserveAspectRatio`` of its root."""

import math
import re
from typing import NamedTuple

from toolkit.regex import regex
from toolkit.svg.document import SvgDocument

# CSS pixels in one unit; font-relative units count with the initial font of 16 px.
UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}

NUMBER = r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:e[+-]?[0-9]++)?"
_LENGTH = regex(rf"({NUMBER})\s*+(%|[a-z]*+)", re.IGNORECASE)
_SEPARATOR = regex(r"\s*,\s*|\s+")
_RATIO_TOLERANCE = 0.02
_SANE = 1e50


class Box(NamedTuple):
    """A rectangle, in the units of what it is a part of."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def ratio(self) -> float:
        """Width by height."""
        return self.width / self.height

    def holds(self, other: "Box") -> bool:
        """Whether another rectangle lies within this one."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def squared(self) -> "Box":
        """The smallest square around this one, with the same middle, outwards to a round number."""
        side = max(self.width, self.height)
        unit = 10.0 ** (math.floor(math.log10(side)) - 3)
        side = round(math.ceil(round(side / unit, 6)) * unit, 9)
        x, y = self.x + (self.width - side) / 2, self.y + (self.height - side) / 2
        return Box(round(x, 9), round(y, 9), side, side)

    def matches(self, other: "Box", tolerance: float) -> bool:
        """Whether no edge of another rectangle is further than ``tolerance`` from the same edge of this one."""
        edges = zip((*self[:2], self.right, self.bottom), (*other[:2], other.right, other.bottom), strict=True)
        return all(abs(one - two) <= tolerance for one, two in edges)

    def padded(self, narrow: float, wide: float) -> "Box":
        """The smallest box around this one, with the same middle, whose ratio is from ``narrow`` to ``wide``."""
        x, width = _about(self.x, self.width, self.height * narrow)
        y, height = _about(self.y, self.height, self.width / wide)
        return Box(x, y, width, height)

    def __str__(self) -> str:
        """As a viewBox is written."""
        return " ".join(f"{value:.10g}" for value in self)


class Length(NamedTuple):
    """A ``width`` or ``height`` as written; ``unit`` is ``%`` or a key of UNITS."""

    value: float
    unit: str

    @property
    def pixels(self) -> float | None:
        """CSS pixels, or None for a percentage."""
        return None if self.unit == "%" else self.value * UNITS[self.unit]


class Frame(NamedTuple):
    """What the root says of its size; what is missing, ``auto`` or not a size is None."""

    width: Length | None
    height: Length | None
    view_box: Box | None
    fit: str

    @property
    def percent(self) -> bool:
        """Whether a size is a percentage, so that it depends on the page."""
        return any(length is not None and length.unit == "%" for length in (self.width, self.height))

    @property
    def pixels(self) -> tuple[float, float] | None:
        """Width and height in CSS pixels, if both are said and are lengths that anything can have."""
        width, height = (length.pixels if length else None for length in (self.width, self.height))
        return (width, height) if width and height and all(map(_is_sane, (width, height))) else None

    @property
    def disagrees(self) -> bool:
        """Whether width and height have another ratio than the viewBox has, by more than 2 %."""
        if self.pixels is None or self.view_box is None:
            return False
        return abs(math.log(self.pixels[0] / self.pixels[1] / self.view_box.ratio)) > _RATIO_TOLERANCE

    @property
    def distorts(self) -> bool:
        """Whether the drawing is stretched: the ratios disagree, and ``preserveAspectRatio`` lets them."""
        return self.disagrees and self.fit.startswith("none")

    @property
    def shape(self) -> "Shape | None":
        """How a page shows the icon, where the file says enough for that."""
        view = self.view_box or (Box(0, 0, *self.pixels) if self.pixels else None)
        if view is None:
            return None
        return Shape(view, self.pixels[0] / self.pixels[1] if self.pixels else view.ratio, self.fit)


class Shape(NamedTuple):
    """The viewBox (or what width and height stand for), the ratio of the frame that shows it, and how it fits in."""

    view: Box
    ratio: float
    fit: str

    @property
    def is_square(self) -> bool:
        """Whether width and height are the same, within 2 %."""
        return abs(self.ratio - 1) <= _RATIO_TOLERANCE


class Placement(NamedTuple):
    """How a viewBox lies in the frame that shows it: frame pixels = (unit - origin) * scale + shift."""

    origin: tuple[float, float]
    scale: tuple[float, float]
    shift: tuple[float, float]

    def units(self, box: Box) -> Box:
        """A box in frame pixels, in units of the viewBox."""
        x, y = ((box[i] - self.shift[i]) / self.scale[i] + self.origin[i] for i in (0, 1))
        return Box(x, y, box.width / self.scale[0], box.height / self.scale[1])


def placement(shape: Shape, width: float) -> Placement:
    """Where ``preserveAspectRatio`` puts the viewBox in a frame that is ``width`` pixels wide."""
    view, height = shape.view, width / shape.ratio
    scale = width / view.width, height / view.height
    if not shape.fit.startswith("none"):
        scale = (max(scale) if shape.fit.endswith("slice") else min(scale),) * 2
    spare = width - view.width * scale[0], height - view.height * scale[1]
    align = shape.fit.split()[0].lower()
    shares = [0.0 if f"{axis}min" in align else 1.0 if f"{axis}max" in align else 0.5 for axis in "xy"]
    return Placement((view.x, view.y), scale, (spare[0] * shares[0], spare[1] * shares[1]))


def _about(start: float, length: float, least: float) -> tuple[float, float]:
    """The start and the length of a side that is made ``least`` long about its middle, outwards to round numbers."""
    if length >= least:
        return start, length
    unit = 10.0 ** (math.floor(math.log10(least)) - 2)
    middle = start + length / 2
    first = math.floor(round((middle - least / 2) / unit, 6))
    last = math.ceil(round((middle + least / 2) / unit, 6))
    return round(first * unit, 9), round((last - first) * unit, 9)


def frame(document: SvgDocument) -> Frame:
    """Reads the size of a drawing from its root element."""
    root = document.root
    return Frame(
        length(root.get("width") or ""),
        length(root.get("height") or ""),
        view_box(root.get("viewBox") or ""),
        (root.get("preserveAspectRatio") or "").strip() or "xMidYMid meet",
    )


def length(text: str) -> Length | None:
    """A positive length with its unit, or None for ``auto``, nonsense, an unknown unit and what is not positive.

    The value may be infinite, where it is written as more than a number can hold.
    """
    parts = _LENGTH.fullmatch(text.strip())
    if parts is None:
        return None
    value, unit = float(parts[1]), parts[2].lower()
    known = unit == "%" or unit in UNITS
    return Length(value, unit) if known and value > 0 else None


def view_box(text: str) -> Box | None:
    """A viewBox of four numbers with a positive width and height, or None."""
    parts = [_LENGTH.fullmatch(part) for part in _SEPARATOR.split(text.strip(), 4)]
    numbers = [float(part[1]) for part in parts if part and not part[2]]
    if not len(parts) == len(numbers) == 4:
        return None
    box = Box(*numbers)
    return box if all(map(_is_sane, box[2:])) and all(map(math.isfinite, box)) else None


def _is_sane(length: float) -> bool:
    """Whether a length is positive and no ratio with another one is 0 or infinite."""
    return 1 / _SANE < length < _SANE
