"""The document that is rendered to measure or to show an icon."""

from math import ceil
from typing import NamedTuple

from toolkit.svg.drawing import SVG, Drawing
from toolkit.svg.geometry import Frame

_REPLACED = frozenset({"x", "y", "width", "height", "overflow"})


class Canvas(NamedTuple):
    """A document that draws an icon ``width`` by ``height`` pixels large, with ``margin`` pixels around it."""

    svg: str
    width: int
    height: float
    margin: int


def canvas(drawing: Drawing, frame: Frame, ratio: float, *, width: int, margin: int = 0) -> Canvas:
    """Puts an icon on a canvas, with what it draws beyond its own edges where ``margin`` leaves room.

    The icon's root becomes the child of a larger root, so that percentages in it keep their meaning.
    """
    height = width / ratio
    tag = drawing.start_tag(drawing.root)
    replaced = _REPLACED if frame.view_box else _REPLACED | {"viewBox"}
    attributes = [drawing.text[slice(*a.span)] for a in tag.attributes.values() if a.name not in replaced]
    if frame.view_box is None:
        attributes.append(f'viewBox="{frame.canvas}"')
    attributes.append(f'x="0" y="0" width="{width}" height="{height}" overflow="visible"')
    across, down = width + 2 * margin, ceil(height) + 2 * margin
    svg = (
        f'<ldit:svg xmlns:ldit="{SVG}" width="{across}" height="{down}" '
        f'viewBox="{-margin} {-margin} {across} {down}"><{tag.name} {" ".join(attributes)}'
        f"{'/' if tag.empty else ''}>{drawing.text[tag.span.end :]}</ldit:svg>"
    )
    return Canvas(svg, width, height, margin)
