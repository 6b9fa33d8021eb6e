"""Every fix changes just what it says: the trees before and after are compared, as another parser reads them."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import add_viewbox, crop_viewbox, without_editor_metadata
from toolkit.svg.geometry import Box
from toolkit.svg.inspection import inspect
from toolkit.svg.names import SVG
from toolkit.svg.reader import SvgError, read
from toolkit.svg.vocabulary import INERT_NAMESPACES
from toolkit.text_edits import Replacement, apply

INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
ILLUSTRATOR = "http://ns.adobe.com/AdobeIllustrator/10.0/"
TRICKY = "aé🎉<>&'\"-=/! \n"
Fix = Callable[[SvgDocument], Iterable[Replacement]]


def quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\n", "&#10;")


def escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


words = st.text(TRICKY, max_size=8)
spaces = st.sampled_from(["", " ", "\n", "\t \r\n"])
names = st.sampled_from(["id", "class", "viewBox", "i:label", "xml:space", "data-a.b", "ø"])


@st.composite
def attributes(draw: st.DrawFn) -> str:
    values = draw(st.dictionaries(names, words, max_size=4))
    return "".join(f' {draw(spaces)}{name}{draw(spaces)}={draw(spaces)}"{quoted(v)}"' for name, v in values.items())


@st.composite
def element(draw: st.DrawFn, content: st.SearchStrategy[str]) -> str:
    name = draw(st.sampled_from(["g", "text", "title", "metadata", "i:grid", "path"]))
    inside = draw(content)
    head = f"<{name}{draw(attributes())}{draw(spaces)}"
    return f"{head}/>" if not inside and draw(st.booleans()) else f"{head}>{inside}</{name}{draw(spaces)}>"


loose = st.one_of(
    words.map(escaped),
    st.sampled_from(
        [
            'a="b">c',
            '/><style>="a"',
            "<!-- </g> <metadata> é -->",
            "<![CDATA[</g><metadata>]]>",
            "<?xpacket end='w'?>",
            "\n  ",
        ]
    ),
)
empty = element(st.just(""))
parts = st.lists(
    st.one_of(empty, element(st.lists(st.one_of(empty, loose), max_size=3).map("".join)), loose), max_size=5
)
content = st.lists(st.one_of(element(parts.map("".join)), loose), min_size=1, max_size=4).map("".join)


@st.composite
def icons(draw: st.DrawFn) -> str:
    sizes = draw(st.dictionaries(st.sampled_from(["width", "height", "viewBox"]), st.sampled_from(["40", "9mm", ""])))
    written = "".join(f" {name}{draw(spaces)}={draw(spaces)}'{value}'" for name, value in sizes.items())
    head = f'<svg{written} xmlns="{SVG}" xmlns:i="{INKSCAPE}"{draw(attributes_of_root)}{draw(spaces)}>'
    return f"{head}{draw(content)}</svg>{draw(ends)}"


ends = st.sampled_from(["", " ", " \n \n", "<!-- end --> \n", "<?xpacket a?>"])
attributes_of_root = st.sampled_from(["", ' i:version="1 > 0"', ' title="a/>b"'])


def tree(text: str) -> ET.Element:
    builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
    return ET.fromstring(text, ET.XMLParser(target=builder))


def flat(node: ET.Element, *, drop: bool = False) -> list[object]:
    """A tree as a list; with ``drop`` without what editors keep for themselves, and without white space in texts."""
    found: list[object] = []
    for child in node:
        gone = drop and is_own(child)
        found += [] if gone else [child.tag, own_attributes(child, drop=drop), *flat(child, drop=drop)]
        found.append(child.tail)
    texts = [node.text, *found]
    if not drop:
        return [text or "" for text in texts]
    merged: list[object] = []
    for item in texts:
        if isinstance(item, str | None) and merged and isinstance(merged[-1], str):
            merged[-1] += "".join((item or "").split())
        else:
            merged.append("".join(item.split()) if isinstance(item, str) else item or "")
    return merged


def is_own(node: ET.Element) -> bool:
    if callable(node.tag):  # a comment or a processing instruction
        return node.tag is ET.ProcessingInstruction and (node.text or "").startswith("xpacket")
    return isinstance(node.tag, str) and node.tag.startswith(("{" + INKSCAPE, "{" + SVG + "}metadata"))


def own_attributes(node: ET.Element, *, drop: bool) -> dict[str, str]:
    return {key: value for key, value in node.attrib.items() if not (drop and key.startswith("{" + INKSCAPE))}


def readable(text: str) -> SvgDocument | None:
    try:
        return read(text.encode())
    except SvgError:
        return None


@settings(max_examples=150)
@given(icons(), st.sampled_from([Box(0, 180.5, 800, 440), Box(-1, 0, 1, 1)]))
@example(f'<svg xmlns="{SVG}" width="4" height="24" ><text>a="b">c</text></svg>', Box(0, 0, 1, 1))
@example(f'<svg xmlns="{SVG}" width="4" height="2"/> \n \n', Box(0, 0, 1, 1))
def test_a_viewbox_is_set_on_the_root_alone(text: str, box: Box) -> None:
    document = readable(text)
    if document is None:
        return
    before = tree(text)
    for fix, changing in ((add_viewbox, {"viewBox"}), (lambda d: crop_viewbox(d, box), {"viewBox", "width", "height"})):
        edits = fix(document)
        after = tree(apply(text, edits))
        assert flat(after) == flat(before)
        assert {**before.attrib, **after.attrib} == after.attrib
        differing = {key for key, value in after.attrib.items() if before.attrib.get(key) != value}
        assert differing <= changing
        if edits:
            assert "viewBox" in differing or before.attrib["viewBox"] == after.attrib["viewBox"]


@settings(max_examples=150)
@given(icons())
@example(f'<svg xmlns="{SVG}" xmlns:i="{INKSCAPE}"><i:a><g/></i:a><?xpacket b?><metadata/></svg> \n \n')
def test_only_metadata_is_removed(text: str) -> None:
    document = readable(text)
    if document is None:
        return
    fixed = apply(text, without_editor_metadata(document))
    assert flat(tree(fixed), drop=True) == flat(tree(text), drop=True)
    assert own_attributes(tree(fixed), drop=True) == own_attributes(tree(text), drop=True)
    assert not any(is_own(node) for node in tree(fixed).iter())
    assert INKSCAPE not in "".join(str(node.attrib) for node in tree(fixed).iter())
    assert without_editor_metadata(read(fixed.encode())) == []


@settings(max_examples=80)
@given(icons())
def test_every_start_tag_and_element_is_where_the_parser_says(text: str) -> None:
    document = readable(text)
    if document is None:
        return
    for found, expected in zip(
        document.elements, (n for n in tree(text).iter() if isinstance(n.tag, str)), strict=True
    ):
        tag = document.start_tag(found)
        own = {name for name in tag.attributes if not name.startswith("xmlns")}
        assert len(own) == len(expected.attrib) == len(found.attributes)
        whole = text[slice(*document.element_span(found))]
        declared = f'<x xmlns="{SVG}" xmlns:i="{INKSCAPE}">{whole}</x>'
        [inner] = tree(declared)
        assert flat(inner) == flat(expected)


def illustrator(doctype: str, body: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>\n<!-- <!DOCTYPE a [ ]> -->\n{doctype}\n<svg xmlns="&ns_svg;"{head}>{body}</svg>\n'


PUBLIC = 'PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'
DECLARED = f"<!ENTITY ns_svg \"{SVG}\">\n\t<!ENTITY ns_ai '{ILLUSTRATOR}'>"


@pytest.mark.parametrize(
    "text",
    [
        illustrator(f"<!DOCTYPE svg {PUBLIC} [\n\t{DECLARED}\n]>", "<g/>"),
        illustrator(f"<!DOCTYPE svg [{DECLARED}] >", "<g i:a='&ns_ai;'/>", ' xmlns:i="&ns_ai;"'),
        illustrator(f"<!DOCTYPE svg [{DECLARED}]>", "<text>&ns_ai; &amp;</text><!-- &x; --><a><![CDATA[&y;]]></a>"),
        illustrator(f'<!DOCTYPE svg [{DECLARED}<!ENTITY ns_ai "second">]>', "<title>&ns_ai;</title>"),
    ],
)
def test_entities_become_what_they_stand_for(text: str) -> None:
    with pytest.raises(SvgError) as refused:
        read(text.encode())
    fixed = apply(text, refused.value.edits)
    assert "<!DOCTYPE svg" not in fixed
    assert "&ns_" not in fixed
    assert flat(tree(fixed)) == flat(tree(text))
    assert tree(fixed).attrib == tree(text).attrib
    assert read(fixed.encode()).root.name.local == "svg"


@pytest.mark.parametrize(
    "text",
    [
        illustrator(f"<!DOCTYPE svg [{DECLARED}<!ATTLIST svg onload CDATA 'x'>]>", ""),
        illustrator(f'<!DOCTYPE svg [{DECLARED}<!ENTITY a "&ns_ai;">]>', "&a;"),
        illustrator(f'<!DOCTYPE svg [{DECLARED}<!ENTITY a "<g/>">]>', "&a;"),
        illustrator(f'<!DOCTYPE svg [{DECLARED}<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        illustrator(f'<!DOCTYPE svg [{DECLARED}<!ENTITY % a "b"> %a;]>', ""),
        illustrator(f"<!DOCTYPE svg [{DECLARED}]>", "&other;"),
        illustrator(f"<!DOCTYPE svg [{DECLARED}]>", "<g>"),
        illustrator(f"<!DOCTYPE svg [{DECLARED}]>", "&ns_ai;" * 5000),
    ],
)
def test_other_entities_stay_refused(text: str) -> None:
    with pytest.raises(SvgError) as refused:
        read(text.encode())
    assert refused.value.edits == ()


def fallback(inside: str, before: str = "<switch>", extension: str = ILLUSTRATOR) -> str:
    own = f'<foreignObject requiredExtensions="{extension}" x="0" width="1">{inside}</foreignObject>'
    end = "</switch>" if before == "<switch>" else "</g>"
    return f'<svg xmlns="{SVG}" xmlns:i="{ILLUSTRATOR}">{before}\n\t{own}\n\t<g><path d="M0 0h9"/></g>{end}</svg>'


def test_what_illustrator_leaves_in_a_switch_is_removed() -> None:
    for inside in ("", "\n", "<i:pgfRef a='b > c'><i:pgf/></i:pgfRef>"):
        text = fallback(inside)
        [violation] = inspect(text.encode()).violations
        fixed = apply(text, violation.edits)
        assert (
            fixed == f'<svg xmlns="{SVG}" xmlns:i="{ILLUSTRATOR}"><switch>\n\t<g><path d="M0 0h9"/></g></switch></svg>'
        )
        assert inspect(fixed.encode()).violations == ()


@pytest.mark.parametrize(
    "text",
    [
        fallback("<path/>"),
        fallback('<p xmlns="http://www.w3.org/1999/xhtml"/>'),
        fallback("", before="<g>"),
        fallback("", extension="http://www.w3.org/1999/xhtml"),
        fallback("", extension=f"{ILLUSTRATOR} http://www.w3.org/1999/xhtml"),
    ],
)
def test_any_other_foreign_object_is_left_to_its_author(text: str) -> None:
    assert [violation.edits for violation in inspect(text.encode()).violations] == [()]


def test_a_foreign_doctype_is_removed() -> None:
    text = f'<!DOCTYPE svg SYSTEM "a.dtd">\n<svg xmlns="{SVG}"/>\n'
    [violation] = inspect(text.encode()).violations
    assert apply(text, violation.edits) == f'<svg xmlns="{SVG}"/>\n'


def test_namespaces_of_editors_are_those_of_the_tests() -> None:
    assert INKSCAPE.startswith(INERT_NAMESPACES)
    assert ILLUSTRATOR.startswith(INERT_NAMESPACES)
