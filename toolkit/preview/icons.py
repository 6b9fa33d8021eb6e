"""The icons as customers see them: as pictures, with the boxes that they stand in."""

from base64 import b64encode
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from toolkit.finding import Finding, Severity
from toolkit.integration import Icon, Integration
from toolkit.preview.markdown import EMPTY
from toolkit.svg.measurement import HORIZONTAL_HEIGHT, SQUARE_SIDE
from toolkit.svg.reader import SvgError

ROLES = ("square", "horizontal")
_LAYOUT = ("files", "format")
"""Gates that say something of how a file is written, not of what it shows."""


@dataclass(frozen=True)
class IconView:
    """An icon in CSS pixels: a square one fills 40 by 40, a horizontal one is 55 high.

    ``source`` is its address; ``refused`` says why there is none.
    """

    role: str
    width: float
    height: float
    source: Markup = EMPTY
    refused: str = ""


class Boxes(NamedTuple):
    """A picture to lay over an icon, with its frame and what it draws, and the margins in words."""

    source: Markup
    room: str


def icons(integration: Integration, findings: tuple[Finding, ...] = ()) -> dict[str, IconView]:
    """The square and the horizontal icon of an integration."""
    named = {icon.role: icon for icon in integration.icons}
    return {role: _view(integration, role, named.get(role), findings) for role in ROLES}


def _view(integration: Integration, role: str, icon: Icon | None, findings: tuple[Finding, ...]) -> IconView:
    width = float(SQUARE_SIDE if role == "square" else 2 * HORIZONTAL_HEIGHT)
    height = float(SQUARE_SIDE if role == "square" else HORIZONTAL_HEIGHT)
    if refused := _refusal(integration, role, icon, findings) or icon is None:
        return IconView(role, width, height, refused=str(refused))
    if role == "horizontal" and icon.svg.frame and (shape := icon.svg.frame.shape):
        width = min(HORIZONTAL_HEIGHT * shape.ratio, 600.0)
    return IconView(role, width, height, _data(icon.svg.file.data))


def _refusal(integration: Integration, role: str, icon: Icon | None, findings: tuple[Finding, ...]) -> str:
    """Why an icon is not shown, or nothing."""
    path = icon.svg.file.path if icon else ""
    for finding in findings:
        place = finding.problem.place
        about = place.pointer == f"/icons/{role}" or (path and place.file == path)
        if about and finding.severity is Severity.error and finding.gate not in _LAYOUT:
            return finding.problem.message
    if icon is None:
        return "the manifest names no file" if integration.manifest else "the manifest cannot be read"
    if isinstance(icon.svg.read, SvgError):
        return str(icon.svg.read)
    return "it is not safe to show" if icon.svg.violations else ""


def _data(svg: bytes) -> Markup:
    return Markup("data:image/svg+xml;base64,") + b64encode(svg).decode()


def boxes(integration: Integration, view: IconView) -> Boxes | None:
    """The boxes of an icon; None where it is refused or blank, or cannot be measured."""
    icon = next((icon for icon in integration.icons if icon.role == view.role), None)
    picture = icon.svg.measurement if icon and not view.refused else None
    if picture is None or picture.bounds is None:
        return None
    width, height = view.width, view.height
    scale = min(width / picture.frame.width, height / picture.frame.height)
    left, top = (width - picture.frame.width * scale) / 2, (height - picture.frame.height * scale) / 2
    x, y = left + picture.bounds.x * scale, top + picture.bounds.y * scale
    across, down = (side * scale for side in picture.delivered(1))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" fill="none" stroke-width=".5">'
        f'<rect x=".25" y=".25" width="{width - 0.5:g}" height="{height - 0.5:g}" stroke="#d6336c"/>'
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{across:.2f}" height="{down:.2f}" stroke="#1c7ed6"'
        ' stroke-dasharray="1.5 1"/></svg>'
    )
    margins = (y, width - x - across, height - y - down, x)
    sides = ", ".join(f"{name} {max(margin, 0):.1f}" for name, margin in zip(_SIDES, margins, strict=True))
    cut = f"; at least {picture.overflow:.0%} of the drawing is cut off" if picture.overflow >= 0.005 else ""
    return Boxes(_data(svg.encode()), f"drawn {across:.1f} by {down:.1f} px; margins {sides}{cut}")


_SIDES = ("top", "right", "bottom", "left")
