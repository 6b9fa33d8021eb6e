"""How much a JSON file may hold to be read as such."""

import json
import tracemalloc

import pytest

from toolkit.integration import Integration
from toolkit.integration.json_file import VALUES, has_too_many_values


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (json.dumps({"a": [1] * (VALUES - 10)}), True),
        (json.dumps({"a": [1] * (VALUES + 10)}), False),
        (json.dumps({"a": '{[,\\"' * VALUES}), True),
        (json.dumps([{"a": {}}] * (VALUES // 2)), False),
        ("[" * (2 * VALUES), False),
        ('{"a": "' + "," * (2 * VALUES), False),
    ],
    ids=["as many as allowed", "more", "in a text", "objects", "no JSON", "an open text"],
)
def test_what_holds_too_much_is_not_read_and_said(text: str, read: bool) -> None:
    held = Integration.from_files("acme", {"manifest.json": text.encode()})
    assert (held.manifest is not None) is read
    assert held.json("manifest.json").error is None


def test_counting_copies_nothing() -> None:
    text = json.dumps([{"key": "name"}] * 5 * VALUES).encode()
    file = Integration.from_files("acme", {"manifest.json": text}).files["manifest.json"]
    assert file.readable
    tracemalloc.start()
    try:
        assert has_too_many_values(file)
        assert tracemalloc.get_traced_memory()[1] < len(text) / 10
    finally:
        tracemalloc.stop()
