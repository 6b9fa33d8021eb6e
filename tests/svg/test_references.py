from hypothesis import given
from hypothesis import strategies as st

from toolkit.svg.circles import circular_references
from toolkit.svg.document import SvgDocument
from toolkit.svg.names import SVG, XLINK
from toolkit.svg.reader import read
from toolkit.svg.references import MAX_RULES, Rule


def document(body: str) -> SvgDocument:
    return read(f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">{body}</svg>'.encode())


def names(body: str) -> list[str]:
    return [reference.name for reference in document(body).references.all]


def missing(body: str) -> list[str]:
    found = document(body)
    return [found.text[slice(*found.tag_span(found.elements[r.element]))] for r in found.references.missing]


def test_what_refers() -> None:
    assert names('<use href="#a"/><use xlink:href=" #b "/>') == ["a", "b"]
    assert names('<path fill="url(#c)" style="mask:URL( \'#d\');stroke:#fff"/>') == ["c", "d"]
    assert names("<style>.a{fill:url(#c)}.b{fill:url(#c);stroke:u\\72l(#d)}</style>") == ["c", "d"]


def test_what_does_not_refer() -> None:
    assert names('<use href="#"/><use href=""/><use href="a.svg#b"/><g fill="#fff" data-a="url(#b)" title="#c"/>') == []
    assert names('<i:a xmlns:i="http://www.inkscape.org/namespaces/inkscape" href="#b"/><!-- url(#c) -->') == []
    assert names("<title>url(#a)</title>") == []


def test_the_first_reference_to_each_id_that_is_nowhere() -> None:
    body = '<g id="a"/><use href="#a"/><use href="#b"/><path fill="url(#b)"/><path fill="url(#c)"/>'
    assert missing(body) == ['<use href="#b"/>', '<path fill="url(#c)"/>']
    assert missing('<g id="a b"/><use href="#a%20b"/>') == []


def test_ids_that_are_another_ones_and_referred_to() -> None:
    found = document('<g id="a"/><g id="a"/><path id="b"/><path id="b"/><circle id="a"/><use href="#a"/>')
    assert [element.name.local for element in found.references.ambiguous(found.elements)] == ["circle"]
    assert found.references.ids == {"a": 1, "b": 3}
    assert document('<g id="a"/><g id="a"/>').references.ambiguous(found.elements) == ()


def test_rules_that_refer() -> None:
    sheet = ".a,#b , rect{fill:url(#p)}.c .d{stroke:url(#q)}@media all{*{mask:url(#m)}}.e{fill:red}"
    assert document(f"<style>{sheet}</style>").references.in_sheets == (
        Rule(".a", "p", certain=True),
        Rule("#b", "p", certain=True),
        Rule("rect", "p", certain=True),
        Rule(".c", "q", certain=False),
        Rule(".d", "q", certain=False),
        Rule("*", "m", certain=True),
    )


def test_rules_without_number_are_cut_short() -> None:
    selectors, values = ",".join(f".a{n}" for n in range(300)), "".join(f"fill:url(#n{n});" for n in range(300))
    assert len(document(f"<style>{selectors}{{{values}}}</style>").references.in_sheets) == MAX_RULES + 1


def circles(body: str) -> list[str]:
    found = document(body)
    return [found.text[violation.start : violation.end] for violation in circular_references(found)]


def test_a_circle_is_named_where_it_closes() -> None:
    assert circles('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>') == ['href="#a"']
    assert circles('<pattern id="p"><path fill="url(#p)"/><path stroke="url(#p)"/></pattern>') == ['fill="url(#p)"']
    assert circles('<style>.a{fill:url(#p)}</style><pattern id="p"><g class="a"/></pattern>') == ['class="a"']
    assert circles('<style>g{fill:url(#p)}</style><pattern id="p"><g/></pattern>') == ["<g/>"]
    assert circles('<g id="a"><use href="#a"/></g><g id="b"><use href="#b"/></g>') == ['href="#a"', 'href="#b"']


def test_a_rule_that_may_not_hold_closes_no_circle() -> None:
    assert circles('<style>.x .a{fill:url(#p)}</style><pattern id="p"><g class="a"/></pattern>') == []


def test_the_first_of_two_elements_with_an_id_is_the_one() -> None:
    assert circles('<g id="a"/><g id="a"><use href="#a"/></g>') == []


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_there_is_a_circle_where_a_walk_comes_back(uses: list[tuple[int, int]]) -> None:
    """Held against a search from each of seven groups that use each other."""
    inside = {group: [target for owner, target in uses if owner == group] for group in range(7)}
    used = {group: "".join(f'<use href="#g{target}"/>' for target in targets) for group, targets in inside.items()}
    body = "".join(f'<g id="g{group}">{inner}</g>' for group, inner in used.items())

    def reaches(start: int) -> bool:
        seen, waiting = set[int](), list(inside[start])
        while waiting:
            seen.add(group := waiting.pop())
            waiting += [target for target in inside[group] if target not in seen]
        return start in seen

    assert bool(circles(body)) == any(map(reaches, inside))
