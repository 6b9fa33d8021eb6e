"""One statement of the default policy of an audit log hook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.integration.pointers import DEFAULT_POLICY

if TYPE_CHECKING:
    from toolkit.integration.manifest import Manifest

_ENTRIES = 400
"""How many entries of a list are looked at; there are fewer actions than that."""


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement with its pointer; its value is an object."""

    manifest: Manifest
    pointer: str
    value: dict[str, Any]

    def strings(self, *names: str) -> Iterator[tuple[str, str]]:
        """The entries of its lists of these names that are strings, each with its pointer."""
        for name in names:
            entries = self.value.get(name)
            for index, entry in enumerate(entries[:_ENTRIES] if isinstance(entries, list) else ()):
                if isinstance(entry, str):
                    yield f"{self.pointer}/{name}/{index}", entry


def statements_of(manifest: Manifest) -> Iterator[Statement]:
    """Every statement of the default policy that is an object."""
    for index, value in enumerate(manifest.list(DEFAULT_POLICY)):
        if isinstance(value, dict):
            yield Statement(manifest, f"{DEFAULT_POLICY}/{index}", value)


def allowed_kinds(manifest: Manifest) -> set[str]:
    """The kinds of events that the default policy lets through; none where it may be any."""
    longer = {"proj": "project", "env": "environment"}
    kinds: set[str] = set()
    for statement in manifest.list(DEFAULT_POLICY):
        resources = statement.get("resources") if isinstance(statement, dict) else None
        for resource in resources if isinstance(resources, list) else ():
            last = str(resource).rpartition(":")[2].partition("/")[0]
            kinds.add(longer.get(last, last))
    return kinds - {"*", ""}
