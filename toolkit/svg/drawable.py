"""Which icons can be drawn, and which of those a renderer draws as a browser does."""

import re
from dataclasses import dataclass
from itertools import chain

from toolkit.errors import LditError
from toolkit.regex import regex
from toolkit.svg.document import SvgDocument
from toolkit.svg.geometry import Shape, frame
from toolkit.svg.inspection import Inspection
from toolkit.svg.reader import SvgError

WIDEST = 40
SMALLEST = 1e-3
LARGEST = 1e7

_TEXT_PARTS = frozenset({"text", "tspan", "textPath", "flowPara", "flowSpan"})
_UNKNOWN_TO_RENDERER = regex(
    r"\b(?:var|env|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|device-cmyk)\(|(?:rgb|hsl)a?\([^,)]{0,60}/"
    r"|@(?:media|supports|layer|container)|:(?:not|is|where|has|nth-[a-z-]+)\(",
    re.IGNORECASE,
)


class UndrawableError(LditError):
    """An icon that is not drawn at all."""


@dataclass(frozen=True)
class NotMeasured:
    """Why an icon has no measurement. ``defect``: for a reason that is worth a finding."""

    reason: str
    help: str = ""
    defect: bool = False


def drawable(inspection: Inspection) -> tuple[SvgDocument, Shape]:
    """The document of an icon that is safe to draw, and its shape.

    Raises SvgError where it could not be read, UndrawableError where it is unsafe or has no size to draw it in.
    """
    document = inspection.document
    if isinstance(document, SvgError):
        raise document from None
    if inspection.violations:
        raise UndrawableError("is not safe to draw", "see its other findings")
    shape = frame(document).shape
    if shape is None:
        raise UndrawableError("says no size", "give it a viewBox")
    if not 1 / WIDEST <= shape.ratio <= WIDEST:
        raise UndrawableError(f"has sides of over 1 to {WIDEST}", "give it a viewBox that fits the drawing")
    if min(shape.view[2:]) < SMALLEST or max(map(abs, shape.view)) > LARGEST:
        raise UndrawableError(f"has a viewBox of {shape.view}", "scale the drawing to some hundred units")
    return document, shape


def beyond_the_renderer(document: SvgDocument) -> str:
    """Why the renderer would draw something else than a browser, or nothing."""
    if any(document.elements[number].name.local in _TEXT_PARTS for number in document.texts):
        return "contains text, which needs a font"
    for style in chain(document.sheets(), *(e.attributes.values() for e in document.elements)):
        if ("(" in style or "@" in style) and (found := _UNKNOWN_TO_RENDERER.search(style)):
            return f"uses `{found[0]}`, which only browsers draw"
    return ""
