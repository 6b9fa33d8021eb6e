"""The gate of a fork: its schema and the lists in its tests."""

import json
import os
import time
from pathlib import Path

import pytest

from toolkit.fork.gate import OAUTH, SHARED_KEYS, gate, official_gate, read_gate
from toolkit.integration.around import root_around
from toolkit.schema import official

TESTS = """
const schema = require('../manifest.schema.json');
// const OAUTH_INTEGRATIONS = ['never'];
/* const OAUTH_INTEGRATIONS = ["never"]; */
const OAUTH_INTEGRATIONS = [
  'appdynamics', // the first
  "sentry",
  'acme-signals',
]; // add oauth integrations here

const isQuoted = text => /['"]/.test(text);

test('oauth keys', () => {
  const known = new Set(['servicenow', 'servicenow-app', 'acme-orders']);
  expect(['flag', 'project']).toContain(kind);
});
"""


def test_the_lists_of_the_tests_decide() -> None:
    found = gate(None, [b"const a = 1;", TESTS.encode()])
    assert found.oauth == {"appdynamics", "sentry", "acme-signals"}
    assert found.shared_keys == {"servicenow", "servicenow-app", "acme-orders"}
    assert found.schema is official()
    assert found.note == ""


def test_a_typed_list_is_read_too() -> None:
    source = b"export const OAUTH_INTEGRATIONS: readonly string[] = ['sentry', `acme`] as const"
    assert gate(None, [source]).oauth == {"sentry", "acme"}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "const OAUTH_INTEGRATIONS = [];",
        "const OAUTH_INTEGRATIONS = ['a', ...more];",
        "const OAUTH_INTEGRATIONS = [name, 'a'];",
        "const OAUTH_INTEGRATIONS = ['a' + 'b'];",
        "const OAUTH_INTEGRATIONS = load();",
        "const OAUTH_INTEGRATIONS = ['a']; const OAUTH_INTEGRATIONS = ['b'];",
        "const OTHERS = ['a', 'b'];",
        "const OAUTH_INTEGRATIONS = ['a",
        "/* const OAUTH_INTEGRATIONS = ['a'];",
        "\x00\ufffd`${'",
    ],
)
def test_what_looks_otherwise_is_as_in_the_official_gate(source: str) -> None:
    found = gate(None, [source.encode()])
    assert (found.oauth, found.shared_keys) == (OAUTH, SHARED_KEYS)


def test_two_candidates_for_the_shared_keys_are_none() -> None:
    found = gate(None, [b"f(['servicenow']); g(['servicenow', 'acme'])"])
    assert found.shared_keys == SHARED_KEYS


@pytest.mark.parametrize("unit", ["/*", "'", '"', "`", "[", "['a',", "const ", "\\", "//", "['a']", "'a\n"])
def test_long_sources_take_no_time(unit: str) -> None:
    start = time.process_time()
    gate(None, [(unit * 100_000).encode()])
    assert time.process_time() - start < 3


def test_a_fork_on_disk(tmp_path: Path) -> None:
    assert read_gate(tmp_path).schema is official()
    (tmp_path / "__tests__").mkdir()
    (tmp_path / "__tests__" / "validateIntegrationManifests.js").write_text(TESTS)
    (tmp_path / "__tests__" / "notes.md").write_text("const OAUTH_INTEGRATIONS = ['never'];")
    (tmp_path / "manifest.schema.json").write_text(json.dumps({"type": "object", "required": ["tagline"]}))
    found = read_gate(tmp_path)
    assert "acme-signals" in found.oauth
    assert [one.message for one in found.schema.failures({})] == ["`tagline` is missing"]
    assert found.note.startswith("manifest.schema.json of this fork decides")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_only_regular_files_of_the_fork_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.schema.json")
    (tmp_path / "__tests__").mkdir()
    (tmp_path / "elsewhere").write_text("const OAUTH_INTEGRATIONS = ['never'];")
    (tmp_path / "__tests__" / "a.js").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "__tests__" / "b.js").mkdir()
    found = read_gate(tmp_path)
    assert (found.schema, found.oauth) == (official(), OAUTH)


def test_the_official_gate_is_what_an_empty_fork_has(tmp_path: Path) -> None:
    known, empty = official_gate(), read_gate(tmp_path / "missing")
    assert (known.schema, known.oauth, known.shared_keys) == (empty.schema, empty.oauth, empty.shared_keys)


def test_the_root_has_integrations_and_a_schema(tmp_path: Path) -> None:
    inner = tmp_path / "integrations" / "acme"
    inner.mkdir(parents=True)
    assert root_around(inner) is None
    assert read_gate(root_around(inner)) is official_gate()
    (tmp_path / "manifest.schema.json").write_text("{}")
    assert root_around(inner) == root_around(tmp_path) == tmp_path.resolve()
