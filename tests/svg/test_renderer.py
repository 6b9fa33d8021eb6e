import gc
import io
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from toolkit.svg import process, renderer, worker
from toolkit.svg.drawable import NotMeasured, UndrawableError
from toolkit.svg.geometry import Box
from toolkit.svg.inspection import inspect
from toolkit.svg.measurement import Measurement, same_image
from toolkit.svg.names import SVG, XLINK
from toolkit.svg.process import NoRendererError, RenderError, RenderProcess
from toolkit.svg.reader import SvgError
from toolkit.svg.renderer import IconRenderer, default_renderer

PIL = find_spec("PIL")


def svg(body: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" {attributes}>{body}</svg>'.encode()


def measurement(body: str, attributes: str = 'viewBox="0 0 100 100"') -> Measurement:
    found = default_renderer().measure(svg(body, attributes))
    assert isinstance(found, Measurement), found
    return found


def rect(x: float, y: float, width: float, height: float, more: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {more}/>'


def test_the_size_of_the_drawing_in_the_square_box() -> None:
    found = measurement(rect(0, 180, 800, 180), 'viewBox="0 0 800 800"')
    assert found.in_square == pytest.approx((40, 9), abs=0.3)
    assert found.square_coverage == pytest.approx(0.225, abs=0.01)
    assert found.view_box == pytest.approx(Box(0, 180, 800, 180), abs=2)
    assert all(float(edge).is_integer() for edge in found.view_box or ())
    assert found.off_center == pytest.approx((0, -0.1625), abs=0.01)


def test_the_size_of_the_drawing_in_the_row_of_horizontal_icons() -> None:
    found = measurement(rect(20, 5, 60, 10), 'viewBox="0 0 100 20"')
    assert found.in_row == pytest.approx((165, 27.5), abs=0.8)
    assert found.square_coverage == pytest.approx(0.06, abs=0.01)


def test_the_frame_counts_not_the_viewbox() -> None:
    found = measurement(rect(0, 0, 10, 10), 'viewBox="0 0 10 10" width="80" height="40"')
    assert found.in_row == pytest.approx((55, 55), abs=0.8)
    assert found.view_box == Box(0, 0, 10, 10)


def test_percentages_keep_their_meaning() -> None:
    found = measurement('<rect width="100%" height="50%"/>', 'viewBox="0 0 10 10" width="40" height="40" x="3"')
    assert found.view_box == Box(0, 0, 10, 5)
    assert found.overflow == 0


def test_a_blank_icon() -> None:
    for body in ("", '<rect width="9" height="9" fill="none"/>', rect(0, 0, 9, 9, 'opacity=".05"'), rect(200, 0, 9, 9)):
        found = measurement(body)
        assert found.blank
        assert found.in_square == (0, 0)


def test_what_lies_beyond_the_viewbox() -> None:
    found = measurement(rect(50, 0, 60, 100))
    assert found.overflow == pytest.approx(1 / 6, abs=0.005)
    assert found.whole == pytest.approx(Box(50, 0, 60, 100), abs=0.3)
    assert measurement(rect(0, 0, 500, 100)).whole is None
    assert measurement(rect(0, 0, 100, 100)).overflow == 0


def test_a_ground_that_bleeds_over_the_edges_is_not_missed() -> None:
    shape = rect(20, 20, 60, 60)
    for color in ("#fff", "#205493"):
        ground = rect(-8, -8, 116, 116, f'fill="{color}"')
        assert measurement(ground + shape).overflow < 0.001
        assert measurement(ground + rect(50, 20, 60, 60, 'fill="#a33"')).overflow > 0.03
    assert measurement(rect(-8, 20, 116, 60)).overflow > 0.1, "what does not reach all edges is no ground"
    assert measurement('<circle cx="50" cy="50" r="54"/>').overflow > 0.01


def test_an_edge_off_the_pixel_grid_does_not_overflow() -> None:
    assert measurement(rect(0, 0, 33.3, 77.7), 'viewBox="0 0 33.3 77.7"').overflow == 0


@pytest.mark.parametrize(("color", "contrast"), [("#000", 21.0), ("#fff", 1.0), ("#777", 4.48), ("#ff0", 1.07)])
def test_contrast(color: str, contrast: float) -> None:
    found = measurement(rect(0, 0, 100, 100, f'fill="{color}"'))
    assert found.on_white.best == pytest.approx(contrast, abs=0.08)


def test_the_share_that_can_be_seen() -> None:
    found = measurement(rect(0, 0, 100, 100, 'fill="#fff"') + rect(0, 0, 100, 10))
    assert found.on_white.share == pytest.approx(0.1, abs=0.01)
    assert found.plate
    assert not measurement(rect(0, 0, 100, 30, 'fill="#fff"') + rect(0, 90, 10, 10)).plate
    assert not measurement(rect(0, 0, 100, 100)).plate


def test_the_same_image_in_another_frame() -> None:
    shape = '<circle cx="50" cy="50" r="40" fill="red"/><path d="M50 10v80"/>'
    one, other = (
        measurement(shape),
        measurement(f'<g transform="translate(90 20)">{shape}</g>', 'viewBox="0 0 300 150"'),
    )
    assert same_image(one, other)
    assert not same_image(one, measurement(shape.replace("red", "blue")))
    assert not same_image(one, measurement(rect(10, 10, 80, 80, 'fill="red"')))
    assert not same_image(one, measurement(""))
    assert same_image(measurement(""), measurement("<g/>"))


@pytest.mark.parametrize(
    ("icon", "reason"),
    [
        (b"<svg", "not well-formed XML: unclosed token"),
        (svg('<g onload=""/>'), "is not safe to draw"),
        (svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'), "is not safe to draw"),
        (svg(rect(0, 0, 9, 9), ""), "says no size"),
        (svg("", 'viewBox="0 0 1 100"'), "has sides of over 1 to 40"),
        (svg("", 'viewBox="0 0 1e9 1e9"'), "has a viewBox of 0 0 1000000000 1000000000"),
        (svg("<text>a</text>"), "contains text, which needs a font"),
        (svg(rect(0, 0, 9, 9, 'style="fill:var(--a)"')), "uses `var(`, which only browsers draw"),
        (svg(rect(0, 0, 9, 9, 'fill="oklch(1% 1 1)"')), "uses `oklch(`, which only browsers draw"),
        (svg("<style>@media all{.a{fill:red}}</style>"), "uses `@media`, which only browsers draw"),
        (svg('<g opacity="0"><animate attributeName="opacity" to="1" dur="1s"/></g>'), "appears by animation only"),
    ],
)
def test_what_cannot_be_judged_is_no_defect(icon: bytes, reason: str) -> None:
    assert default_renderer().measure(icon) == NotMeasured(reason)


def test_text_without_characters_needs_no_font() -> None:
    assert not measurement(rect(0, 0, 9, 9) + "<text> </text>").blank


def test_the_same_bytes_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    icon = svg(rect(1, 2, 3, 4.5678))
    first = default_renderer().measure(icon)
    monkeypatch.setattr(RenderProcess, "statistics", None)
    assert default_renderer().measure(bytes(bytearray(icon))) is first


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "REMEMBERED", 1)
    drawing = IconRenderer()
    for size in (1, 2, 3):
        drawing.measure(svg("", f'viewBox="0 0 {size}e9 1"'))
    assert len(drawing._tasks) == 1
    monkeypatch.setattr(renderer, "REMEMBERED", 9)
    monkeypatch.setattr(renderer, "REMEMBERED_BYTES", 250)
    for size in (4, 5, 6):
        drawing.measure(svg("", f'viewBox="0 0 {size}e9 1"'))
    assert sum(map(len, drawing._tasks)) == drawing._bytes <= 250
    drawing.measure(svg(" " * 250))
    assert len(drawing._tasks) == 1, "one that is larger takes the place of all others"


def test_what_was_begun_is_measured_in_any_order() -> None:
    icons = [svg(rect(0, 0, 100, side)) for side in range(10, 90, 10)]
    with IconRenderer() as drawing:
        for icon in icons:
            drawing.begin(icon)
        found = [drawing.measure(icon) for icon in reversed(icons)]
    shares = [one.coverage for one in found if isinstance(one, Measurement)]
    assert shares == pytest.approx([side / 100 for side in range(80, 0, -10)], abs=0.02)


def test_a_closed_renderer_leaves_no_process_and_starts_none() -> None:
    drawing = IconRenderer()
    drawing.draw(svg(""), 9, 9)
    worker_process = drawing._process._process
    drawing.close()
    assert worker_process
    assert worker_process.poll() is not None
    with pytest.raises(NoRendererError, match="closed"):
        drawing.draw(svg(""), 9, 9)
    assert drawing._process._process is None


def test_closing_waits_for_nothing_that_was_begun() -> None:
    drawing = IconRenderer()
    icons = [svg(rect(0, 0, 100, side)) for side in range(20)]
    for icon in icons:
        drawing.begin(icon)
    drawing.close()
    assert all(isinstance(drawing.measure(icon), Measurement | NotMeasured) for icon in icons)
    assert drawing._process._process is None


FORKING = """
import os, sys
from toolkit.svg.measurement import Measurement
from toolkit.svg.renderer import IconRenderer
icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 {}"><path d="M0 0h9v9"/></svg>'
icons = [icon.format(height).encode() for height in range(9, 19)]
drawing = IconRenderer()
drawing.draw(icons[0], 9, 9)
own = drawing._process._process.pid
for icon in icons:
    drawing.begin(icon)
child = os.fork()
found = [drawing.measure(icon) for icon in icons]
assert all(isinstance(one, Measurement) for one in found), found
if child == 0:
    assert drawing._process._process.pid != own
    drawing.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert drawing.draw(icons[0], 9, 9)
assert drawing._process._process.pid == own
drawing.close()
print("both")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_forked_program_draws_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKING]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2])
    assert (done.stdout, done.stderr) == ("both\n", "")


def test_a_forgotten_renderer_leaves_no_process() -> None:
    drawing = IconRenderer()
    drawing.draw(svg(""), 9, 9)
    worker_process = drawing._process._process
    del drawing
    gc.collect()
    assert worker_process
    assert worker_process.poll() is not None


def test_an_icon_is_drawn_as_large_as_fits() -> None:
    assert Image.open(io.BytesIO(default_renderer().draw(svg("", 'viewBox="0 0 4 2"'), 80, 80))).size == (80, 40)
    assert Image.open(io.BytesIO(default_renderer().draw(svg("", 'viewBox="0 0 2 4"'), 80, 80))).size == (40, 80)
    with pytest.raises(UndrawableError, match="is not safe to draw"):
        default_renderer().draw(svg("<script/>"), 80, 80)


def test_the_renderer_survives_what_it_dies_of() -> None:
    deep = "<g>" * 1000 + rect(0, 0, 9, 9) + "</g>" * 1000
    drawing = RenderProcess()
    with pytest.raises(RenderError, match="makes the renderer break down"):
        drawing.png(svg(deep).decode())
    with pytest.raises(RenderError, match="is refused by the renderer"):
        drawing.png("<svg")
    assert drawing.png(svg("").decode()).startswith(b"\x89PNG")
    drawing.close()


def test_a_worker_ends_with_its_icon_even_when_nobody_waits() -> None:
    effect = '<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="100000"/></filter>'
    hang = svg(f'{effect}<rect width="90" height="90" filter="url(#f)"/>')
    question = b"\n" + hang
    command = [sys.executable, "-I", "-S", worker.__file__, *process._homes()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as started:
        started.communicate(len(question).to_bytes(4) + question, timeout=20)
    assert started.returncode == -signal.SIGPROF


def refused(*_: object, **__: object) -> None:
    raise OSError(1, "Not permitted")


def no_thread(_: object) -> None:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize(
    ("name", "replacement", "reason"),
    [
        ("toolkit.svg.process.find_spec", lambda _: None, "resvg_py is not installed"),
        ("toolkit.svg.process.find_spec", lambda name: None if name == "PIL" else PIL, "PIL is not installed"),
        ("subprocess.Popen", refused, "no process can be started: not permitted"),
        ("threading.Thread.start", no_thread, "no thread can be started"),
    ],
)
def test_without_what_draws_nothing_is_held_against_an_icon(
    monkeypatch: pytest.MonkeyPatch, name: str, replacement: object, reason: str
) -> None:
    drawing = IconRenderer()
    with monkeypatch.context() as patch:
        patch.setattr(name, replacement)
        drawing.begin(svg(rect(1, 1, 1, 1)))
        assert drawing.measure(svg(rect(1, 1, 1, 1))) == NotMeasured(reason)
    assert drawing.unavailable == reason
    assert drawing.measure(svg("")) == NotMeasured(reason), "it is not tried again for each icon"


def test_without_pillow_an_embedded_image_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    icon = svg('<image href="data:image/png;base64,iVBORw0KGgo="/>')
    assert inspect(icon).violations == ()


def test_what_is_unexpected_in_an_icon_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError("what?")

    drawing = IconRenderer()
    with monkeypatch.context() as patch:
        patch.setattr("toolkit.svg.renderer.canvas", stumble)
        found = drawing.measure(svg(rect(0, 0, 1, 1)))
    assert isinstance(found, NotMeasured)
    assert found.reason == "cannot be measured: ZeroDivisionError: what?"
    assert found.defect
    with monkeypatch.context() as patch:
        patch.setattr("toolkit.svg.inspection.violations", stumble)
        error = inspect(svg("")).document
    assert isinstance(error, SvgError)
    assert str(error) == "ldit cannot judge it: ZeroDivisionError: what?"
    assert isinstance(drawing.measure(svg(rect(0, 0, 1, 2))), Measurement)
    drawing.close()


def test_a_worker_that_never_gets_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    silent = tmp_path / "worker.py"
    silent.write_text("")
    monkeypatch.setattr(worker, "__file__", str(silent))
    with pytest.raises(NoRendererError, match="does not start"):
        RenderProcess().png("")


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["0", "1", "50", "1e-9", "99999", "-1e9", "1e30", ".1"]), min_size=6, max_size=6),
    st.sampled_from(
        [
            'viewBox="0 0 .5 .5"',
            'viewBox="-9 -9 9999 300"',
            'width="1e-3" height="1e-3"',
            'width="1" height="1" viewBox="0 0 9 9"',
        ]
    ),
    st.sampled_from(["none", "xMinYMax slice", "", "odd"]),
)
def test_no_numbers_end_in_an_exception(numbers: list[str], size: str, fit: str) -> None:
    path = f'<path d="M{" ".join(numbers)}T{" ".join(numbers)}" stroke="red" transform="scale({numbers[0]})"/>'
    found = default_renderer().measure(svg(path, f'{size} preserveAspectRatio="{fit}"'))
    if isinstance(found, Measurement):
        assert 0 <= found.coverage <= 1.1
        assert -0.001 <= found.overflow <= 1
    else:
        assert found.reason


def test_what_somebody_waits_for_is_drawn_before_what_is_drawn_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    order, original = list[bytes](), RenderProcess._exchange

    def slow(process: RenderProcess, worker: Any, question: bytes) -> tuple[bytes, bytes]:
        order.append(question)
        time.sleep(0.05)
        return original(process, worker, question)

    monkeypatch.setattr(RenderProcess, "_exchange", slow)
    icons = [svg(f'<path id="i{number}" d="M0 0h24v24H0z"/>') for number in range(8)]
    with IconRenderer() as renderer:
        for icon in icons[:-1]:
            renderer.begin(icon)
        assert isinstance(renderer.measure(icons[-1]), Measurement)
        assert next(at for at, question in enumerate(order) if b"i7" in question) <= 2
        assert all(isinstance(renderer.measure(icon), Measurement) for icon in icons)
