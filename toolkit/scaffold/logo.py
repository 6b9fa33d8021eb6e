"""Icons made of a partner's own logos: cleaned, cropped, framed to the permitted ratio, drawn and checked."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.scaffold.checks import check_icons
from toolkit.scaffold.cleaning import cleaned
from toolkit.svg.crop import crop
from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import crop_viewbox
from toolkit.svg.geometry import Box, frame
from toolkit.svg.measurement import Measurement, same_image
from toolkit.svg.reader import MAX_BYTES
from toolkit.svg.renderer import default_renderer
from toolkit.text import reason
from toolkit.text_edits import apply

_SQUARE = (1.0, 1.0)
_HORIZONTAL = (1.6, 8.0)
_ALONE = (0.0, 8.0)
"""Ratios of width to height; the last of a horizontal icon that shows what the square one does."""
_CUT_OFF = 0.001
"""The share of a drawing that may lie outside: a part of a pixel at its edge."""
_DISTORTED, _DIFFERENT = 0.05, 20
"""Limits for two sizes of one drawing: of the logarithm of the change in ratio, and of 255 levels of each pixel."""
_ROOM = (0.0, 0.004, 0.012)
"""Shares of the longer side, to try one after the other."""


class Logos(NamedTuple):
    """The icons that were made of logos, by role; ``notes`` are sentences about them for the partner."""

    icons: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


class _Logo(NamedTuple):
    document: SvgDocument
    measured: Measurement


def logos(square: Path | None, horizontal: Path | None) -> Logos:
    """The icons from the file of a logo, and from that of a logo with the name beside it.

    The first serves as both icons where the second is missing and it fits. Raises LditError when a file cannot be
    read, holds something that cannot be removed, or draws nothing that can be measured; nothing is distorted.
    """
    if not square and not horizontal:
        return Logos({})
    first = _logo(square) if square else None
    second = _logo(horizontal) if horizontal else None
    icons: dict[str, bytes] = {}
    if first:
        icons["square"] = _framed(first, _SQUARE)
    wide = second or first
    if wide:
        alone = first is not None and same_image(wide.measured, first.measured)
        icons["horizontal"] = _framed(wide, _ALONE if alone else _HORIZONTAL)
    if first and not second:
        return _one_for_both(square, first, icons)
    return _checked(icons, square or horizontal, ())


def _one_for_both(path: Path | None, logo: _Logo, icons: dict[str, bytes]) -> Logos:
    """The icons from one logo; the square one is left out where the logo is too long or too thin for it."""
    diagnostics, notes = check_icons(icons), list[str]()
    only_square = [diagnostic for diagnostic in diagnostics["square"] if diagnostic not in diagnostics["horizontal"]]
    if only_square and not any(diagnostic.is_error for diagnostic in diagnostics["square"]):
        why = "; ".join(diagnostic.text for diagnostic in only_square)
        if logo.measured.bounds and logo.measured.bounds.ratio < 1:
            raise LditError(f"{path} serves as neither icon: {why}", "give a squarer logo")
        del icons["square"]
        notes.append(
            f"{path} does not serve as the square icon: {why}. That one is drawn from the name; "
            "give a logo without the name with `--logo`, and this one with `--logo-horizontal`"
        )
    elif logo.measured.bounds and logo.measured.bounds.ratio < _HORIZONTAL[0]:
        notes.append(
            f"{path} serves as both icons; if there is a logo with the name beside it, give it with `--logo-horizontal`"
        )
    return _checked(icons, path, tuple(notes))


def _checked(icons: Mapping[str, bytes], path: Path | None, notes: tuple[str, ...]) -> Logos:
    """Raises LditError where lint refuses an icon; what it warns of becomes a note."""
    for role, diagnostics in check_icons(icons).items():
        if errors := [diagnostic.text for diagnostic in diagnostics if diagnostic.is_error]:
            raise LditError(f"{path} does not serve as the {role} icon: {'; '.join(errors)}", "change the logo")
        notes += tuple(f"the {role} icon: {diagnostic.text}" for diagnostic in diagnostics)
    return Logos(icons, notes)


def _logo(path: Path) -> _Logo:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LditError(f"{path}: {reason(error)}") from error
    document = cleaned(path, data)
    if frame(document).shape is None:
        raise LditError(f"{path} says no size", "give it a viewBox that fits the drawing")
    measured = default_renderer().measure(document.data)
    if not isinstance(measured, Measurement):
        raise LditError(
            f"{path} cannot be measured: it {measured.reason}", measured.help or "export it as plain shapes"
        )
    if measured.blank:
        raise LditError(f"{path} draws nothing", "move the drawing into the viewBox, or give it a color")
    return _Logo(document, measured)


def _framed(logo: _Logo, ratios: tuple[float, float]) -> bytes:
    """The logo cropped to what it draws, with as much room around that as the ratio of the sides asks for.

    The first way that shows the same drawing, whole and in the middle; where none does, the logo as it is.
    """
    for data in _ways(logo, ratios):
        measured = default_renderer().measure(data)
        if isinstance(measured, Measurement) and measured.overflow <= _CUT_OFF and _is_whole(measured, logo.measured):
            return data
    return logo.document.data


def _is_whole(after: Measurement, before: Measurement) -> bool:
    """Whether nothing of a drawing is missing or distorted, shown larger than before."""
    if after.bounds is None or before.bounds is None:
        return False
    difference = sum(abs(one - two) for one, two in zip(after.thumbnail, before.thumbnail, strict=True))
    ratio = after.bounds.ratio / before.bounds.ratio
    return abs(math.log(ratio)) < _DISTORTED and difference < _DIFFERENT * len(before.thumbnail)


def _ways(logo: _Logo, ratios: tuple[float, float]) -> Iterator[bytes]:
    """Icons that may show the logo in that ratio, the plainest first."""
    document, measured = logo
    if found := crop(document, measured, *ratios):
        yield apply(document.text, found.edits).encode()
    shape, box = frame(document).shape, measured.view_box
    if shape is None or box is None or measured.bounds is None:
        return
    if not measured.overflow:
        for share in _ROOM:
            yield apply(document.text, crop_viewbox(document, _grown(box, share).padded(*ratios))).encode()
    yield _nested(document, measured.frame, _grown(measured.bounds, _ROOM[-1]).padded(*ratios))


def _grown(box: Box, share: float) -> Box:
    """A box with a share of its longer side around it."""
    room = share * max(box.width, box.height)
    return Box(
        *(round(value, 4) for value in (box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room))
    )


def _nested(document: SvgDocument, whole: Box, box: Box) -> bytes:
    """The icon as a page shows it, in ``whole``, inside a new root that shows ``box``: what is cut off stays so."""
    tag = document.start_tag(document.root)
    replaced = {"x", "y", "width", "height", "overflow"}
    kept = [document.text[slice(*each.span)] for name, each in tag.attributes.items() if name not in replaced]
    size = f'x="0" y="0" width="{whole.width:g}" height="{whole.height:g}"'
    prefix = f"{tag.name.rpartition(':')[0]}:" if ":" in tag.name else ""
    declared = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="http://www.w3.org/2000/svg"'
    text = document.text
    nested = f'<{prefix}svg {declared} viewBox="{box}"><{tag.name} {" ".join([*kept, size])}{text[tag.span.end - 1 :]}'
    return (text[: tag.span.start] + nested.rstrip() + f"</{prefix}svg>\n").encode()
