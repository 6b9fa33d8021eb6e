"""What is refused, and what is not: a file dropped into ``hostile/<kind>/`` or ``harmless/`` is a test more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.svg.drawable import NotMeasured
from toolkit.svg.embedded import decode
from toolkit.svg.names import SVG, XLINK
from toolkit.svg.reader import SvgError, read
from toolkit.svg.renderer import default_renderer
from toolkit.svg.safety import MAX_VIOLATIONS, violations
from toolkit.svg.violation import Violation

HERE = Path(__file__).parent
HOSTILE = sorted(HERE.glob("hostile/*/*.svg"))
HARMLESS = sorted(HERE.glob("harmless/*.svg"))
DECODED = "decoded"


def found(body: str) -> list[Violation]:
    root = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">{body}</svg>'
    return list(violations(read(root.encode())))


def verdicts(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Kind, message and help of everything that is refused in a file."""
    try:
        drawing = read(data)
    except SvgError as error:
        yield error.fault, str(error), error.help
        return
    for violation in violations(drawing):
        assert 0 <= violation.start < violation.end <= len(drawing.text)
        yield violation.kind, violation.message, violation.help
    for violation in decode(drawing).violations:
        assert violation.kind == "embedded-data"
        yield DECODED, violation.message, violation.help


def test_the_collections_are_there() -> None:
    assert len(HOSTILE) >= 150
    assert len(HARMLESS) >= 60


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_hostile(path: Path) -> None:
    data = path.read_bytes()
    given_verdicts = list(verdicts(data))
    assert path.parent.name in {kind for kind, _, _ in given_verdicts}
    for _, message, remedy in given_verdicts:
        assert message[0].islower() or message.startswith(("`", "UTF"))
        assert remedy
        assert not message.endswith(".")
        assert (message + remedy).isprintable()
    assert isinstance(default_renderer().measure(data), NotMeasured)


@pytest.mark.parametrize("path", HARMLESS, ids=lambda path: path.stem)
def test_harmless(path: Path) -> None:
    assert list(verdicts(path.read_bytes())) == []


@pytest.mark.parametrize(
    ("body", "place", "message", "remedy"),
    [
        ("<script>x</script>", "<script>", "contains a script", "remove the `script` element"),
        ("<g onload='x'/>", "onload='x'", "the `onload` handler runs a script", "remove the `onload` handler"),
        (
            '<use xlink:href="a.svg#b"/>',
            'xlink:href="a.svg#b"',
            "`use` refers to a.svg#b, outside the file",
            "copy the shape into this file",
        ),
        (
            '<g style="fill:url(a.png)"/>',
            'style="fill:url(a.png)"',
            "the style loads a.png",
            "refer to parts of this file only, as in url(#id)",
        ),
        (
            "<style>.a{}\n.b{fill:url( 'a' )}</style>",
            "url( 'a' )",
            "the style loads a",
            "refer to parts of this file only, as in url(#id)",
        ),
        (
            "<foreignObject><p/></foreignObject>",
            "<foreignObject>",
            "`foreignObject` holds something other than a drawing",
            "remove it, or export again without the editor's own data",
        ),
        ("<?php x?>", "<?php x?>", "contains the processing instruction `php`", "remove it"),
    ],
)
def test_an_offence_says_what_and_where(body: str, place: str, message: str, remedy: str) -> None:
    [violation] = found(body)
    root = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">{body}</svg>'
    assert root[violation.start : violation.end] == place
    assert (violation.message, violation.help) == (message, remedy)


def test_every_offence_is_named_at_its_own_place() -> None:
    body = '<g onload="a" onclick="b"><rect onload="c"/></g><style>.a{fill:url(a);stroke:url(a)}</style>'
    spans = [(violation.start, violation.end) for violation in found(body)]
    assert len(spans) == len(set(spans)) == 5


def test_what_goes_with_a_refused_element_is_not_named_again() -> None:
    assert len(found("<foreignObject><script onload=''>a</script><a href='b'/></foreignObject>")) == 1


def test_what_a_link_contains_stays_and_is_judged() -> None:
    assert [violation.kind for violation in found("<a><g onload=''/></a>")] == ["external-reference", "event-handler"]


def test_a_flood_of_offences_is_cut_short() -> None:
    assert len(found("<g onload=''/>" * 4000)) == MAX_VIOLATIONS


@settings(max_examples=60)
@given(
    st.text("abc:/.#(){};\\'\"@<&- \n\téurlfo", max_size=30),
    st.sampled_from(["fill", "style", "href", "onx", "to", "class"]),
)
def test_no_value_ends_in_an_exception(value: str, attribute: str) -> None:
    quoted = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    for violation in found(f'<set {attribute}="{quoted}"/><style>{quoted}</style>'):
        assert violation.message.isprintable()
