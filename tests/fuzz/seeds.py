"""What cases start from: the sample integration and the bad examples of the rules."""

import json
from functools import cache
from typing import Any

from tests.fuzz.case import Case
from tests.growth import UNITS
from toolkit.examples import damaged, sample
from toolkit.rules import RULES

TOKENS = tuple(unit.encode() for unit in UNITS)


@cache
def directories() -> tuple[Case, ...]:
    """Whole integrations, each once."""
    examples = [damaged(patch) for rule in RULES.values() for patch in rule.bad]
    found = [{path: file.data for path, file in one.files.items() if file.readable} for one in examples]
    return tuple({repr(case): case for case in (dict(sample()), *found)}.values())


@cache
def texts(end: str) -> tuple[bytes, ...]:
    """The files of those whose paths end so."""
    return tuple({data: None for case in directories() for path, data in case.items() if path.endswith(end)})


@cache
def values() -> tuple[Any, ...]:
    """The manifests of those that are JSON."""
    found = []
    for data in texts("manifest.json"):
        try:
            found.append(json.loads(data))
        except (ValueError, RecursionError):
            continue
    return tuple(found)


@cache
def templates() -> tuple[bytes, ...]:
    """Every text of those manifests in which something is inserted."""
    return tuple({text.encode("utf-8", "surrogatepass"): None for value in values() for text in _strings(value)})


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if "{{" in value else []
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


TOML = (
    b'fail-on = "warning"\npedantic = true\nignore = ["icons"]\n',
    b'[[waive]]\nrule = "overview-without-period"\npath = "."\nreason = "old"\n',
    b'[severity]\nwording = "note"\n\n[[paths]]\npath = "integrations/*"\nignore = ["readme"]\n',
)
TOML_TOKENS = (
    *(b"=", b"[", b"]", b"[[", b"]]", b"[a]", b"{", b"}", b"{a=1}", b'"', b"'''", b'"""', b"#", b".", b",", b"\n"),
    *(
        b"9" * 5_000,
        b"1e999",
        b"-inf",
        b"nan",
        b"0x",
        b"1979-05-27",
        b"07:32:00",
        b"\\ud800",
        b"\\u0000",
        b"\xed\xa0\x80",
    ),
    *(
        b"select = []",
        b"[[waive]]\n",
        b"[[paths]]\n",
        b"[severity]\n",
        b"path = '*'\n",
        b"**/",
        b"[!a",
        b"..",
        b"[tool.ldit]\n",
    ),
)
BASELINES = (
    b'{"version": 1, "findings": {"0123456789abcdef0123456789abcdef": {"rule": "a"}}}',
    b'{"version": 1, "findings": {}}',
    b'{"version": 2}',
)
METRICS = (
    *json.loads(sample()["metrics.json"]),
    {"key": "a", "kind": "custom", "eventKey": "c", "isNumeric": True, "unit": "ms", "name": "b", "tags": ["d"]},
    {"key": "a", "kind": "click", "selector": ".b", "urls": [{"kind": "exact", "url": "https://example.com/"}]},
    {"key": "a", "kind": "pageview", "urls": [{"kind": "regex", "pattern": "a+"}], "randomizationUnits": ["user"]},
)
SVG_TOKENS = (
    *(
        b"<",
        b"/>",
        b">",
        b"</svg>",
        b"<g>",
        b"</g>",
        b"<path ",
        b'd="M0 0h24v24z"',
        b'"',
        b"'",
        b"&",
        b"&#35;",
        b"&a;",
        b"=",
    ),
    *(
        b'<use href="#a"/>',
        b'id="a"',
        b'onclick="x"',
        b"<style>",
        b"</style>",
        b'="a"',
        b"a{fill:url(#b)}",
        b"@import 'a';",
    ),
    *(
        b'width="1mm"',
        b'height="1e308mm"',
        b'height="24"',
        b'viewBox="0 0 24 24"',
        b'viewBox="1e999 0 0 -1"',
        b"<text>",
        b"</text>",
    ),
    *(
        b'<image href="data:image/png;base64,iVBORw0KGgo="/>',
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<!DOCTYPE svg [",
        b"<!ENTITY a 'b'>",
    ),
    *(
        b'transform="rotate(45)"',
        b'transform="scale(1e308)"',
        b"<filter>",
        b"<feTurbulence numOctaves='99'/>",
        b"<mask id='m'>",
        b"url(#m)",
    ),
    *(
        b" \n",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"<metadata>",
        b"xmlns:i='http://www.inkscape.org/namespaces/inkscape'",
        b"i:a='b'",
    ),
    *(
        b'style="',
        b"fill:none",
        b"opacity:0",
        b"<switch>",
        b"<foreignObject>",
        b"<animate attributeName='x'/>",
        b"<symbol id='a'>",
    ),
)
