"""Fixes of the damaged integrations of the conformance corpus, if present."""

import base64
import gzip
import json
import random
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.often import often
from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.finding import Finding, Severity
from toolkit.fixes import fix
from toolkit.integration import File, Integration, Kind
from toolkit.json_text import read

ALL = Settings()
EACH = often(10, 100)
"""Of every kind that is to be undone, and of all others together five times as many."""
UNDONE = ("overview_no_period", "name_padded", "trailing_newline", "key_case", "json_bom", "unchanged")
"""Kinds of damage of which nothing is left, but for the order of keys."""
Mutant = dict[str, Any]


@cache
def undamaged(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def unpacked(corpus: Path, mutant: Mutant) -> Integration:
    """A damaged integration, in memory."""
    held: dict[str, bytes | File] = dict(undamaged(corpus / "integrations" / mutant["base"]))
    for name, change in mutant["changes"].items():
        if change is None:
            held = {path: data for path, data in held.items() if not f"{path}/".startswith(f"{name}/")}
        elif name.endswith("/"):
            held[name[:-1]] = File.absent(name[:-1], Kind.directory)
        else:
            held[name] = base64.b64decode(change["base64"]) if "base64" in change else change["text"].encode()
    return Integration.from_files(mutant["base"], held)


@pytest.fixture(scope="module")
def mutants(corpus: Path) -> list[Mutant]:
    """A sample of them, with some of every kind that is to be undone."""
    with gzip.open(corpus / "mutants.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    drawn = random.Random(300)
    chosen = list[Mutant]()
    for kind in UNDONE:
        those = [mutant for mutant in found if mutant["kind"] == kind]
        assert those
        chosen += drawn.sample(those, min(EACH, len(those)))
    rest = [mutant for mutant in found if mutant["kind"] not in UNDONE]
    return chosen + drawn.sample(rest, min(5 * EACH, len(rest)))


def errors(findings: tuple[Finding, ...]) -> int:
    return sum(finding.severity is Severity.error for finding in findings)


def contents(integration: Integration) -> dict[str, object]:
    """What is in the files: of JSON the value, of an icon the tree, None where it can be neither."""
    return {path: parsed(path, file.data) for path, file in integration.files.items() if file.readable}


def parsed(path: str, data: bytes) -> object:
    try:
        if path.endswith(".json"):
            return [read(data).value]
        return ElementTree.canonicalize(data.decode()) if path.endswith(".svg") else data
    except (LditError, ElementTree.ParseError, UnicodeDecodeError):
        return None


def test_fixes_of_damaged_integrations(corpus: Path, mutants: list[Mutant]) -> None:
    good: dict[str, dict[str, object]] = {}
    for mutant in mutants:
        before, base = unpacked(corpus, mutant), mutant["base"]
        result = fix(before, ALL)
        after = result.integration
        assert errors(result.findings) <= errors(lint(before, ALL).findings), mutant["id"]
        changed = after.changed_since(before)
        for path, data in changed.items():
            assert parsed(path, data) is not None or parsed(path, before.files[path].data) is None, mutant["id"]
        if changed:
            assert fix(after, ALL).integration.changed_since(after) == {}, mutant["id"]
        if mutant["kind"] in UNDONE:
            if base not in good:
                good[base] = contents(fix(unpacked(corpus, {"base": base, "changes": {}}), ALL).integration)
            assert contents(after) == good[base], mutant["id"]
            assert "unformatted-json" not in {finding.rule for finding in result.findings}
