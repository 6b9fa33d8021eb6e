"""Linting takes work in proportion to what it reads, whatever is repeated where; counted, not timed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.growth import UNITS, outgrown
from tests.often import often
from toolkit import baseline
from toolkit.config import Settings, load
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.examples import merge, sample
from toolkit.integration import Integration
from toolkit.json_text import dumps
from toolkit.metrics.definition import load_metrics

ALL = Settings(pedantic=True)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'


def in_manifest(text: str) -> dict[str, bytes]:
    """The text in whatever a manifest has of texts: words, addresses, keys, templates."""
    hook = {
        "templates": {"flag": "a.hbs"},
        "endpoint": {
            "url": f"https://example.com/{text}",
            "method": "POST",
            "headers": [{"name": text, "value": f"{{{{a}}}}{text}"}],
        },
    }
    variable = {"key": f"a{text}", "name": text, "type": "string", "description": text, "placeholder": text}
    changes = {
        "overview": text,
        "description": text,
        "author": text,
        "otherCapabilities": [text],
        "links": {"site": f"https://example.com/?{text}", "supportEmail": text},
        "formVariables": [variable],
        "capabilities": {"auditLogEventsHook": hook},
        f"key{text}": text,
    }
    return {"manifest.json": dumps(merge(json.loads(sample()["manifest.json"]), changes)).encode()}


TEMPLATE = {"capabilities": {"auditLogEventsHook": {"templates": {"flag": "a.hbs"}}}}
PLACES: dict[str, Callable[[str], dict[str, bytes]]] = {
    "manifest": in_manifest,
    "README and other files": lambda text: {
        "README.md": b"# Acme\n\n" + text.encode(),
        "manifest.json.txt": text.encode(),
        "other.json": text.encode(),
    },
    "icons": lambda text: {
        "assets/square.svg": f"{HEAD}<title>{text}</title><path d='{text}' style='{text}'/></svg>".encode(),
        "assets/horizontal.svg": text.encode(),
    },
    "template": lambda text: {
        "a.hbs": text.encode(),
        "manifest.json": dumps(merge(json.loads(sample()["manifest.json"]), TEMPLATE)).encode(),
    },
}


def units(place: str) -> tuple[str, ...]:
    """One unit in twelve, other ones for each place; all of them with `--hypothesis-profile explore`."""
    step = often(12, 1)
    return UNITS[list(PLACES).index(place) % step :: step]


@pytest.mark.parametrize("place", PLACES)
def test_of_a_whole_lint(place: str) -> None:
    def look(text: str) -> None:
        lint(Integration.from_files("acme", {**sample(), **PLACES[place](text)}), ALL)

    look("a")  # whatever is imported and compiled only once
    found = {unit: grown for unit in units(place) if (grown := outgrown(look, unit))}
    assert not found


def refused(read: Callable[[Path], object], path: Path) -> Callable[[str], None]:
    def look(text: str) -> None:
        path.write_bytes(text.encode())
        try:
            read(path)
        except LditError:
            return

    return look


@pytest.mark.parametrize("around", ["{}", "a = {}", "a = [{}]", 'a = """{}"""', '[["{}"]]', '{{"a": {}}}'])
@pytest.mark.parametrize("read", [load, baseline.load, load_metrics], ids=["ldit.toml", "baseline", "metrics.json"])
def test_of_files_of_our_own(read: Callable[[Path], object], around: str, tmp_path: Path) -> None:
    look = refused(read, tmp_path / "ldit.toml")
    found = {}
    for unit in (*UNITS, "[a]\n", "a.", "a=1\n", "[[a]]\n", "{a=1},", "a={a=", "'", "9"):
        if grown := outgrown(lambda text: look(around.format(text)), unit):
            found[unit] = grown
    assert not found
