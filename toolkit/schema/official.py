"""The schema that we know: the official one as it was when this version was made, in our words."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from toolkit import resources
from toolkit.schema.patterns import trust

ROLE = "x-ldit-role"
"""Says what a field is, for us; editors do not get it."""


@cache
def manifest_schema() -> dict[str, Any]:
    """The bundled schema, ``schemas/manifest.json``; raises LditError when the installation lacks it."""
    schema: dict[str, Any] = json.loads(resources.path("schemas/manifest.json").read_bytes())
    for part in parts(schema):
        if "pattern" in part:
            trust(part["pattern"])
    return schema


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema that uses no other keywords than ours does, and every schema within it."""
    yield schema
    for part in schema.get("properties", {}).values():
        yield from parts(part)
    for keyword in ("items", "additionalProperties"):
        if isinstance(part := schema.get(keyword), dict):
            yield from parts(part)


def for_editors() -> str:
    """The schema as the text of a JSON file, without what only we read."""
    return json.dumps(_without_roles(manifest_schema()), indent=2, ensure_ascii=False) + "\n"


def _without_roles(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_roles(inner) for key, inner in part.items() if key != ROLE}
    return [_without_roles(item) for item in part] if isinstance(part, list) else part
