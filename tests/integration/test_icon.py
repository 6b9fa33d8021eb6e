from toolkit.integration import Integration
from toolkit.integration.icon import Svg
from toolkit.svg.measurement import Measurement
from toolkit.svg.names import SVG
from toolkit.svg.renderer import IconRenderer

DISC = '<circle cx="20" cy="20" r="10" fill="#205493"/>'
MANIFEST = b'{"icons": {"square": "a.svg", "horizontal": "b.svg"}}'


def icon(attributes: str, inside: str = DISC) -> bytes:
    return f'<svg xmlns="{SVG}" {attributes}>{inside}</svg>'.encode()


def integration(square: bytes, renderer: IconRenderer | None = None) -> Integration:
    files = {"manifest.json": MANIFEST, "a.svg": square, "b.svg": icon('viewBox="0 0 40 40"')}
    return Integration("acme", "acme", Integration.from_files("acme", files).files, renderer=renderer)


def square(attributes: str, inside: str = DISC) -> Svg:
    return integration(icon(attributes, inside)).svgs[0]


def test_icons_are_drawn_by_the_renderer_that_was_handed_down() -> None:
    with IconRenderer() as renderer:
        before = integration(icon('viewBox="0 0 40 41"'), renderer)
        before.draw_ahead()
        assert all(svg.renderer is renderer for svg in before.svgs)
        assert isinstance(before.svgs[0].measured, Measurement)
        after = before.replaced({"b.svg": icon('viewBox="0 0 41 40"')})
        assert [svg.renderer for svg in after.svgs] == [renderer, renderer]
        assert after.svgs[0] is before.svgs[0], "what did not change is not read again"
        assert len(renderer._tasks) == 2
        assert after.svgs[1].measurement
        assert len(renderer._tasks) == 3


def test_without_one_all_share_the_default() -> None:
    one, other = (integration(icon(f'viewBox="0 0 {side} 40"')).svgs[0] for side in (40, 41))
    assert one.renderer is other.renderer


def test_what_an_icon_is() -> None:
    found = square('width="40" height="40"')
    assert found.document
    assert str(found.missing_viewbox) == "0 0 40 40"
    assert found.frame
    assert found.frame.pixels == (40, 40)
    assert found.measurement
    crop = found.cropped(0.8, 1.25)
    assert crop
    assert crop.box.ratio == 1


def test_what_an_unsafe_or_unreadable_icon_is_not() -> None:
    unsafe, unreadable = square('viewBox="0 0 40 40"', "<script/>"), integration(b"<svg").svgs[0]
    assert [violation.kind for violation in unsafe.violations] == ["script"]
    for svg in (unsafe, unreadable):
        assert svg.measurement is None
        assert svg.cropped(0.8, 1.25) is None
    assert unreadable.document is None
    assert unreadable.frame is None
    assert unreadable.missing_viewbox is None


def test_what_made_a_whole_run_end_stays_with_its_icon() -> None:
    """Inputs that a scan of tags took for other tags, and sizes beyond all numbers."""
    for inside in (
        '<path onclick="x" d="M0 0h24v24z" /><style>="a"</style>',
        '<g onload="" ><text>b="c">d</text></g>',
    ):
        found = square('viewBox="0 0 40 40"', inside)
        assert "event-handler" in [violation.kind for violation in found.violations]
        assert found.measurement is None
    huge = square('width="1mm" height="1e308mm"')
    assert [violation.kind for violation in huge.violations] == ["oversize"]
    assert huge.missing_viewbox is None
