import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.svg.names import SVG, XLINK, name_of
from toolkit.svg.reader import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, SvgError, read

HEAD = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}">'


def svg(body: str) -> bytes:
    return f"{HEAD}{body}</svg>".encode()


def test_elements_are_flat_and_know_their_parent() -> None:
    document = read(svg('<g id="a"><path d="M0 0"/></g><use xlink:href=" #a "/>'))
    assert [(e.name.local, e.depth, e.parent) for e in document.elements] == [
        ("svg", 1, -1),
        ("g", 2, 0),
        ("path", 3, 1),
        ("use", 2, 0),
    ]
    assert document.elements[2].get("d") == "M0 0"
    assert document.elements[3].href == "#a"
    assert [e.name.local for e in document.named("use", "path")] == ["path", "use"]


def test_names_are_kept_as_xml_and_as_html_read_them() -> None:
    document = read(svg('<x:g xmlns:x="http://www.w3.org/2000/svg" xlink:title="t" title="u"/>'))
    element = document.elements[1]
    assert element.name == (SVG, "g", "x")
    assert element.name.written == "x:g"
    assert element.get("title") == "u"
    assert list(document.named("g")) == [element]


def test_text_is_that_of_its_element() -> None:
    document = read(svg("<style> a<![CDATA[b]]>c<!-- no -->d </style><g>\n</g><title>t</title>"))
    assert document.texts == {1: " abcd ", 3: "t"}
    assert list(document.sheets()) == [" abcd "]
    assert len(document.comments) == len(document.cdata) == 1


def test_places_count_code_points() -> None:
    document = read(svg("<!-- é 🎉 --><g id='ü'\n  class='b'/><path/>"))
    g, path = document.elements[1:]
    assert document.text[slice(*document.tag_span(g))] == "<g id='ü'\n  class='b'/>"
    assert document.text[slice(*document.attribute_span(g, "class"))] == "class='b'"
    assert document.text[slice(*document.tag_span(path))] == "<path/>"
    assert document.text[slice(*document.tag_span(g))].startswith("<g")


def test_a_byte_order_mark_does_not_count() -> None:
    assert read(b"\xef\xbb\xbf" + svg("")).root.offset == 0


@pytest.mark.parametrize(
    ("body", "span"),
    [
        ("<g/>", "<g/>"),
        ("<g a='>'><g b=\"&lt;/g>\"/></g><g/>", "<g a='>'><g b=\"&lt;/g>\"/></g>"),
        ("<g><!-- </g> --><![CDATA[</g>]]><?x </g>?></g >", "<g><!-- </g> --><![CDATA[</g>]]><?x </g>?></g >"),
    ],
)
def test_an_element_ends_with_its_own_end_tag(body: str, span: str) -> None:
    document = read(svg(body))
    assert document.text[slice(*document.element_span(document.elements[1]))] == span


@pytest.mark.parametrize(
    ("data", "fault", "line", "column"),
    [
        (b"", "xml", 1, 1),
        (svg("\n <g>"), "xml", 2, 7),
        (svg("\n é<text>&nbsp;</text>"), "entity", 2, 9),
        (svg("\n é<g id='&nbsp;'/>"), "entity", 2, 10),
        (b"<!DOCTYPE svg>\n<html/>", "root", 2, 1),
        (HEAD.encode() + b"\n \xff", "encoding", 2, 2),
        (HEAD.encode() + b"\n \0", "encoding", 2, 2),
        (b"<svg" + b" " * MAX_BYTES, "size", 1, 1),
        (svg("<g>" * MAX_DEPTH), "size", 1, len(HEAD) + 3 * (MAX_DEPTH - 1) + 1),
        (svg("<g/>" * MAX_ELEMENTS), "size", 1, len(HEAD) + 4 * (MAX_ELEMENTS - 1) + 1),
    ],
)
def test_what_is_refused_has_a_place(data: bytes, fault: str, line: int, column: int) -> None:
    with pytest.raises(SvgError) as refused:
        read(data)
    error = refused.value
    assert (error.fault, error.line, error.column) == (fault, line, column)
    assert str(error)
    assert error.help


def test_the_limits_themselves_are_allowed() -> None:
    deep = "<g>" * (MAX_DEPTH - 1) + "</g>" * (MAX_DEPTH - 1)
    assert read(svg(deep)).elements[-1].depth == MAX_DEPTH
    assert len(read(svg("<g/>" * (MAX_ELEMENTS - 1))).elements) == MAX_ELEMENTS
    assert len(read(svg(" " * (MAX_BYTES - len(svg(""))))).data) == MAX_BYTES


def test_an_external_dtd_does_not_hide_unknown_entities() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    assert read(doctype + svg("")).doctype is not None
    with pytest.raises(SvgError, match=r"&x;"):
        read(doctype + svg('<g id="java&x;script"/>'))


def nested() -> st.SearchStrategy[str]:
    words = st.text("aé🎉<>&'\"-]! \n", max_size=6)
    attributes = st.dictionaries(st.sampled_from(["id", "class", "xlink:title"]), words, max_size=3)
    leaf = st.builds(_element, attributes, st.just(""))
    return st.recursive(leaf, lambda inner: st.builds(_element, attributes, st.lists(inner).map("".join)), max_leaves=9)


def _element(attributes: dict[str, str], content: str) -> str:
    def quoted(value: str) -> str:
        return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

    written = "".join(f'\n{name} = "{quoted(value)}"' for name, value in attributes.items())
    return f"<g{written}>{content}<!-- </g> é --></g>"


@settings(max_examples=60)
@given(nested())
def test_every_tag_and_attribute_is_found_again(body: str) -> None:
    document = read(svg(body))
    for element in document.elements:
        tag = document.start_tag(element)
        assert tag.name == element.name.written
        own = {name for name in tag.attributes if not name.startswith("xmlns")}
        assert own == {name_of(key).written for key in element.attributes}
        for key in element.attributes:
            assert document.text[slice(*document.attribute_span(element, key))].endswith('"')
        whole = document.text[slice(*document.element_span(element))]
        assert whole.endswith(f"</{tag.name}>")


@settings(max_examples=100)
@given(st.binary(max_size=60), st.binary(max_size=20))
def test_damage_never_ends_in_another_exception(junk: bytes, more: bytes) -> None:
    for data in (junk, svg("") + junk, HEAD.encode() + junk + b"<g/>" + more + b"</svg>"):
        try:
            assert read(data).root.name.local == "svg"
        except SvgError as error:
            assert error.line >= 1
            assert error.column >= 1
