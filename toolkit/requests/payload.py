"""What LaunchDarkly sends without a template."""

from collections.abc import Mapping
from typing import Any

from toolkit.json_text import dumps

FLAGS = '{"flags": {"new-checkout": {"key": "new-checkout", "on": true, "version": 7}}, "segments": {}}'
"""The payload of a feature store, much shortened."""


def standard_payload(event: Mapping[str, Any]) -> str:
    """The JSON of a change for a hook without templates, as far as the samples know it."""
    same = ("_links", "_id", "_accountId", "kind", "name", "member", "titleVerb", "target")
    payload = {
        **{key: event[key] for key in same if key in event},
        "date": _part(event, "timestamp", "milliseconds"),
        "accesses": [{"action": event.get("verbKind", "")}],
        "description": _part(event, "details", "markdown"),
        "shortDescription": _part(event, "details", "plainText"),
        "comment": event.get("comment", ""),
        "markdownTitle": _part(event, "title", "markdown"),
        "title": _part(event, "title", "plainText"),
    }
    return dumps(payload)


def _part(event: Mapping[str, Any], name: str, part: str) -> Any:
    found = event.get(name)
    return found.get(part, "") if isinstance(found, dict) else ""
