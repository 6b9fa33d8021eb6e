"""What customers see of an icon, measured on its pixels, at the sizes that LaunchDarkly shows."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from toolkit.finding import Edit, Problem
from toolkit.integration import Icon, Integration, Svg
from toolkit.rules.icons.shared import NARROW, WIDE, are_swapped, drawn, edits, horizontal
from toolkit.rules.registry import Patch, error, note, rule, warning

if TYPE_CHECKING:
    from toolkit.svg.measurement import Measurement

SHORT, LONG, COVERED = 16, 24, 0.12
"""Of the square icon's drawing in its box of 40 px: the short and the long side in pixels, and its share of the box."""
LOW = 25
"""Pixels: the height of the horizontal icon's drawing, which is shown 55 px high."""
ASIDE, OUTSIDE = 0.08, 0.002
"""Shares of the icon's size: how far off center, and how far outside, a drawing may be."""
LEGIBLE, SEEN = 1.5, 0.2
"""The WCAG contrast that can be seen well, and the share of a drawing that should reach it."""
INVISIBLE = 1.1
"""The WCAG contrast below which next to nothing can be seen."""
SLIM, LONGEST = 1.6, 8
"""The ratios of width to height between which a horizontal icon stands well."""


def _box(inside: str) -> Patch:
    """A patch that draws the square icon anew in a box of 40 by 40 units."""
    return drawn('viewBox="0 0 40 40"', inside)


def _small(picture: "Measurement") -> bool:
    width, height = (round(side) for side in picture.in_square)
    return min(width, height) < SHORT or max(width, height) < LONG


def _sparse(picture: "Measurement") -> bool:
    return picture.square_coverage < COVERED


def _low(picture: "Measurement") -> bool:
    return round(picture.in_row[1]) < LOW


def _aside(picture: "Measurement") -> bool:
    return max(map(abs, picture.off_center)) > ASIDE


def _ratios(integration: Integration, svg: Svg) -> tuple[float, float]:
    """The ratios of width to height that an icon may have in its roles."""
    from toolkit.svg.measurement import same_image

    icons = {icon.role: icon.svg for icon in integration.icons}
    square = icons.get("square")
    if svg is square:
        return NARROW, WIDE
    alike = square and square.measurement and svg.measurement and same_image(svg.measurement, square.measurement)
    return 0 if alike else SLIM, LONGEST


def _crop(integration: Integration, svg: Svg, *faults: "Callable[[Measurement], bool]") -> tuple[str, tuple[Edit, ...]]:
    """How to crop the viewBox to the drawing, in words and as a fix that has to be asked for.

    It is offered only where none of the faults is left then, nothing is cut off, and a square icon stays square.
    """
    found = svg.cropped(*_ratios(integration, svg))
    if found is None or found.after.overflow > OUTSIDE or any(fault(found.after) for fault in faults):
        return "draw it larger and in the middle", ()
    return f"crop the viewBox to {found.box}", edits(svg, found.edits, safe=False)


@rule(error, bad=[_box('<circle r="9" cx="90" cy="90"/>'), drawn('viewBox="0 0 4 4"', "<g/>")])
def icon_blank(svg: Svg) -> Iterator[Problem]:
    """An icon draws something that is visible on a white page.

    Some part of it must have a contrast of at least 1.1 to white.
    """
    if not (picture := svg.measurement):
        return
    if picture.blank:
        yield Problem(svg.at(), "the icon is blank", "move the drawing into the viewBox, or give it a color")
    elif picture.on_white.best < INVISIBLE:
        message = f"the best contrast of the icon on white is {picture.on_white.best:.2f}, the minimum is {INVISIBLE}"
        yield Problem(svg.at(), message, "give it a darker color, or a background of its own")


@rule(
    warning,
    bad=[
        _box('<circle cx="20" cy="20" r="20" fill="#ffe066"/>'),
        _box('<path d="M20 0 40 40H0z" fill="#eee"/><path d="M18 22h4v4h-4z"/>'),
    ],
    good=_box('<circle cx="20" cy="20" r="20" fill="#f59f00"/>'),
    unless=("icon-blank",),
)
def icon_pale(svg: Svg) -> Iterator[Problem]:
    """An icon can be seen well on white, unless it has a light background of its own.

    Some part of it has a contrast of at least 1.5. That at least 20 % of the drawing have it is a note.
    """
    picture = svg.measurement
    if not picture or picture.blank:
        return
    if INVISIBLE <= picture.on_white.best < LEGIBLE:
        message = f"the best contrast of the icon on white is {picture.on_white.best:.2f}, it should be {LEGIBLE}"
        yield Problem(svg.at(), message, "give it a darker color, or a background of its own")
    elif picture.on_white.best >= LEGIBLE and picture.on_white.share < SEEN and not picture.plate:
        message = f"only {picture.on_white.share:.0%} of the icon is visible on white, it should be {SEEN:.0%}"
        yield Problem(svg.at(), message, "give the rest a darker color", severity=note)


