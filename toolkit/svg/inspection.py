"""An icon, read and judged once, however many ask."""

from functools import lru_cache
from typing import NamedTuple

from toolkit.svg.drawing import Drawing
from toolkit.svg.embedded import decode
from toolkit.svg.offence import Offence
from toolkit.svg.reader import SvgError, read
from toolkit.svg.safety import offences


class Inspection(NamedTuple):
    """What a file draws, or why it is not read any further; and whatever is unsafe in it."""

    drawing: Drawing | SvgError
    offences: tuple[Offence, ...]


@lru_cache(maxsize=64)
def inspect(data: bytes) -> Inspection:
    """Reads the bytes of an icon and looks for what is unsafe in them, its embedded pictures included."""
    try:
        drawing = read(data)
    except SvgError as error:
        return Inspection(error, ())
    return Inspection(drawing, (*offences(drawing), *decode(drawing).offences))
