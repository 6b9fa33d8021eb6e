"""Whether a drawing is modest enough to be rendered in this process, by its own numbers.

The limits keep rendering well under half a second and far from a stack overflow. What exceeds one of them is
not wrong: it is rendered in a process of its own, which may be killed.
"""

import re
from math import prod

from toolkit.svg import expansion
from toolkit.svg.geometry import Box
from toolkit.svg.reader import Drawing
from toolkit.svg.vocabulary import words

MAX_ELEMENTS = 500
MAX_PATH = 100_000
MAX_LAYERS = 60
MAX_DEPTH = 40
MAX_SCALE = 10_000
MAX_EMBEDDED_PIXELS = 2_000_000
MAX_STYLE = 20_000
MAX_BOX_UNITS = 6
CANVAS = (0.5, 100_000)

_COSTLY_ELEMENTS = frozenset({"filter", "marker", "feImage"})
_GEOMETRY = words(
    "d points x y width height r rx ry cx cy x1 x2 y1 y2 stroke-width transform gradientTransform patternTransform"
)
_TRANSFORMS = ("transform", "gradientTransform", "patternTransform")
_CONTENT_UNITS = ("patternContentUnits", "clipPathUnits", "maskContentUnits")
_LARGE_NUMBER = re.compile(r"(?<![\d.])0*[1-9]\d{5}|e\+?0*(?:[5-9]|[1-9]\d)", re.IGNORECASE)
_SCALING = re.compile(r"(?:scale|matrix)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_COSTLY_STYLE = re.compile(r"\\|dasharray\s*:\s*(?!none)|transform|filter|marker")
_SIMPLE_SHEET = re.compile(r"(?:\s*+[.#*]?[-\w]*+(?:\s*+,\s*+[.#*]?[-\w]*+)*+\s*+\{[^{}]*+\})*+\s*+")


def modest(drawing: Drawing, canvas: Box, embedded_pixels: int) -> bool:
    """Whether a safe drawing may be rendered here; ``embedded_pixels`` are those of its embedded pictures."""
    least, most = CANVAS
    if not (least <= min(canvas[2:]) and max(map(abs, canvas)) <= most and embedded_pixels <= MAX_EMBEDDED_PIXELS):
        return False
    if not (_modest_elements(drawing) and all(map(_modest_sheet, drawing.sheets()))):
        return False
    whole = expansion.sizes(drawing)[0]
    return (
        whole.elements <= MAX_ELEMENTS
        and whole.path <= MAX_PATH
        and whole.layers <= MAX_LAYERS
        and whole.depth <= MAX_DEPTH
    )


def _modest_elements(drawing: Drawing) -> bool:
    scales, box_units = [], 0
    for element in drawing.elements:
        attributes = element.attributes
        if element.name.local in _COSTLY_ELEMENTS or (element.parent >= 0 and "viewBox" in attributes):
            return False
        if attributes.get("stroke-dasharray", "none") != "none" or _COSTLY_STYLE.search(attributes.get("style", "")):
            return False
        if any(name in _GEOMETRY and _LARGE_NUMBER.search(value) for name, value in attributes.items()):
            return False
        scales += [factor for name in _TRANSFORMS if name in attributes for factor in _factors(attributes[name])]
        box_units += sum(attributes.get(name) == "objectBoundingBox" for name in _CONTENT_UNITS)
    return prod(scales) <= MAX_SCALE and box_units <= MAX_BOX_UNITS


def _factors(transform: str) -> list[float]:
    """How much each part of a transform may enlarge what it is applied to, at least 1."""
    return [max([1.0, *map(float, _NUMBER.findall(part)[:4])]) for part in _SCALING.findall(transform)]


def _modest_sheet(sheet: str) -> bool:
    """Only rules for a class, an id or an element each, so that matching them costs little."""
    if len(sheet) > MAX_STYLE or _COSTLY_STYLE.search(sheet) or not _SIMPLE_SHEET.fullmatch(sheet):
        return False
    return all(
        all(part.strip().startswith(".") for part in selector.split(",")) or not expansion.COMPOSITED.search(body)
        for selector, body in expansion.CSS_RULE.findall(sheet)
    )
