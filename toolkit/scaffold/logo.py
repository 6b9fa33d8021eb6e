"""Icons made of a partner's own logos: cleaned, cropped, framed to the permitted ratio, drawn and judged."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.scaffold.cleaning import cleaned
from toolkit.scaffold.judging import icon_remarks
from toolkit.svg.crop import crop
from toolkit.svg.drawing import Drawing
from toolkit.svg.fixes import applied
from toolkit.svg.geometry import Box, frame
from toolkit.svg.picture import Picture, same_picture
from toolkit.svg.pixels import measure
from toolkit.svg.reader import MAX_BYTES
from toolkit.text import reason

_SQUARE = (1.0, 1.0)
_HORIZONTAL = (1.6, 8.0)
_ALONE = (0.0, 8.0)
"""Ratios of width to height; the last of a horizontal icon that shows what the square one does."""
_LIKE = 0.05


class Logos(NamedTuple):
    """The icons that were made of logos, by role; ``notes`` are sentences about them for the partner."""

    icons: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


class _Logo(NamedTuple):
    drawing: Drawing
    picture: Picture


def logos(square: Path | None, horizontal: Path | None) -> Logos:
    """The icons from the file of a logo, and from that of a logo with the name beside it.

    The first serves as both icons where the second is missing and it fits. Raises LditError when a file cannot be
    read, holds something that cannot be removed, or draws nothing that can be judged; nothing is distorted.
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
        alone = first is not None and same_picture(wide.picture, first.picture)
        icons["horizontal"] = _framed(wide, _ALONE if alone else _HORIZONTAL)
    if first and not second:
        return _one_for_both(square, first, icons)
    return _judged(icons, square or horizontal, ())


def _one_for_both(path: Path | None, logo: _Logo, icons: dict[str, bytes]) -> Logos:
    """The icons from one logo; the square one is left out where the logo is too long or too thin for it."""
    refused, notes = icon_remarks(icons)["square"], list[str]()
    if any(not remark.refused for remark in refused) and not any(remark.refused for remark in refused):
        del icons["square"]
        why = "; ".join(remark.text for remark in refused)
        notes.append(
            f"{path} does not serve as the square icon: {why}. That one is drawn from the name; "
            "give a logo without the name with `--logo`, and this one with `--logo-horizontal`"
        )
    elif logo.picture.drawing and logo.picture.drawing.ratio < _HORIZONTAL[0]:
        notes.append(
            f"{path} serves as both icons; if there is a logo with the name beside it, give it with `--logo-horizontal`"
        )
    return _judged(icons, path, tuple(notes))


def _judged(icons: Mapping[str, bytes], path: Path | None, notes: tuple[str, ...]) -> Logos:
    """Raises LditError where lint refuses an icon; what it warns of becomes a note."""
    for role, remarks in icon_remarks(icons).items():
        if errors := [remark.text for remark in remarks if remark.refused]:
            raise LditError(f"{path} does not serve as the {role} icon: {'; '.join(errors)}", "change the logo")
        notes += tuple(f"the {role} icon: {remark.text}" for remark in remarks)
    return Logos(icons, notes)


def _logo(path: Path) -> _Logo:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LditError(f"{path}: {reason(error)}") from error
    drawing = cleaned(path, data)
    picture = measure(drawing.data)
    if not isinstance(picture, Picture):
        raise LditError(f"{path} cannot be judged: it {picture.reason}", picture.help or "export it as plain shapes")
    if picture.blank:
        raise LditError(f"{path} draws nothing", "move the drawing into the viewBox, or give it a color")
    return _Logo(drawing, picture)


def _framed(logo: _Logo, ratios: tuple[float, float]) -> bytes:
    """The logo cropped to what it draws, with as much room around that as the ratio of the sides asks for."""
    found = crop(logo.drawing, logo.picture, *ratios)
    if found and same_picture(found.after, logo.picture) and not found.after.overflow:
        return applied(logo.drawing.text, found.edits).encode()
    shape, box = frame(logo.drawing).shape, logo.picture.drawing
    whole = logo.picture.frame
    if shape is None or box is None or (found is None and not logo.picture.overflow and _fits(box, whole, ratios)):
        return logo.drawing.data
    return _nested(logo.drawing, whole, box.padded(*ratios))


def _fits(box: Box, whole: Box, ratios: tuple[float, float]) -> bool:
    """Whether a drawing fills its frame, and the frame has one of the ratios."""
    near = _LIKE * min(whole.width, whole.height)
    return whole.matches(box.padded(*ratios), near)


def _nested(drawing: Drawing, whole: Box, box: Box) -> bytes:
    """The icon, ``whole`` as a page shows it, inside a new root that shows ``box`` of it: what is cut off stays so."""
    tag = drawing.start_tag(drawing.root)
    replaced = {"x", "y", "width", "height", "overflow"}
    kept = [drawing.text[slice(*each.span)] for name, each in tag.attributes.items() if name not in replaced]
    size = f'x="0" y="0" width="{whole.width:g}" height="{whole.height:g}"'
    prefix = f"{tag.name.rpartition(':')[0]}:" if ":" in tag.name else ""
    declared = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="http://www.w3.org/2000/svg"'
    text = drawing.text
    nested = f'<{prefix}svg {declared} viewBox="{box}"><{tag.name} {" ".join([*kept, size])}{text[tag.span.end - 1 :]}'
    return (text[: tag.span.start] + nested.rstrip() + f"</{prefix}svg>\n").encode()
