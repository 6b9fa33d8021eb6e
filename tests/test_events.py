"""Sample data: every event is complete, invented, and has the fields of the real ones."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit import events

NAMES = [name for names in events.CHANGES.values() for name in names]
REAL = {
    "flag-created": "flag/create",
    "flag-toggled": "flag/toggle",
    "flag-rules-updated": "flag/targeting-rule-update",
    "flag-archived": "flag/archive",
    "flag-copied": "flag/copy",
    "flag-updated-everywhere": "flag/update-all-environments",
    "project-created": "project/create",
    "project-updated": "project/update",
    "project-deleted": "project/delete",
    "environment-created": "environment/create",
    "environment-updated": "environment/update",
    "environment-deleted": "environment/delete",
    "member-updated": "member/update",
    "segment-created": "other/segment.create",
    "segment-updated": "other/segment.update",
    "metric-created": "other/metric.create",
    "webhook-enabled": "other/webhook.enable",
}
FILES = sorted(path.stem for path in Path(events.__file__).parent.glob("*.json"))


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, object]]:
    """Each field with what decides about templates: type, emptiness, length, and the characters that need escapes."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{at}/{key}")
    elif isinstance(value, list):
        yield at, ("list", len(value))
    elif isinstance(value, str):
        yield at, ("text", bool(value), *(mark in value for mark in '"\\\n'))
    else:
        yield at, type(value).__name__


@pytest.mark.parametrize("name", NAMES)
def test_an_event_has_the_fields_of_the_real_one(name: str, corpus: Path) -> None:
    real = json.loads((corpus / "contexts" / f"{REAL[name]}.json").read_text())
    ours = events.event(name)
    assert dict(leaves(ours)) == dict(leaves(real))
    for field in ("kind", "verbKind", "titleVerb"):  # programs compare them
        assert ours[field] == real[field]
    for field in ("name", "_id", "title"):
        assert ours[field] != real[field]


def test_every_file_is_used() -> None:
    used = {*NAMES, *events.TESTED.values(), *events.ROLLOUTS.values(), *events.SEGMENTS, events.APPROVAL}
    assert set(FILES) == used


@pytest.mark.parametrize("name", FILES)
def test_a_name_of_no_other_is_in_it(name: str) -> None:
    text = json.dumps(events.event(name))
    assert set(re.findall(r"https?://([^/\"]+)", text)) <= {"app.launchdarkly.com"}
    assert set(re.findall(r"@([\w.-]+\w)", text)) <= {"acme.example"}


def test_the_kind_of_a_change_is_the_one_it_is_listed_under() -> None:
    for kind, names in events.CHANGES.items():
        assert {events.event(name)["kind"] for name in names} == {kind}


def test_escaped_data_fit_between_the_quotes_of_json() -> None:
    data = {"a": 'say "hi"\n\\', "b": ["\t", 1, None], "c": {"d": "é"}}
    escaped = events.json_escaped(data)
    assert escaped == {"a": 'say \\"hi\\"\\n\\\\', "b": ["\\t", 1, None], "c": {"d": "é"}}
    assert json.loads(f'"{escaped["a"]}"') == data["a"]
    assert events.escaped_event("flag-copied") == events.json_escaped(events.event("flag-copied"))
