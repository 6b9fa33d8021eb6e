"""What LaunchDarkly sends without a template."""

from collections.abc import Mapping
from typing import Any

from toolkit.json_text import dumps

FLAGS = '{"flags": {"new-checkout": {"key": "new-checkout", "on": true, "version": 7}}, "segments": {}}'
"""The payload of a feature store, much shortened."""


def standard_payload(event: Mapping[str, Any]) -> str:
    """The JSON of a change for a hook without templates, as far as the samples know it."""
    same = {key: event[key] for key in ("_links", "_id", "_accountId", "kind", "name", "member", "titleVerb", "target")}
    payload = {
        **same,
        "date": event["timestamp"]["milliseconds"],
        "accesses": [{"action": event["verbKind"]}],
        "description": event["details"]["markdown"],
        "shortDescription": event["details"]["plainText"],
        "comment": event.get("comment", ""),
        "markdownTitle": event["title"]["markdown"],
        "title": event["title"]["plainText"],
    }
    return dumps(payload)
