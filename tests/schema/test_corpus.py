"""Agreement with the official gate on accepted and on damaged integrations, and with the field table."""

import copy
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from toolkit.schema import accepts, failures
from toolkit.schema.official import ROLE, manifest_schema


def test_every_accepted_manifest_is_accepted(shared: Path) -> None:
    paths = sorted(shared.glob("corpus/integrations/*/manifest.json"))
    assert len(paths) > 50
    assert {path.parent.name for path in paths if not accepts(json.loads(path.read_text("utf-8")))} == set()


@pytest.fixture
def deep_json() -> Iterator[None]:
    """Some damaged manifests nest deeper than Python's reader follows by default."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(limit)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # JavaScript's reader knows neither NaN nor Infinity


def manifest_of(mutant: dict[str, Any], shared: Path) -> Any:
    """The manifest of a damaged integration; raises ValueError where there is none or it is not JSON."""
    change = mutant["changes"].get("manifest.json", ...)
    if change is ...:
        raw = (shared / "corpus/integrations" / mutant["base"] / "manifest.json").read_bytes()
    elif change is None or "text" not in change:
        raise ValueError("no manifest, or not UTF-8")
    else:
        raw = change["text"].encode()
    return json.loads(raw.decode("utf-8-sig", "replace"), parse_constant=_no_constant)


def test_every_damaged_manifest_has_the_official_verdict(shared: Path, deep_json: None) -> None:
    judged, wrong = 0, []
    with gzip.open(shared / "corpus/mutants.jsonl.gz", "rt", encoding="utf-8") as lines:
        for mutant in map(json.loads, lines):
            try:
                manifest = manifest_of(mutant, shared)
            except ValueError:
                continue
            judged += 1
            if accepts(manifest) is ("schema" in mutant["failed_checks"]):
                wrong.append((mutant["id"], mutant["kind"]))
            assert (failures(manifest) == []) is accepts(manifest)
    assert judged > 1000
    assert wrong == []


def _node(place: str) -> dict[str, Any] | None:
    """The schema at a place of the field table, such as ``/formVariables/*/key``."""
    node: Any = manifest_schema()
    for step in place.strip("/").split("/") if place != "/" else []:
        inner = node.get("items") if step == "*" else node.get("properties", {}).get(step)
        node = node.get("additionalProperties") if step == "{any key}" else inner
        if node is None:
            return None
    return dict(node)


def _bare(schema: Any) -> Any:
    """``schema`` without what is said to readers only, except defaults."""
    if not isinstance(schema, dict):
        return schema
    said = {"$schema", "$id", "title", "description", "patternErrorMessage", ROLE}
    kept = {key: part for key, part in schema.items() if key not in said}
    if "properties" in kept:
        kept["properties"] = {key: _bare(part) for key, part in kept["properties"].items()}
    return {key: _bare(part) if key in ("items", "additionalProperties") else part for key, part in kept.items()}


def _limits(constraints: str) -> dict[str, Any]:
    """The keywords that a row of the field table stands for, without those about its children."""
    words, _, pattern = constraints.partition("pattern ")
    limits: dict[str, Any] = {"pattern": pattern} if pattern else {}
    types = re.match(r"(any \(no type given\)|[a-z|]+)", words)
    assert types, words
    if not types[0].startswith("any"):
        limits["type"] = types[0].split("|") if "|" in types[0] else types[0]
    if found := re.search(r"(\d+)\.\.(\d+) chars", words):
        limits |= {"maxLength": int(found[2])} | ({"minLength": int(found[1])} if found[1] != "0" else {})
    if found := re.search(r"(\d+)\.\.(\d*) items", words):
        limits |= {"minItems": int(found[1])} | ({"maxItems": int(found[2])} if found[2] else {})
    if found := re.search(r"one of: ([^;]*)", words):
        limits["enum"] = found[1].split()
    if found := re.search(r"default (.*)", words):
        limits["default"] = json.loads(found[1])
    if "closed keys" in words and "values:" not in words:
        limits["additionalProperties"] = False
    if "unique items" in words:
        limits["uniqueItems"] = True
    if "format email" in words:
        limits["format"] = "email"
    return limits


def test_every_row_of_the_field_table_is_in_the_schema(shared: Path) -> None:
    rows = [line.split("\t") for line in (shared / "spec/manifest-fields.tsv").read_text("utf-8").splitlines()[1:]]
    assert len(rows) > 200
    children: dict[str, set[str]] = {}
    for presence, place, constraints in rows:
        node = _node(place)
        assert node is not None, place
        if constraints.startswith("same as "):
            assert _bare(node) == _bare(_node(constraints.removeprefix("same as "))), place
        else:
            own = _bare(copy.deepcopy(node))
            limits = {key: own[key] for key in own.keys() - {"properties", "required", "items"}}
            if isinstance(limits.get("additionalProperties"), dict):
                del limits["additionalProperties"]
            assert limits == _limits(constraints), place
        parent, _, name = place.rpartition("/")
        if name not in ("", "*", "{any key}"):
            children.setdefault(parent or "/", set()).add(name)
            assert (presence == "required") is (name in (_node(parent or "/") or {}).get("required", [])), place
    for place, names in children.items():
        assert names == set((_node(place) or {})["properties"]) - {"triggers"}, place
