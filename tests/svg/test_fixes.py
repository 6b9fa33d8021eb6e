from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import add_viewbox, crop_viewbox, without_editor_metadata
from toolkit.svg.geometry import Box, frame
from toolkit.svg.measurement import Measurement
from toolkit.svg.names import SVG
from toolkit.svg.reader import read
from toolkit.svg.renderer import default_renderer
from toolkit.text_edits import Replacement, apply

INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
HARMLESS = sorted((Path(__file__).parent / "harmless").glob("*.svg"))


def fixed(text: str, fix: Callable[[SvgDocument], list[Replacement]]) -> str:
    return apply(text, fix(read(text.encode())))


def svg(attributes: str, body: str = "") -> str:
    return f'<svg xmlns="{SVG}"{attributes}>{body}</svg>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (' width="40" height="20"', ' width="40" height="20" viewBox="0 0 40 20"'),
        (' width="30pt" height="3in"', ' width="30pt" height="3in" viewBox="0 0 40 288"'),
        (' width="4" height="2" viewBox=""', ' width="4" height="2" viewBox="0 0 4 2"'),
        (' viewBox="0 0 1 1"', ' viewBox="0 0 1 1"'),
        (' width="100%" height="20"', ' width="100%" height="20"'),
        ("", ""),
    ],
)
def test_a_viewbox_from_width_and_height(before: str, after: str) -> None:
    assert fixed(svg(before), add_viewbox) == svg(after)


def test_a_viewbox_for_an_empty_root() -> None:
    assert fixed(f"<svg xmlns='{SVG}' width='4' height='2' />", add_viewbox).endswith(' viewBox="0 0 4 2" />')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (' viewBox="0 0 800 800"', ' viewBox="0 180 800 440"'),
        (
            ' width="40mm" height="80%" viewBox="0 0 800 800"',
            ' width="40mm" height="80%" viewBox="0 180 800 440"',
        ),
        (' width="800" height="800"', ' width="800" height="440" viewBox="0 180 800 440"'),
        (" width='4em' viewBox='0 0 400 400'", " width='8em' viewBox='0 180 800 440'"),
    ],
)
def test_a_cropped_viewbox(before: str, after: str) -> None:
    assert fixed(svg(before), lambda drawing: crop_viewbox(drawing, Box(0, 180, 800, 440))) == svg(after)


def test_a_crop_makes_the_drawing_fill_its_frame() -> None:
    text = svg(' width="64" height="64" viewBox="0 0 80 80"', '<path d="M10 30h52v17h-52z"/>')
    found = default_renderer().measure(text.encode())
    assert isinstance(found, Measurement)
    assert found.view_box
    box = found.view_box
    again = default_renderer().measure(fixed(text, lambda drawing: crop_viewbox(drawing, box)).encode())
    assert isinstance(again, Measurement)
    assert again.coverage > 0.97
    assert again.frame.ratio == pytest.approx(52 / 17, rel=0.03)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<metadata><a/></metadata><g/>", "<g/>"),
        ("\n  <metadata\n id='a'>\n x\n </metadata>\n  <g/>", "\n  <g/>"),
        (f'<i:grid xmlns:i="{INKSCAPE}"><i:a/></i:grid><g/>', "<g/>"),
        (f'<g xmlns:i="{INKSCAPE}"\n   i:label="a > b"\n   id="c"/>', '<g\n   id="c"/>'),
        ('<sfw xmlns="ns_sfw;"><slices/></sfw>', ""),
        (
            '<g data-name="kept" xmlns:x="https://acme.example"/>',
            '<g data-name="kept" xmlns:x="https://acme.example"/>',
        ),
        ("<title>kept</title><desc/>", "<title>kept</title><desc/>"),
    ],
)
def test_editor_metadata(before: str, after: str) -> None:
    assert fixed(svg("", before), without_editor_metadata) == svg("", after)


@pytest.mark.parametrize("path", HARMLESS, ids=lambda path: path.stem)
def test_no_fix_changes_what_is_seen(path: Path) -> None:
    data = path.read_bytes()
    text = read(data).text
    for fix in (without_editor_metadata, add_viewbox):
        text = fixed(text, fix)
    assert default_renderer().measure(text.encode()) == default_renderer().measure(data)
    for fix in (without_editor_metadata, add_viewbox):
        assert fix(read(text.encode())) == []
    assert frame(read(text.encode())).shape == frame(read(data)).shape
