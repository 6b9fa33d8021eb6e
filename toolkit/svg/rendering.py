"""Draws an icon with resvg: here if its numbers are modest, otherwise in a process that may be killed."""

import subprocess
import sys
from math import ceil
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.svg.geometry import Frame
from toolkit.svg.reader import SVG, Drawing

TIMEOUT = 1.2
_REPLACED = frozenset({"x", "y", "width", "height", "overflow"})
_WORKER = Path(__file__).with_name("worker.py")


class RenderError(LditError):
    """The renderer gave up: out of time, out of memory, or unable to draw this."""


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
    attributes = [drawing.text[slice(*a.span)] for a in tag.attributes if a.name not in replaced]
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


def render(svg: str, *, apart: bool) -> bytes:
    """PNG of a document that passed the safety rules; ``apart``: in a process of its own. Raises RenderError."""
    return _render_apart(svg) if apart else _render_here(svg)


def _render_here(svg: str) -> bytes:
    import resvg_py

    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, dpi=96.0))
    except ValueError as error:
        raise RenderError(f"the renderer refuses it: {error}", "export the icon again") from None


def _render_apart(svg: str) -> bytes:
    remedy = "simplify the drawing: fewer filters, gradients and repeated parts"
    command = [sys.executable, "-P", str(_WORKER)]
    try:
        done = subprocess.run(command, input=svg.encode(), capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise RenderError(f"takes over {TIMEOUT:g} seconds to draw, the limit", remedy) from None
    if done.returncode == 2:
        reason = done.stderr.decode(errors="replace")[:200]
        raise RenderError(f"the renderer refuses it: {reason}", "export the icon again")
    if done.returncode:
        raise RenderError("the renderer breaks down over it", remedy)
    return done.stdout
