"""Whether the manifest names two icons, and two different ones."""

import unicodedata
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Kind, Manifest
from toolkit.integration.icon import ROLES
from toolkit.rules.registry import error, note, rule
from toolkit.text import nearest

_DISC = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">\n  <circle cx="20" cy="20" r="20"/>\n</svg>\n'


@rule(
    error,
    bad=[
        {"assets/square.svg": None},
        {"manifest.json": {"icons": {"square": "icons/square.svg"}}},
        {"assets/square.svg": None, "assets/square.svg/keep.txt": "kept\n"},
    ],
    gate="tests",
)
def missing_icon(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The files named by `icons.square` and `icons.horizontal` exist.

    Paths are relative to the integration's directory, and letter case matters. A directory of that name is no icon,
    though the official tests let it pass.
    """
    for role in ROLES:
        path, place = manifest.text(f"/icons/{role}"), manifest.at(f"/icons/{role}")
        file = integration.file(path) if path else None
        if path and not integration.exists(path):
            message, help_, right = _suggestion(path, role, manifest, integration)
            edits = (Edit.json(place, right),) if right else ()
            yield Problem(place, message, help_, edits)
        elif file and file.kind.exists and file.kind is not Kind.file:
            yield Problem(place, f"{file.path} is {file.kind.value}", "name an SVG file", gates=())


def _suggestion(path: str, role: str, manifest: Manifest, integration: Integration) -> tuple[str, str, str]:
    """The message and the remedy for an icon that does not exist, and the path that is surely meant, if any."""
    others = {integration.inside(manifest.text(f"/icons/{other}")) for other in ROLES if other != role}
    drawings = [file.path for file in integration.files.values() if file.name.lower().endswith(".svg")]
    free = [drawing for drawing in drawings if drawing not in others]
    message = f"{path} does not exist"
    composed = [drawing for drawing in free if drawing != path and _composed(drawing) == _composed(path)]
    if composed:
        help_ = "rename the file, so that its accented letters are written as one character each, as in the manifest"
        return f"{message}: a file of that name is there in another Unicode form", help_, ""
    name = path.rpartition("/")[2].lower()
    same = [drawing for drawing in free if drawing.rpartition("/")[2].lower() == name]
    near = same[0] if same else nearest(path, free, 0.8) or _of_role(role, free)
    if near:
        return message, f"did you mean `{near}`?", near if len(same) == 1 else ""
    return message, "add the file" + (f", or name one of: {', '.join(free)}" if free else ""), ""


def _of_role(role: str, drawings: list[str]) -> str:
    """The only drawing whose name says that it is of the role."""
    named = [drawing for drawing in drawings if role in drawing.lower()]
    return named[0] if len(named) == 1 else ""


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@rule(
    note,
    bad=[
        {"manifest.json": {"icons": {"horizontal": "assets/square.svg"}}},
        dict.fromkeys(("assets/square.svg", "assets/horizontal.svg"), _DISC),
    ],
    pedantic=True,
)
def same_icons(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The square and the horizontal icon are different pictures.

    The horizontal one is shown 55 px high and as wide as it needs, so it has room for the name beside the logo.
    """
    square, horizontal = (manifest.text(f"/icons/{role}") for role in ROLES)
    place, help_ = manifest.at("/icons/horizontal"), "draw a horizontal one with the name"
    if square and square == horizontal:
        yield Problem(place, f"{square} is used for both icons", help_)
    elif len({icon.svg.file.data for icon in integration.icons}) < len(integration.icons):
        yield Problem(place, f"{square} and {horizontal} are the same", help_)
