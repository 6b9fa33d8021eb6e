"""Work and memory grow with the length of an icon, whatever is repeated in it; counted, not timed."""

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from toolkit.svg.canvas import canvas
from toolkit.svg.document import SvgDocument
from toolkit.svg.drawable import beyond_the_renderer
from toolkit.svg.fixes import add_viewbox, without_editor_metadata
from toolkit.svg.geometry import frame
from toolkit.svg.inspection import inspect
from toolkit.svg.names import SVG, XLINK
from toolkit.text_edits import apply

SIZES = 40, 80, 160
"""Repetitions, each twice as many; fewer than the violations that are named at most."""
COUNTED = str(Path(inspect.__code__.co_filename).parent), "tinycss2"
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"


def svg(body: str, before: str = "", attributes: str = "") -> str:
    head = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" xmlns:i="{INKSCAPE}" viewBox="0 0 9 9"{attributes}>'
    return f"{before}{head}{body}</svg>"


def repeated(unit: str, around: str = "{}") -> Callable[[int], str]:
    return lambda count: svg(around.format("".join(unit.replace("#", str(n)) for n in range(count))))


def in_style(unit: str, after: str = "") -> Callable[[int], str]:
    return lambda count: svg(f"<style>{unit * count}{after}</style>")


def in_attribute(name: str, unit: str) -> Callable[[int], str]:
    return lambda count: svg(f'<path {name}="{unit * count}"/>')


def bare(before: str, unit: str, after: str) -> Callable[[int], str]:
    return lambda count: before + "".join(unit.replace("#", str(n)) for n in range(count)) + after


def chained(element: str, reference: str) -> Callable[[int], str]:
    def made(count: int) -> str:
        links = (f'<{element} id="a{n}">{reference.format(n + 1)}</{element}>' for n in range(count))
        return svg("".join(links))

    return made


