import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.svg.crop import Crop, crop
from toolkit.svg.geometry import Box
from toolkit.svg.measurement import Measurement
from toolkit.svg.names import SVG
from toolkit.svg.reader import read
from toolkit.svg.renderer import default_renderer

SQUARE, LONG = (0.8, 1.25), (1.6, 8)


def cropped(body: str, attributes: str = 'viewBox="0 0 40 40"', ratios: tuple[float, float] = SQUARE) -> Crop | None:
    data = f'<svg xmlns="{SVG}" {attributes}>{body}</svg>'.encode()
    measured = default_renderer().measure(data)
    assert isinstance(measured, Measurement), measured
    return crop(read(data), measured, *ratios)


def bar(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x:.6f}" y="{y:.6f}" width="{width:.6f}" height="{height:.6f}" fill="#205493"/>'


@pytest.mark.parametrize(
    ("drawn", "ratios", "box"),
    [
        ((5, 5, 20, 20), SQUARE, (5, 5, 20, 20)),
        ((5, 5, 10, 20), SQUARE, (0, 5, 20, 20)),
        ((5, 5, 20, 10), SQUARE, (5, 0, 20, 20)),
        ((12, 5, 20, 20), LONG, (6, 5, 32, 20)),
        ((5, 5, 32, 2), LONG, (5, 4, 32, 4)),
        ((0, 0, 10, 40), SQUARE, (-15, 0, 40, 40)),
    ],
)
def test_a_crop_has_the_nearest_ratio_that_is_wanted(
    drawn: tuple[int, int, int, int], ratios: tuple[float, float], box: tuple[int, int, int, int]
) -> None:
    found = cropped(bar(*drawn), ratios=ratios)
    assert found
    assert found.box == pytest.approx(box, abs=0.15)
    assert max(map(abs, found.after.off_center)) < 0.02


@pytest.mark.parametrize("hidden", [bar(-3, 9, 2, 9), bar(-9, 9, 2, 9)], ids=["at the edge", "further out"])
def test_a_crop_never_uncovers_what_was_cut_off(hidden: str) -> None:
    assert cropped(bar(0, 0, 10, 40))
    assert cropped(bar(0, 0, 10, 40) + hidden) is None
    assert cropped(bar(15, 10, 10, 20) + hidden), "it stays inside"


def test_there_is_nothing_to_crop() -> None:
    assert cropped(bar(0, 0, 40, 40)) is None
    assert cropped(bar(10, 0, 20, 40)) is None, "a square icon stays square"
    assert cropped(bar(10, 0, 20, 40), 'viewBox="0 0 50 40"', (0.8, 1.1)) is not None
    assert cropped(bar(6, 0, 20, 40), 'viewBox="0 0 32 40"') is None
    assert cropped("<g/>") is None


@pytest.mark.parametrize("fit", ["", "xMinYMax meet", "xMidYMid slice"])
def test_a_frame_of_another_ratio_gets_that_of_the_crop(fit: str) -> None:
    attributes = f'viewBox="0 0 40 40" width="80" height="60px" preserveAspectRatio="{fit}"'
    found = cropped(bar(15, 14, 9, 12), attributes)
    assert found
    assert found.box.width / found.box.height == pytest.approx(0.8, abs=0.01)
    assert found.after.frame.ratio == pytest.approx(found.box.ratio, rel=0.01)


PIXEL = 40 / 144
"""Units of an icon of 40 by 40 units."""
side = st.floats(4, 38)


@settings(max_examples=30)
@given(side, side, st.floats(0, 1), st.floats(0, 1), st.sampled_from([SQUARE, LONG]))
def test_every_crop_holds_the_drawing_in_its_middle(
    width: float, height: float, right: float, down: float, ratios: tuple[float, float]
) -> None:
    drawn = Box(right * (40 - width), down * (40 - height), width, height)
    found = cropped(bar(*drawn), ratios=ratios)
    assume(found)
    assert found
    assert ratios[0] <= round(found.after.frame.ratio, 2) <= ratios[1]
    assert found.after.overflow < 0.2 * PIXEL / min(width, height), "a fifth of a pixel of the first measurement"
    assert max(map(abs, found.after.off_center)) < 0.04
    assert found.box.width <= max(40, width * 1.1, height * ratios[0] * 1.1)
