"""The document that is rendered to measure or to show an icon."""

from math import ceil
from typing import NamedTuple

from toolkit.svg.document import SvgDocument
from toolkit.svg.geometry import Shape
from toolkit.svg.names import SVG

_REPLACED = frozenset({"x", "y", "width", "height", "viewBox", "overflow"})


class Canvas(NamedTuple):
    """An SVG that shows an icon ``width`` by ``height`` pixels large, with ``margin`` pixels around it."""

    svg: str
    width: int
    height: float
    margin: int


def canvas(document: SvgDocument, shape: Shape, *, width: int, margin: int = 0) -> Canvas:
    """Puts an icon on a canvas, with what it draws beyond its own edges where ``margin`` leaves room.

    The icon's root becomes the child of a larger root, so that percentages in it keep their meaning.
    """
    height = width / shape.ratio
    tag = document.start_tag(document.root)
    attributes = [document.text[slice(*a.span)] for name, a in tag.attributes.items() if name not in _REPLACED]
    attributes.append(f'x="0" y="0" width="{width}" height="{height}" viewBox="{shape.view}" overflow="visible"')
    across, down = width + 2 * margin, ceil(height) + 2 * margin
    svg = (
        f'<ldit:svg xmlns:ldit="{SVG}" width="{across}" height="{down}" '
        f'viewBox="{-margin} {-margin} {across} {down}"><{tag.name} {" ".join(attributes)}'
        f"{'/' if tag.empty else ''}>{document.text[tag.span.end :]}</ldit:svg>"
    )
    return Canvas(svg, width, height, margin)
