"""From the bytes of an icon to figures about what it shows; each content is drawn once in a process."""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from toolkit.svg.canvas import canvas
from toolkit.svg.drawing import Drawing
from toolkit.svg.embedded import decode
from toolkit.svg.geometry import frame, placement
from toolkit.svg.picture import Picture
from toolkit.svg.reader import SvgError, read
from toolkit.svg.rendering import RenderError, render, warm_up
from toolkit.svg.safety import offences
from toolkit.svg.vocabulary import ANIMATIONS

AREA = 200 * 200
MARGIN = 24
WIDEST = 40
REMEMBERED = 4096

_TEXT_PARTS = frozenset({"text", "tspan", "textPath", "flowPara", "flowSpan"})
_UNKNOWN_TO_RENDERER = re.compile(
    r"\b(?:var|env|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|device-cmyk)\(|(?:rgb|hsl)a?\([^,)]{0,60}/"
    r"|@(?:media|supports|layer|container)|:(?:not|is|where|has|nth-[a-z-]+)\(",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CannotJudge:
    """Why an icon has no figures. ``defect``: for a reason that is the icon's own fault, and worth a finding."""

    reason: str
    help: str = ""
    defect: bool = False


_remembered: dict[bytes, Picture | CannotJudge] = {}


def measure(data: bytes) -> Picture | CannotJudge:
    """Draws an icon and measures it; nothing is drawn that cannot be read or has an offence."""
    key = sha256(data).digest()
    if key not in _remembered:
        if len(_remembered) == REMEMBERED:
            _remembered.clear()
        _remembered[key] = _measure(data)
    return _remembered[key]


def _measure(data: bytes) -> Picture | CannotJudge:
    try:
        drawing = read(data)
    except SvgError:
        return CannotJudge("it cannot be read")
    pictures = decode(drawing)
    if pictures.offences or any(offences(drawing)):
        return CannotJudge("it is not safe to draw")
    size = frame(drawing)
    if size.ratio is None or size.canvas is None:
        return CannotJudge("it says no size")
    if not 1 / WIDEST <= size.ratio <= WIDEST:
        return CannotJudge(f"its sides are over 1 to {WIDEST}")
    if reason := _beyond_the_renderer(drawing):
        return CannotJudge(reason)
    warm_up()
    from toolkit.svg import measuring

    sheet = canvas(drawing, size, size.ratio, width=max(1, round((AREA * size.ratio) ** 0.5)), margin=MARGIN)
    try:
        png = render(sheet.svg)
    except RenderError as error:
        return CannotJudge(str(error), error.help, defect=True)
    picture = measuring.measure(png, sheet, size.canvas, placement(size.canvas, size.fit, sheet.width, sheet.height))
    if picture.blank and any(drawing.named(*ANIMATIONS)):
        return CannotJudge("it appears by animation only")
    return picture


def _beyond_the_renderer(drawing: Drawing) -> str:
    """Why the renderer would draw something else than a browser, or nothing."""
    if any(drawing.texts.get(index) for index, e in enumerate(drawing.elements) if e.name.local in _TEXT_PARTS):
        return "it contains text, which needs a font"
    for style in chain(drawing.sheets(), *(e.attributes.values() for e in drawing.elements)):
        if found := _UNKNOWN_TO_RENDERER.search(style):
            return f"it uses `{found[0]}`, which only browsers draw"
    return ""
