"""Icons made of a partner's logos: cleaned, cropped, framed, checked, and never distorted."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.scaffold import logos
from toolkit.scaffold.cleaning import cleaned
from toolkit.svg.geometry import frame
from toolkit.svg.inspection import inspect
from toolkit.svg.measurement import Measurement, same_image
from toolkit.svg.reader import read
from toolkit.svg.renderer import default_renderer

NS = 'xmlns="http://www.w3.org/2000/svg"'
MARK = '<path fill="#205493" d="M20 10h60v40H20z"/><circle cx="50" cy="60" r="30" fill="#a33"/>'
WORD = '<path fill="#205493" d="M10 10h20v20H10zM40 10h20v20H40zM70 10h20v20H70zM100 10h20v20h-20z"/>'
SHARES = 'x="25%" y="25%" width="50%" height="50%"'
EDITOR = (
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)
WHOLE = {
    "margins": f'<svg {NS} viewBox="-50 -50 300 200">{MARK}</svg>',
    "script": f'<svg {NS} viewBox="0 0 100 100"><script>run()</script><g onclick="run()">{MARK}</g></svg>\n',
    "editor": f'<?xml version="1.0"?>\n<!-- by hand -->\n<svg {NS} {EDITOR} inkscape:version="1" viewBox="0 0 100 100">'
    f'<sodipodi:namedview id="n"/><metadata>x</metadata>{MARK}</svg>',
    "no viewBox": f'<svg {NS} width="100mm" height="100mm"><g transform="scale(3.7795)">{MARK}</g></svg>',
    "percent": f'<svg {NS} width="100%" height="100%" viewBox="0 0 100 100">{MARK}</svg>',
    "link": f'<svg {NS} viewBox="0 0 100 100"><a href="https://acme.com">{MARK}</a></svg>',
    "overflow": f'<svg {NS} viewBox="30 20 60 60">{MARK}</svg>',
    "switch": f'<svg {NS} viewBox="0 0 100 100"><switch><foreignObject requiredExtensions="x" width="1" height="1"/>'
    f"<g>{MARK}</g></switch></svg>",
    "windows": f'\ufeff<svg {NS} viewBox="0 0 100 100">  \r\n{MARK} \r\n</svg>\r\n\r\n',
    "prefix": f'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{MARK}</s:svg>'.replace(
        "<path", "<s:path"
    ).replace("<circle", "<s:circle"),
    "share of the page": f'<svg {NS} viewBox="0 0 100 100"><rect {SHARES} fill="#a33"/></svg>',
    "disagreeing": f'<svg {NS} width="50" height="20" viewBox="0 0 100 100">{MARK}</svg>',
    "ids": f'<svg {NS} viewBox="0 0 100 100"><g id="a"/><g id="a">{MARK}</g></svg>',
    "moving": f'<svg {NS} viewBox="0 0 100 100">{MARK}<a href="x"><animate attributeName="href" to="y"/></a></svg>',
    "doctype": '<!DOCTYPE svg SYSTEM "http://acme.com/own.dtd">\n' + f'<svg {NS} viewBox="0 0 100 100">{MARK}</svg>',
}


def file(path: Path, svg: str) -> Path:
    path.write_text(svg, encoding="utf-8", newline="")
    return path


def diagnostics(icons: dict[str, bytes]) -> list[str]:
    """What lint says of the two icons, notes included; they are never the same file on purpose."""
    contents = {f"assets/{role}.svg": data for role, data in icons.items()}
    manifest = b'{"name": "Acme", "icons": {"square": "assets/square.svg", "horizontal": "assets/horizontal.svg"}}'
    found = lint(Integration.from_files("acme", {"manifest.json": manifest, **contents}), Settings()).findings
    return [finding.problem.message for finding in found if finding.problem.place.file.endswith(".svg")]


def picture(data: bytes) -> Measurement:
    found = default_renderer().measure(data)
    assert isinstance(found, Measurement), found
    return found


def ratio(data: bytes) -> float:
    shape = frame(read(data)).shape
    assert shape
    return shape.ratio


@pytest.mark.parametrize("case", WHOLE)
def test_one_logo_serves_both_and_lint_finds_nothing(tmp_path: Path, case: str) -> None:
    path = file(tmp_path / "logo.svg", WHOLE[case])
    made = logos(path, None)
    assert made.icons.keys() == {"square", "horizontal"}
    assert diagnostics(dict(made.icons)) == []
    assert 0.98 <= ratio(made.icons["square"]) <= 1.02
    before = picture(cleaned(path, path.read_bytes()).data)
    for data in made.icons.values():
        after = picture(data)
        assert same_image(before, after)
        assert after.bounds
        assert max(after.bounds.width / after.frame.width, after.bounds.height / after.frame.height) > 0.95
        assert b"<script" not in data
        assert b"onclick" not in data
        assert data.endswith(b"svg>\n")
        assert b"\r" not in data
    assert path.read_bytes().decode() == WHOLE[case]
    (note,) = made.notes
    assert "serves as both icons" in note


def test_a_long_logo_serves_as_the_horizontal_icon_alone(tmp_path: Path) -> None:
    made = logos(file(tmp_path / "word.svg", f'<svg {NS} viewBox="0 0 300 60">{WORD}</svg>'), None)
    assert made.icons.keys() == {"horizontal"}
    assert diagnostics(dict(made.icons)) == []
    (note,) = made.notes
    assert "does not serve as the square icon" in note
    assert "`--logo-horizontal`" in note


def test_each_logo_goes_to_its_role(tmp_path: Path) -> None:
    mark = file(tmp_path / "mark.svg", f'<svg {NS} viewBox="0 0 100 100">{MARK}</svg>')
    word = file(tmp_path / "word.svg", f'<svg {NS} viewBox="0 0 300 60">{WORD}</svg>')
    made = logos(mark, word)
    assert made.notes == ()
    assert diagnostics(dict(made.icons)) == []
    assert ratio(made.icons["square"]) < 1.1
    assert 5.4 < ratio(made.icons["horizontal"]) < 5.6


@pytest.mark.parametrize(("width", "height", "low", "high"), [(100, 100, 1.59, 1.61), (1000, 100, 7.9, 8.01)])
def test_a_horizontal_logo_is_framed_to_the_permitted_ratio(
    tmp_path: Path, width: int, height: int, low: float, high: float
) -> None:
    drawn = f'<path fill="#205493" d="M0 0h{width}v{height}z"/>'
    path = file(tmp_path / "wide.svg", f'<svg {NS} viewBox="0 0 {width} {height}">{drawn}</svg>')
    made = logos(None, path)
    assert low <= ratio(made.icons["horizontal"]) <= high
    assert diagnostics(dict(made.icons)) == []


def test_what_lint_warns_of_and_cannot_be_removed_is_a_note(tmp_path: Path) -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNUCJnMwMDAxMDAwMDAAAAMCwELCHEvpAAAAABJRU5ErkJggg=="
    image = f'<image width="100" height="100" href="data:image/png;base64,{dot}"/>'
    made = logos(file(tmp_path / "a.svg", f'<svg {NS} viewBox="0 0 100 100">{image}{MARK}</svg>'), None)
    assert made.icons.keys() == {"square", "horizontal"}
    assert any("bitmap" in note for note in made.notes)


@pytest.mark.parametrize(
    ("svg", "message", "remedy"),
    [
        ("<svg", "logo.svg:1:", ""),
        ("\x89PNG\r\n", "not UTF-8|a PNG picture|well-formed|XML", ""),
        (f'<svg {NS} viewBox="0 0 9 9"><text y="9">A</text></svg>', "contains text", "export it as plain shapes"),
        (f'<svg {NS} viewBox="0 0 9 9"/>', "draws nothing", "color"),
        (f"<svg {NS}>{MARK}</svg>", "says no size", "viewBox"),
        (
            f'<svg {NS} viewBox="0 0 9 9">\n<image href="https://acme.com/a.png"/></svg>',
            "logo.svg:2: .* outside",
            "embed",
        ),
        (f'<svg {NS} viewBox="0 0 9 9"><style>@import "x.css";</style>{MARK}</svg>', "imports another file", "remove"),
        (
            f'<svg {NS} viewBox="0 0 9 9"><foreignObject width="9" height="9"><p>A</p></foreignObject></svg>',
            "foreignObject",
            "export",
        ),
        (
            f'<svg {NS} viewBox="0 0 40 400"><path fill="#205493" d="M0 0h40v400H0z"/></svg>',
            "serves as neither icon: .* minimum is",
            "squarer",
        ),
        (f'<svg {NS} viewBox="0 0 40 40"><path fill="#fff" d="M0 0h40v40z"/></svg>', "contrast", "change the logo"),
    ],
)
def test_what_cannot_become_an_icon_is_refused(tmp_path: Path, svg: str, message: str, remedy: str) -> None:
    with pytest.raises(LditError, match=message) as raised:
        logos(file(tmp_path / "logo.svg", svg), None)
    assert any(part in raised.value.help for part in remedy.split("|")), raised.value.help


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LditError, match="a directory"):
        logos(tmp_path, None)
    with pytest.raises(LditError, match="no such file"):
        logos(None, tmp_path / "missing.svg")


def test_a_file_that_is_far_too_large_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    with path.open("wb") as sparse:
        sparse.truncate(50_000_000_000)
    with pytest.raises(LditError, match="over 1000 kB"):
        logos(path, None)


def test_twenty_real_logos_become_icons(corpus: Path) -> None:
    """Lint finds nothing about what they become, and they show the same drawing."""
    tried = 0
    for directory in sorted((corpus / "integrations").iterdir()):
        integration = Integration.read(directory)
        files = {icon.role: directory / icon.svg.file.path for icon in integration.icons}
        faults = [
            finding for finding in lint(integration, Settings()).findings if _is_in_itself(finding.problem.message)
        ]
        if len(set(files.values())) < 2 or faults:
            continue
        made = logos(files["square"], files["horizontal"])
        assert diagnostics(dict(made.icons)) == [], directory
        for icon in integration.icons:
            before = picture(cleaned(files[icon.role], icon.svg.file.data).data)
            assert same_image(before, picture(made.icons[icon.role])), directory
        tried += 1
        if tried == 20:
            return
    raise AssertionError(f"only {tried} were tried")


def _is_in_itself(message: str) -> bool:
    """Whether a finding is about what no crop changes."""
    return any(word in message for word in ("bitmap", "kB", "visible on white", "contains text"))


ICONS = sorted((ROOT / "tests" / "svg").glob("h*/**/*.svg"))


def test_any_icon_is_refused_or_becomes_two_that_are_safe() -> None:
    """Those that other tests find safe or unsafe; what can be cleaned is safe then, or was not taken."""
    taken = 0
    for path in ICONS:
        try:
            made = logos(path, None)
        except LditError as error:
            assert str(error), path
            continue
        taken += 1
        for data in made.icons.values():
            assert inspect(data).violations == (), path
            assert b"<script" not in data
            assert b"javascript" not in data.lower()
    assert 50 < taken < len(ICONS)
