from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from toolkit.svg.drawing import SVG, Drawing
from toolkit.svg.fixes import Replacement, add_viewbox, crop_viewbox, without_comments, without_editor_metadata
from toolkit.svg.geometry import Box, frame
from toolkit.svg.picture import Picture
from toolkit.svg.pixels import measure
from toolkit.svg.reader import read

INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
HARMLESS = sorted((Path(__file__).parent / "harmless").glob("*.svg"))


def mended(text: str, fix: Callable[[Drawing], list[Replacement]]) -> str:
    edits = sorted(fix(read(text.encode())), reverse=True)
    assert all(after.end <= before.start for before, after in pairwise(edits)), "edits overlap"
    for edit in edits:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


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
    assert mended(svg(before), add_viewbox) == svg(after)


def test_a_viewbox_for_an_empty_root() -> None:
    assert mended(f"<svg xmlns='{SVG}' width='4' height='2' />", add_viewbox).endswith(' viewBox="0 0 4 2" />')


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
    assert mended(svg(before), lambda drawing: crop_viewbox(drawing, Box(0, 180, 800, 440))) == svg(after)


def test_a_crop_makes_the_drawing_fill_its_frame() -> None:
    text = svg(' width="64" height="64" viewBox="0 0 80 80"', '<path d="M10 30h52v17h-52z"/>')
    found = measure(text.encode())
    assert isinstance(found, Picture)
    assert found.view_box
    box = found.view_box
    again = measure(mended(text, lambda drawing: crop_viewbox(drawing, box)).encode())
    assert isinstance(again, Picture)
    assert again.coverage > 0.97
    assert again.frame.ratio == pytest.approx(52 / 17, rel=0.03)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-- a --><g/>", "<g/>"),
        ("\n  <!-- a -->\n  <g/>\n", "\n  <g/>\n"),
        ("\n  <g/> <!-- a\n b -->\n", "\n  <g/> \n"),
        ("<!-- a --><!-- b -->", ""),
        ("\r\n<!-- é -->\r\n<g/>", "\r\n<g/>"),
        ("<style>/* a */<![CDATA[<!-- b -->]]></style>", "<style>/* a */<![CDATA[<!-- b -->]]></style>"),
    ],
)
def test_comments_go_with_their_line(before: str, after: str) -> None:
    assert mended(svg("", before), without_comments) == svg("", after)


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
    assert mended(svg("", before), without_editor_metadata) == svg("", after)


@pytest.mark.parametrize("path", HARMLESS, ids=lambda path: path.stem)
def test_no_mend_changes_what_is_seen(path: Path) -> None:
    data = path.read_bytes()
    text = read(data).text
    for fix in (without_comments, without_editor_metadata, add_viewbox):
        text = mended(text, fix)
    assert measure(text.encode()) == measure(data)
    assert not read(text.encode()).comments
    for fix in (without_comments, without_editor_metadata, add_viewbox):
        assert fix(read(text.encode())) == []
    assert frame(read(text.encode())).shape == frame(read(data)).shape
