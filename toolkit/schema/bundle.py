"""Joins the files of ``schemas/manifest`` into the one schema without references that editors and we read."""

import json
from pathlib import Path
from typing import Any

from toolkit import resources


def bundle() -> dict[str, Any]:
    """The manifest schema with each ``$ref`` replaced by a copy of the file that it names.

    What stands beside a ``$ref``, a title and a description of that place, wins over the file's own.
    Raises LditError when the installation lacks the files.
    """
    directory = resources.path("schemas/manifest")
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://ldit.invalid/schemas/manifest.json",
    }
    schema = _inline(_definition(directory, "manifest.json"), directory)
    assert isinstance(schema, dict)  # noqa: S101
    return head | schema


def text() -> str:
    """The bundle as the committed file ``schemas/manifest.json`` holds it."""
    return json.dumps(bundle(), indent=2, ensure_ascii=False) + "\n"


def _definition(directory: Path, name: str) -> dict[str, Any]:
    definition: dict[str, Any] = json.loads((directory / name).read_text("utf-8"))
    return {key: part for key, part in definition.items() if key not in ("$schema", "$id")}


def _inline(part: Any, directory: Path) -> Any:
    if isinstance(part, list):
        return [_inline(item, directory) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        beside = {key: item for key, item in part.items() if key != "$ref"}
        part = _definition(directory, part["$ref"]) | beside
    return {key: _inline(item, directory) for key, item in part.items()}