SHAPES: dict[str, Callable[[int], str]] = {
    "attributes": lambda n: svg("<g " + " ".join(f'a{i}="b"' for i in range(n)) + "/>"),
    "handlers": lambda n: svg("<g " + " ".join(f'ona{i}="b"' for i in range(n)) + "/>"),
    "handlers of many elements": repeated('<g onload="a"/>'),
    "attributes of editors": lambda n: svg("<g " + " ".join(f'i:a{i}="b"' for i in range(n)) + "/>"),
    "namespaces": lambda n: svg("<g " + " ".join(f'xmlns:a{i}="{INKSCAPE}"' for i in range(n)) + "/>"),
    "elements": repeated('<path d="M0 0"/>'),
    "elements beyond ASCII": repeated('<path id="é#"/>é'),
    "elements of editors": repeated("<i:a/>\n"),
    "elements of editors in one": repeated("<i:a/>", "<i:b>{}</i:b>"),
    "metadata": repeated("<metadata>a</metadata> "),
    "scripts": repeated("<script>a</script>"),
    "titles": repeated("<title><b/></title>"),
    "styles": repeated("<style>.a#{{fill:url(#b)}}</style>".replace("{{", "{").replace("}}", "}")),
    "comments": repeated("<!-- a -->"),
    "comments cut short": repeated("<!--> a -->"),
    "comments between letters": repeated("x<!---->", "<text>{}</text>"),
    "CDATA sections": repeated("<![CDATA[<a]]>", "<text>{}</text>"),
    "packets": repeated("<?xpacket a?>"),
    "instructions": repeated("<?php a?>"),
    "texts": repeated("a &lt; é ", "<text>{}</text>"),
    "white space": repeated(" \n", "<metadata/>{}<metadata/>"),
    "path": in_attribute("d", "M0 0h9v9z "),
    "path of one number": in_attribute("d", "1"),
    "viewBox": lambda n: svg("", attributes=f' width="{"1" * n}" height="{"1 " * n}"'),
    "plain style": in_attribute("style", "fill:red;"),
    "own paint": in_attribute("style", "fill:url(#a);"),
    "foreign paint": in_attribute("style", "fill:url(a);"),
    "colors": in_attribute("style", "fill:rgb("),
    "address": in_attribute("style", "url("),
    "calls": in_attribute("style", "a("),
    "brackets": in_attribute("style", "(["),
    "braces": in_attribute("style", "{"),
    "escapes": in_attribute("style", "\\61"),
    "backslashes": in_attribute("style", "url(\\"),
    "sheet of classes": in_style(".a{fill:red}"),
    "sheet of paints": in_style(".a{fill:url(#b)}"),
    "sheet of one selector": in_style("g ", "{fill:red}"),
    "sheet of names for the page": in_style("body,", "p{fill:red}"),
    "sheet of rules for the page": in_style("p{fill:red}"),
    "sheet of foreign paints": in_style(".a{fill:url(b)}"),
    "sheet of nested rules": in_style("@media all{"),
    "sheet of imports": in_style("@import 'a';"),
    "sheet of quotes": in_style("'"),
    "sheet of comments": in_style("/*"),
    "sheet of markup": in_style("&lt;!--"),
    "sheet of addresses without an end": in_style("url(", "\\"),
    "references": repeated('<use href="#a"/>'.replace("#", "&#35;"), '<g id="a"/>{}'),
    "references to nothing": repeated('<use href="&#35;a#"/>'),
    "references to itself": repeated('<use href="&#35;a"/>', '<g id="a">{}</g>'),
    "chain of references": chained("g", '<use href="#a{}"/>'),
    "chain of patterns": chained("pattern", '<path fill="url(#a{})"/>'),
    "the same id": repeated('<g id="a"/><use href="&#35;a"/>'),
    "classes": repeated('<g class="a b c"/>', "<style>.a,.b,.c{{fill:url(#d)}}</style><g id='d'/>{}"),
    "nested": lambda n: svg("<g>" * (n // 2) + "</g>" * (n // 2)),
    "nested styles": lambda n: svg("<style>a" * (n // 2) + "</style>" * (n // 2)),
    "links": repeated('<a href="b"/>'),
    "images": repeated('<image href="data:image/png;base64,iVBORw0KGgo="/>'),
    "image of blanks": in_attribute("href", "data: "),
    "foreign objects": repeated('<foreignObject requiredExtensions="http://ns.adobe.com/"/>', "<switch>{}</switch>"),
    "filters": repeated('<feTurbulence numOctaves="1000000"/>', "<filter>{}</filter>"),
    "kernels": in_attribute("order", "9 "),
    "entities": bare("<!DOCTYPE svg [", '<!ENTITY a# "b">', f']><svg xmlns="{SVG}"/>'),
    "entities in use": bare(f'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="{SVG}">', "&a;", "</svg>"),
    "entities without an end": bare("<!DOCTYPE svg [", "<!ENTITY a '", ""),
    "comments before": bare("", "<!-- a -->", f'<!DOCTYPE svg SYSTEM "a"><svg xmlns="{SVG}"/>'),
    "comments without an end": bare('<!DOCTYPE svg [<!ENTITY a "b">]><svg>', "<!--", ""),
}


def look(text: str) -> None:
    """What is done with an icon before it is drawn, and with its fixes."""
    inspection = inspect(text.encode())
    document = inspection.document
    if not isinstance(document, SvgDocument):
        assert inspection.violations == ()
        return
    assert document.references.missing is not None
    assert document.references.ambiguous(document.elements) is not None
    for fix in (without_editor_metadata(document), add_viewbox(document)):
        apply(text, fix)
    beyond_the_renderer(document)
    if shape := frame(document).shape:
        canvas(document, shape, width=9)


def work(text: str) -> int:
    """The lines of Python that run for an icon, each with how often it does."""
    count = 0

    def each(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return each if any(part in frame.f_code.co_filename for part in COUNTED) else None

    before = sys.gettrace()
    sys.settrace(each)
    try:
        look(text)
    finally:
        sys.settrace(before)
    return count


def memory(text: str) -> int:
    """The most bytes that are held at once for an icon."""
    tracemalloc.start()
    try:
        look(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", SHAPES)
def test_twice_as_long_is_twice_as_much(name: str) -> None:
    texts = [SHAPES[name](size) for size in SIZES]
    look(texts[0])  # what is imported or compiled once does not count
    few, more, most = map(work, texts)
    assert most - more <= 2.4 * max(more - few, 0) + 40
    small, large, largest = map(memory, texts)
    assert largest - large <= 2.4 * max(large - small, 0) + 30_000


def test_growth_that_is_not_linear_is_seen() -> None:
    def quadratic(count: int) -> int:
        return work(svg("<g>" * (count // 10) + "a" * count + "</g>" * (count // 10))) + count * count

    few, more, most = map(quadratic, SIZES)
    assert most - more > 2.4 * (more - few) + 40
