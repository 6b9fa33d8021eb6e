"""The two icons."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Kind, Manifest
from toolkit.integration.templates import named
from toolkit.rules.patches import hook
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD

ROLES = ("square", "horizontal")
_DISC = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">\n  <circle cx="20" cy="20" r="20"/>\n</svg>\n'


@rule(
    Severity.error,
    {"assets/square.svg": None},
    {"manifest.json": {"icons": {"square": "icons/square.svg"}}},
    gate="tests",
)
def icon_exists(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The files named by `icons.square` and `icons.horizontal` exist.

    Paths are relative to the integration's directory, and letter case matters.
    """
    for role in ROLES:
        path = manifest.text(f"/icons/{role}")
        if path and not integration.exists(path):
            place, same = manifest.at(f"/icons/{role}"), _namesakes(path, integration)
            named = [integration.inside(manifest.text(f"/icons/{role}")) for role in ROLES]
            moved = len(same) == 1 and same[0] not in named and same[0].endswith(".svg")
            edits = (Edit.json(place, same[0]),) if moved else ()
            yield Problem(place, f"{path} does not exist", _nearest(integration, same), edits)


def _drawings(integration: Integration) -> list[str]:
    return [file.path for file in integration.files.values() if file.name.lower().endswith(".svg")]


def _namesakes(path: str, integration: Integration) -> list[str]:
    name = path.rpartition("/")[2].lower()
    return [found for found in _drawings(integration) if found.rpartition("/")[2].lower() == name]


def _nearest(integration: Integration, same: list[str]) -> str:
    drawings = _drawings(integration)
    if same or len(drawings) == 1:
        return f"did you mean `{(same or drawings)[0]}`?"
    return "add the file, or name one of: " + ", ".join(drawings) if drawings else "add the file"


@rule(Severity.error, {"manifest.json": {"icons": {"square": "../acme/square.svg"}}, "../acme/square.svg": b"<svg/>"})
def icon_inside(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The path of an icon stays inside the integration's directory.

    A pull request contains only that directory. The official tests follow `..` and let it pass.
    """
    for role in ROLES:
        path = manifest.text(f"/icons/{role}")
        if path and integration.inside(path) is None:
            place = manifest.at(f"/icons/{role}")
            yield Problem(place, f"{path} leads out of the directory", "name it as assets/square.svg")


@rule(
    Severity.warning,
    {"manifest.json": {"icons": {"square": "/assets/square.svg"}}},
    {**hook(useStandardWebhookPayload=None, templates={"flag": "a/../flag.json.hbs"}), "flag.json.hbs": GOOD},
)
def plain_path(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The paths of icons and templates are plain: no slash in front, no `..`, no backslash.

    They are relative to the integration's directory, and read on other systems than yours. `./` in front is allowed.
    """
    icons = ((f"/icons/{role}", manifest.text(f"/icons/{role}")) for role in ROLES)
    for pointer, path in (*icons, *((one.pointer, one.path) for one in named(manifest))):
        odd = path.startswith("/") or ".." in path.split("/") or "\\" in path
        if odd and integration.inside(path) is not None:
            yield Problem(manifest.at(pointer), f"{path} is not a plain path", "write it as assets/square.svg")


@rule(Severity.error, {"assets/square.svg": None, "assets/square.svg/keep.txt": "kept\n"})
def icon_file(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """An icon is a file, not a directory.

    The official tests only check that the path exists.
    """
    for role in ROLES:
        file = integration.file(manifest.text(f"/icons/{role}"))
        if file and file.kind.exists and file.kind is not Kind.file:
            yield Problem(manifest.at(f"/icons/{role}"), f"{file.path} is {file.kind.value}", "name an SVG file")


@rule(
    Severity.note,
    {"manifest.json": {"icons": {"horizontal": "assets/square.svg"}}},
    dict.fromkeys(("assets/square.svg", "assets/horizontal.svg"), _DISC),
)
def icon_same(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The square and the horizontal icon are different pictures.

    The horizontal one is shown 55 px high and as wide as it needs, so it has room for the name beside the logo.
    """
    square, horizontal = (manifest.text(f"/icons/{role}") for role in ROLES)
    place, help_ = manifest.at("/icons/horizontal"), "draw a horizontal one with the name"
    if square and square == horizontal:
        yield Problem(place, f"{square} is used for both icons", help_)
    elif len({icon.svg.file.data for icon in integration.icons}) < len(integration.icons):
        yield Problem(place, f"{square} and {horizontal} are the same", help_)
