"""The default renderer, for whatever was not handed one."""

from toolkit.svg.drawable import NotMeasured
from toolkit.svg.measurement import Measurement
from toolkit.svg.renderer import default_renderer

CannotJudge = NotMeasured


def begin(data: bytes) -> None:
    """As ``IconRenderer.begin``."""
    default_renderer().begin(data)


def measure(data: bytes) -> Measurement | NotMeasured:
    """As ``IconRenderer.measure``."""
    return default_renderer().measure(data)


def draw(data: bytes, width: int, height: int) -> bytes:
    """As ``IconRenderer.draw``."""
    return default_renderer().draw(data, width, height)
