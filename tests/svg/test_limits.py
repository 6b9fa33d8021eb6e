"""Files made to bring a reader or a renderer down: each ends in a verdict, in little time and memory."""

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.svg.names import SVG, XLINK
from toolkit.svg.reader import MAX_BYTES

SECONDS = 2.0
"""Of processor time, the start of both processes included, so that a busy machine does not fail the test."""
MEGABYTES = 300
ROOT = Path(__file__).parents[2]
JUDGE = """
import re, resource, sys
from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import without_editor_metadata
from toolkit.svg.renderer import IconRenderer
from toolkit.text_edits import apply
data = sys.stdin.buffer.read()
drawing = IconRenderer()
verdict = drawing.measure(data)
document = drawing.inspection(data).document
if isinstance(document, SvgDocument):
    document.references.ambiguous(document.elements), document.references.missing
    apply(document.text, without_editor_metadata(document))
with open("/proc/self/status") as status:
    own = int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
drawing.close()
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
used = sum(each.ru_utime + each.ru_stime for each in usage)
print(used, (own + usage[1].ru_maxrss) / 1024, type(verdict).__name__, verdict)
"""
RECT = '<rect width="50" height="50"/>'


def svg(body: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" viewBox="0 0 100 100">{body}</svg>'.encode()


def filtered(effect: str) -> bytes:
    return svg(f'<filter id="f" x="-9" y="-9" width="99" height="99">{effect}</filter><g filter="url(#f)">{RECT}</g>')


def repeated(element: str, reference: str, levels: int, times: int) -> bytes:
    parts = "".join(
        f'<{element} id="a{level}">{reference.format(level - 1) * times}</{element}>' for level in range(1, levels)
    )
    return svg(f'<{element} id="a0">{RECT}</{element}>{parts}{reference.format(levels - 1)}')


def entities(count: int) -> str:
    chain = "".join(f'<!ENTITY e{n} "&e{n - 1};">' for n in range(1, count))
    return f'<!DOCTYPE svg [<!ENTITY e0 "x">{chain}]>'


def half(unit: str) -> str:
    return unit * (MAX_BYTES // 2 // len(unit))


KILLERS: dict[str, Callable[[], bytes]] = {
    "20,000 nested groups": lambda: svg("<g>" * 20_000 + "</g>" * 20_000),
    "100 nested groups in 95 references": lambda: svg(
        "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(95)) + f'<g id="a95">{RECT}</g>'
    ),
    "use bomb": lambda: repeated("g", '<use href="#a{}"/>', 9, 10),
    "mask bomb": lambda: repeated("mask", '<rect mask="url(#a{})" width="100" height="100"/>', 9, 5),
    "marker bomb": lambda: svg(
        f'<marker id="m" viewBox="0 0 9 9">{RECT * 50}</marker>'
        f'<path marker-mid="url(#m)" d="{"M0 0" + "L9 9 1 1" * 9000}"/>'
    ),
    "filter that hangs": lambda: filtered('<feTurbulence baseFrequency=".1" numOctaves="100000"/>'),
    "numbers that abort the renderer": lambda: svg(
        '<path d="M0 0T300 0 1e-9 -99999 1e-9 50" transform="scale(50000)"/>'
    ),
    "selectors that backtrack": lambda: svg(
        f"<style>{'g ' * 20_000}g{{fill:red}}</style>" + "<g>" * 90 + RECT + "</g>" * 90
    ),
    "entity bomb": lambda: svg("&e9;", entities(10).replace('"&e', '"' + "&e0;" * 99 + "&e")),
    "50,000 entities in a chain": lambda: svg("&e49999;", entities(50_000))[:MAX_BYTES],
    "gzip bomb": lambda: gzip.compress(svg(" " * 20_000_000)),
    "100 MB": lambda: svg(" " * 100_000_000),
    "image bomb": lambda: (Path(__file__).parent / "hostile" / "decoded" / "png-bomb.svg").read_bytes(),
    "addresses without end": lambda: svg(f"<style>{half('url(')}</style>"),
    "colors without end": lambda: svg(f"<style>{half('rgb(')}</style>"),
    "escapes without end": lambda: svg(f"<style>{half(chr(92) + '61')}</style>"),
    "names without end": lambda: svg(f"<style>{half('a ')}</style>"),
    "comments between letters": lambda: svg(f"<text>{half('x<!---->')}</text>"),
    "70,000 attributes": lambda: svg("<g " + " ".join(f'onx{n}=""' for n in range(70_000)) + "/>"),
    "classes that all refer": lambda: svg(
        f"<style>.a{{{''.join(f'fill:url(#i{n});' for n in range(4900))}}}</style>"
        + "".join(f'<g class="a" id="i{n}"/>' for n in range(4900))
    ),
    "blanks in an address": lambda: svg(f'<image href="data:{half(" ")}"/>'),
    "addresses without an end": lambda: svg(f"<style>{half('url(')}{chr(92)}</style>"),
    "styles of many elements": lambda: svg('<g style="fill:a(b)"/>' * 4900),
    "different styles of many elements": lambda: svg("".join(f'<g style="a{n * "b"}:c(d)"/>' for n in range(1300))),
    "brackets without end": lambda: svg(f"<style>{half('((')}</style>"),
    "declarations without end": lambda: svg(f"<style>{half('a:b;')}</style>"),
    "paints that are nowhere": lambda: svg(
        f"<style>.a{{{''.join(f'fill:url(#n{n});' for n in range(20_000))}}}</style>" + '<g class="a"/>' * 4900
    ),
    "selectors that all refer": lambda: svg(
        f"<style>{','.join(f'.a{n}' for n in range(20_000))}"
        f"{{{''.join(f'fill:url(#n{n});' for n in range(20_000))}}}</style>"
    ),
    "references without end": lambda: svg(f'<path style="{half("fill:url(#a);")}"/>'),
    "instructions without end": lambda: svg(half("<?xpacket?>")),
    "metadata without end": lambda: svg("<metadata/> " * 4900),
    "namespaces without end": lambda: svg(
        "<g " + " ".join(f'xmlns:a{n}="http://www.inkscape.org/namespaces/"' for n in range(9_000)) + "/>"
    ),
    "places beyond ASCII": lambda: svg('<g onload="é"/>' * 4900 + "é" * 200_000),
    "comments that do not end": lambda: svg(half("<!--"), '<!DOCTYPE svg [<!ENTITY a "b">]>'),
    "entities that grow": lambda: svg(half("&a;"), f'<!DOCTYPE svg [<!ENTITY a "{"b" * 400_000}">]>'),
    "digits in a size": lambda: svg("").replace(b"viewBox", f'width="{half("1")}!" viewBox'.encode()),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")
@pytest.mark.parametrize("name", KILLERS)
def test_it_ends_soon(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", JUDGE], input=KILLERS[name](), capture_output=True, check=True, cwd=ROOT, timeout=60
    )
    used, peak, verdict = done.stdout.decode().split(maxsplit=2)
    assert float(used) < SECONDS
    assert float(peak) < MEGABYTES
    assert verdict.startswith("NotMeasured") or name in HARMLESS_AFTER_ALL


HARMLESS_AFTER_ALL = {
    "100 nested groups in 95 references",
    "colors without end",
    "names without end",
    "escapes without end",
    "digits in a size",
    "instructions without end",
    "metadata without end",
    "namespaces without end",
}
