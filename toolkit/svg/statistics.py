"""What the process that renders says about the pixels of an icon."""

from typing import NamedTuple

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height, in pixels."""


class Statistics(NamedTuple):
    """What the pixels of an icon say; rectangles are in pixels of its frame, shares are 0 to 1.

    ``bounds`` is what is drawn inside the frame (None: blank), ``whole`` everything drawn (None: it reaches beyond
    the margin). ``on_white``: the best WCAG contrast, and the share of the drawing that reaches 1.5.
    ``thumbnail`` is the drawing on white, 32 by 32 pixels, red, green and blue, in hexadecimal.
    """

    bounds: Rectangle | None
    whole: Rectangle | None
    overflow: float
    coverage: float
    on_white: tuple[float, float]
    thumbnail: str
