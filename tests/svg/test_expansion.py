from toolkit.svg.expansion import CEILING, drawn, may_multiply
from toolkit.svg.names import SVG
from toolkit.svg.reader import read


def counts(body: str) -> list[int]:
    return drawn(read(f'<svg xmlns="{SVG}">{body}</svg>'.encode()))


def test_an_element_counts_with_what_it_contains() -> None:
    assert counts("<g><path/><path/></g><g/>") == [5, 3, 1, 1, 1]


def test_a_reference_counts_what_it_refers_to() -> None:
    assert counts('<g id="a"><path/></g><use href="#a"/><rect fill="url(#a)" style="mask:url(\'#a\')"/>') == [
        11,
        2,
        1,
        3,
        5,
    ]


def test_a_class_refers_as_its_rule_does() -> None:
    assert counts('<style>.x, .y{fill:url(#a)}</style><g id="a"><path/></g><rect class="z y"/>')[-1] == 3


def test_a_reference_to_nothing_counts_nothing() -> None:
    assert counts('<use href="#none"/><use href="a.svg#b"/>') == [3, 1, 1]


def test_a_circle_ends() -> None:
    assert counts('<g id="a"><use href="#a"/></g><use href="#a"/>')[0] < 10


def test_counting_stops_at_the_ceiling() -> None:
    uses = [10 * f'<use href="#a{n}"/>' for n in range(40)]
    body = '<g id="a0"/>' + "".join(f'<g id="a{n + 1}">{use}</g>' for n, use in enumerate(uses))
    assert counts(body)[0] == CEILING


def test_few_references_need_no_count() -> None:
    few = '<use href="#a"/>' * 8
    assert not may_multiply(read(f'<svg xmlns="{SVG}">{few}</svg>'.encode()))
    assert may_multiply(read(f'<svg xmlns="{SVG}">{few}<g fill="URL(#a)"/></svg>'.encode()))
