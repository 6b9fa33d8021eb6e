import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.svg.geometry import Box, Frame, Length, Shape, frame, length, placement, view_box
from toolkit.svg.names import SVG
from toolkit.svg.reader import read


def of(attributes: str) -> Frame:
    return frame(read(f'<svg xmlns="{SVG}" {attributes}/>'.encode()))


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("40", 40.0),
        (" 40px ", 40.0),
        ("30pt", 40.0),
        ("1in", 96.0),
        ("25.4mm", 96.0),
        ("2.54CM", 96.0),
        ("101.6Q", 96.0),
        ("2.5em", 40.0),
        ("4e1", 40.0),
        (".5", 0.5),
        ("5.", 5.0),
    ],
)
def test_a_length_in_pixels(text: str, pixels: float) -> None:
    found = length(text)
    assert found
    assert found.pixels == pytest.approx(pixels)


@pytest.mark.parametrize("text", ["", "auto", "-4", "0", "4furlong", "4 4", "e4", "4%%", "--4", "\u0664"])
def test_what_is_no_length(text: str) -> None:
    assert length(text) is None


def test_a_length_beyond_all_numbers_is_no_size_in_pixels() -> None:
    for width, height in (("1e999", "9"), ("1mm", "1e308mm"), ("1e-320", "9"), ("1e300", "1e-300")):
        assert of(f'width="{width}" height="{height}"').pixels is None
        assert not of(f'width="{width}" height="{height}" viewBox="0 0 1 1"').disagrees


def test_a_percentage_has_no_pixels() -> None:
    assert length("100%") == Length(100, "%")
    assert of('width="100%" height="40"').percent
    assert of('width="100%" height="40"').pixels is None
    assert not of('width="40"').percent


@pytest.mark.parametrize("text", ["0 0 10 20", "0,0,10,20", " 0 , 0\n10\t20 ", "0 0 1e1 2e1", "+0 -0 10. 20"])
def test_a_viewbox(text: str) -> None:
    assert view_box(text) == Box(0, 0, 10, 20)


@pytest.mark.parametrize(
    "text",
    ["", "0 0 10", "0 0 10 20 30", "0 0 -10 20", "0 0 0 20", "0 0 a 20", "0 0 inf 20", "0 0 1e999 20", "0;0;10;20"],
)
def test_what_is_no_viewbox(text: str) -> None:
    assert view_box(text) is None


def test_a_box_reads_as_it_is_written() -> None:
    assert str(Box(0, 180.5, 800, 1e-3)) == "0 180.5 800 0.001"


@pytest.mark.parametrize(
    ("attributes", "shape"),
    [
        ('viewBox="1 2 30 20"', Shape(Box(1, 2, 30, 20), 1.5, "xMidYMid meet")),
        ('width="60" height="20"', Shape(Box(0, 0, 60, 20), 3, "xMidYMid meet")),
        ('width="60" height="20" viewBox="0 0 1 1"', Shape(Box(0, 0, 1, 1), 3, "xMidYMid meet")),
        ('width="60" viewBox="0 0 2 1" preserveAspectRatio=" none "', Shape(Box(0, 0, 2, 1), 2, "none")),
        ('width="100%" height="100%" viewBox="0 0 2 1"', Shape(Box(0, 0, 2, 1), 2, "xMidYMid meet")),
        ('width="100%" height="20"', None),
        ("", None),
    ],
)
def test_the_shape_that_a_page_shows(attributes: str, shape: Shape | None) -> None:
    assert of(attributes).shape == shape


@pytest.mark.parametrize(
    ("attributes", "disagrees"),
    [
        ('width="60" height="20" viewBox="0 0 3 1"', False),
        ('width="60" height="20" viewBox="0 0 3.05 1"', False),
        ('width="60" height="20" viewBox="0 0 1 1"', True),
        ('width="6in" height="2in" viewBox="0 0 3 1"', False),
        ('width="100%" height="20" viewBox="0 0 1 1"', False),
        ('width="60" height="20"', False),
    ],
)
def test_sizes_that_disagree(attributes: str, disagrees: bool) -> None:
    assert of(attributes).disagrees is disagrees


@pytest.mark.parametrize(
    ("fit", "box"),
    [
        ("xMidYMid meet", Box(25, 0, 50, 50)),
        ("xMinYMid", Box(0, 0, 50, 50)),
        ("xMaxYMax meet", Box(50, 0, 50, 50)),
        ("none", Box(0, 0, 100, 50)),
        ("xMidYMin slice", Box(0, 0, 100, 100)),
        ("xMidYMax slice", Box(0, -50, 100, 100)),
    ],
)
def test_where_a_square_viewbox_lies_in_a_wide_frame(fit: str, box: Box) -> None:
    placed = placement(Shape(Box(5, 5, 10, 10), 2, fit), 100)
    assert placed.units(box) == pytest.approx(Box(5, 5, 10, 10))


@given(st.text("0123456789.,eE+- %pxcm\n", max_size=20))
def test_no_text_ends_in_an_exception(text: str) -> None:
    for number in (length(text), view_box(text)):
        assert number is None or all(math.isfinite(part) for part in number if isinstance(part, float))
