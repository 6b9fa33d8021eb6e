"""From the bytes of an icon to figures about what it shows; each content is drawn once in a process."""

import re
from dataclasses import dataclass
from itertools import chain
from threading import Thread

from toolkit.errors import LditError
from toolkit.svg.canvas import canvas
from toolkit.svg.drawing import Drawing
from toolkit.svg.geometry import Shape, frame
from toolkit.svg.inspection import inspect
from toolkit.svg.picture import Picture
from toolkit.svg.reader import SvgError
from toolkit.svg.vocabulary import ANIMATIONS

AREA = 144 * 144
MARGIN = 16
WIDEST = 40
SMALLEST = 1e-3
LARGEST = 1e7
REMEMBERED = 4096

_TEXT_PARTS = frozenset({"text", "tspan", "textPath", "flowPara", "flowSpan"})
_UNKNOWN_TO_RENDERER = re.compile(
    r"\b(?:var|env|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|device-cmyk)\(|(?:rgb|hsl)a?\([^,)]{0,60}/"
    r"|@(?:media|supports|layer|container)|:(?:not|is|where|has|nth-[a-z-]+)\(",
    re.IGNORECASE,
)


class UndrawableError(LditError):
    """An icon that is not drawn at all."""


@dataclass(frozen=True)
class CannotJudge:
    """Why an icon has no figures. ``defect``: for a reason that is the icon's own fault, and worth a finding."""

    reason: str
    help: str = ""
    defect: bool = False


_remembered: dict[bytes, Picture | CannotJudge] = {}
_begun: dict[bytes, Thread] = {}


def begin(data: bytes) -> None:
    """Begins to measure an icon beside whatever else there is to do; ``measure`` then waits for it."""
    if data in _remembered or data in _begun:
        return
    if len(_remembered) >= REMEMBERED:
        del _remembered[next(iter(_remembered))]
    try:
        drawing, shape = _drawable(data)
    except (SvgError, UndrawableError) as error:
        _remembered[data] = CannotJudge(str(error))
        return
    _begun[data] = thread = Thread(target=_remember, args=(data, drawing, shape), daemon=True)
    thread.start()


def measure(data: bytes) -> Picture | CannotJudge:
    """Draws an icon and measures it; nothing is drawn that cannot be read or has an offence."""
    begin(data)
    if thread := _begun.pop(data, None):
        thread.join()
    return _remembered[data]


def _remember(data: bytes, drawing: Drawing, shape: Shape) -> None:
    _remembered[data] = _measure(drawing, shape)


def draw(data: bytes, width: int, height: int) -> bytes:
    """PNG of an icon, as large as fits into ``width`` by ``height`` pixels.

    Raises SvgError where it cannot be read, UndrawableError where it is unsafe or has no size, RenderError where
    the renderer gives up, NoRendererError where there is none.
    """
    from toolkit.svg.rendering import render

    drawing, shape = _drawable(data)
    across = min(width, round(height * shape.ratio))
    return render(canvas(drawing, shape, width=max(1, across)).svg)


def _measure(drawing: Drawing, shape: Shape) -> Picture | CannotJudge:
    from toolkit.svg.rendering import NoRendererError, RenderError
    from toolkit.svg.rendering import measure as rendered

    if reason := _beyond_the_renderer(drawing):
        return CannotJudge(reason)
    sheet = canvas(drawing, shape, width=max(1, round((AREA * shape.ratio) ** 0.5)), margin=MARGIN)
    try:
        picture = Picture.of(rendered(sheet), sheet, shape)
    except RenderError as error:
        return CannotJudge(str(error), error.help, defect=True)
    except NoRendererError as error:
        return CannotJudge(str(error))
    if picture.blank and any(drawing.named(*ANIMATIONS)):
        return CannotJudge("appears by animation only")
    return picture


def _drawable(data: bytes) -> tuple[Drawing, Shape]:
    """Reads an icon, and refuses it unless it is safe to draw and has a size."""
    drawing, offences = inspect(data)
    if isinstance(drawing, SvgError):
        raise drawing from None
    if offences:
        raise UndrawableError("is not safe to draw", "see its other findings")
    shape = frame(drawing).shape
    if shape is None:
        raise UndrawableError("says no size", "give it a viewBox")
    if not 1 / WIDEST <= shape.ratio <= WIDEST:
        raise UndrawableError(f"has sides of over 1 to {WIDEST}", "give it a viewBox that fits the drawing")
    if min(shape.view[2:]) < SMALLEST or max(map(abs, shape.view)) > LARGEST:
        raise UndrawableError(f"has a viewBox of {shape.view}", "scale the drawing to some hundred units")
    return drawing, shape


def _beyond_the_renderer(drawing: Drawing) -> str:
    """Why the renderer would draw something else than a browser, or nothing."""
    if any(drawing.texts.get(index) for index, e in enumerate(drawing.elements) if e.name.local in _TEXT_PARTS):
        return "contains text, which needs a font"
    for style in chain(drawing.sheets(), *(e.attributes.values() for e in drawing.elements)):
        if found := _UNKNOWN_TO_RENDERER.search(style):
            return f"uses `{found[0]}`, which only browsers draw"
    return ""
