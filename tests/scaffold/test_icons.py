import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.integration.generated import PLATE_COLORS
from toolkit.scaffold import icons, letters

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.one_of(st.text(max_size=40), st.from_regex(r"[A-Za-z0-9 ]{1,40}", fullmatch=True))


def pixels(svg: str, height: int) -> Any:
    import resvg_py
    from PIL import Image

    data = resvg_py.svg_to_bytes(svg_string=svg, height=height, skip_system_fonts=True, dpi=96.0)
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("color", PLATE_COLORS)
def test_every_color_stands_out_on_white(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


@given(NAMES)
@example("")
@example("日本語")
@example("\ud800")
@example("III")
@example("</svg><script>")
@example("Internationalization of everything")
@example("X" * 100)
def test_icons_hold_nothing_but_drawing(name: str) -> None:
    for svg in (icons.square(name), icons.horizontal(name)):
        root = ET.fromstring(svg)
        assert root.attrib.keys() == {"width", "height", "viewBox"}
        assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
        assert {element.tag for element in root.iter()} <= {f"{SVG}svg", f"{SVG}rect", f"{SVG}path"}
        assert len(svg) < 4_000
        assert svg.endswith("</svg>\n")


@settings(max_examples=25)
@given(NAMES)
@example("Acme Signals")
@example("III")
@example("日本語")
@example("Internationalization of everything")
def test_icons_fill_the_boxes_they_are_shown_in(name: str) -> None:
    square = pixels(icons.square(name), 40)
    assert square.size == (40, 40)
    assert square.getchannel("A").getbbox() == (0, 0, 40, 40)
    horizontal = pixels(icons.horizontal(name), 55)
    width, height = horizontal.size
    assert height == 55
    assert 2.5 <= width / height <= 4.05
    left, top, right, bottom = horizontal.getchannel("A").getbbox()
    assert (left, top, bottom) == (0, 0, 55)
    assert right >= width - 2


def test_icons_depend_on_the_name_alone() -> None:
    assert icons.square("Acme") == icons.square("Acme")
    assert icons.horizontal("Acme One") != icons.horizontal("Acme Two")
    assert icons.square("日本語") != icons.square("中文字")


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
def test_a_letter_fills_its_own_box(letter: str) -> None:
    """Half a stroke around the line; so a word is centered by its widths alone."""
    width, path = letters.draw(letter)
    pen = 'fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round"'
    canvas = 'xmlns="http://www.w3.org/2000/svg" width="180" height="160" viewBox="-3 -3 18 16"'
    image = pixels(f'<svg {canvas}><path d="{path}" {pen}/></svg>', 160)
    ink = image.getchannel("A").point(lambda alpha: 255 * (alpha > 16)).getbbox()
    assert ink == pytest.approx((25, 25, 10 * width + 35, 135), abs=2)


def test_a_word_is_as_wide_as_its_letters_and_gaps() -> None:
    assert letters.draw("HH").width == pytest.approx(2 * letters.draw("H").width + 2.9)
    assert letters.draw("LT").width < letters.draw("L").width + letters.draw("T").width + 2.9
    assert re.findall(r"M([\d.]+) 0", letters.draw("II").path) == ["0", "2.9"]
    assert letters.draw("") == (0, "")