@rule(warning, bad=_box('<circle cx="20" cy="20" r="21" fill="#205493"/>'))
def icon_overflow(svg: Svg) -> Iterator[Problem]:
    """The drawing stays inside the `viewBox`.

    What is outside is cut off.
    """
    if (picture := svg.measurement) and picture.overflow > OUTSIDE:
        help_ = f"widen the viewBox to {picture.whole}" if picture.whole else "move the drawing inside"
        yield Problem(svg.at(), f"{picture.overflow:.1%} of the drawing is outside the icon", help_)


@rule(warning, bad=_box('<path d="M0 15h40v10H0z" fill="#205493"/>'))
def icon_small(icon: Icon, integration: Integration) -> Iterator[Problem]:
    """The drawing of the square icon covers at least 16 x 24 px and 12 % of its box of 40 x 40 px.

    Space around the drawing, or a name in small letters, leaves too little to see. Some accepted integrations have this
    defect too.
    """
    picture = icon.svg.measurement if icon.role == "square" else None
    if not picture or picture.blank or are_swapped(integration):
        return
    if _small(picture):
        width, height = (round(side) for side in picture.in_square)
        message = f"the drawing is {width} x {height} px in the box of 40 px, the minimum is {SHORT} x {LONG}"
    elif _sparse(picture):
        message = f"the drawing covers {picture.square_coverage:.0%} of the box of 40 px, the minimum is {COVERED:.0%}"
    else:
        return
    yield Problem(icon.svg.at(), message, *_crop(integration, icon.svg, _small, _sparse))


@rule(
    warning,
    bad=drawn('viewBox="0 0 99 44"', '<path d="M9 17h80v9H9z" fill="#205493"/>', "horizontal"),
    unless=("icons-swapped",),
)
def icon_low(icon: Icon, integration: Integration) -> Iterator[Problem]:
    """The drawing of the horizontal icon is at least 25 px high when the icon is shown 55 px high.

    A smaller one cannot be read.
    """
    picture = icon.svg.measurement if icon.role == "horizontal" else None
    if picture and not picture.blank and _low(picture):
        height = round(picture.in_row[1])
        message = f"the drawing is {height} px high when the icon is shown 55 px high, the minimum is {LOW}"
        yield Problem(icon.svg.at(), message, *_crop(integration, icon.svg, _low))


@rule(warning, bad=_box('<circle cx="16" cy="20" r="16" fill="#205493"/>'))
def icon_off_center(svg: Svg, integration: Integration) -> Iterator[Problem]:
    """The drawing is in the middle of the icon, within 8 %.

    LaunchDarkly shows it in a row with others, where it would look out of place.
    """
    if (picture := svg.measurement) and _aside(picture):
        aside = max(map(abs, picture.off_center))
        message = f"the drawing is {aside:.1%} off the middle of the icon, the limit is {ASIDE:.0%}"
        yield Problem(svg.at(), message, *_crop(integration, svg, _aside))


@rule(
    warning,
    bad=drawn('viewBox="0 0 50 40"', '<path d="M0 0h50v40L25 9z" fill="#a33"/>', "horizontal"),
    unless=("icons-swapped", "icon-low"),
)
def icon_wrong_ratio(icon: Icon, integration: Integration) -> Iterator[Problem]:
    """The horizontal icon is 1.6 to 8 times as wide as high, unless it is the same picture as the square one."""
    if picture := horizontal(icon, integration):
        narrow, wide = _ratios(integration, icon.svg)
        if not narrow <= round(picture.frame.ratio, 2) <= wide:
            ratio = f"{picture.frame.ratio:.2f} times as wide as high"
            message = f"the horizontal icon is {ratio}, it should be {SLIM} to {LONGEST}"
            yield Problem(icon.svg.at(), message, "put the name beside the logo")


@rule(warning, bad={**drawn('viewBox="-4 0 48 40"'), **drawn('viewBox="0 0 40 40"', role="horizontal")})
def icons_swapped(icon: Icon, integration: Integration) -> Iterator[Problem]:
    """The horizontal icon is the wider one of the two."""
    if icon.role == "horizontal" and are_swapped(integration):
        yield Problem(icon.svg.at(), "the square icon is wider than the horizontal one", "swap the two files")


@rule(warning, bad=_box('<path d="M0 0T300 0 1e-9 -99999 1e-9 50" transform="scale(50000)"/>'))
def icon_undrawable(svg: Svg) -> Iterator[Problem]:
    """An icon can be rendered within a second.

    One that cannot is slow to show, or not shown at all.
    """
    from toolkit.svg.drawable import NotMeasured

    if svg.document and not svg.violations and isinstance(svg.measured, NotMeasured) and svg.measured.defect:
        yield Problem(svg.at(), f"the icon {svg.measured.reason}", svg.measured.help)
