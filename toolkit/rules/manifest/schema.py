"""Whether the manifest fits the official schema."""

from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.registry import error, rule
from toolkit.schema import official


@rule(error, bad=[{NAME: {"catagories": ["analytics"]}}, {NAME: {"name": "A"}}], gate="tests")
def schema_violation(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The manifest follows the official schema: known keys, right types, limits and allowed values.

    In a fork whose own `manifest.schema.json` says otherwise, that one decides. `ldit schema manifest` prints the same
    requirements as a JSON Schema for your editor.
    """
    schema = integration.gate.schema
    for failure in manifest.failures if schema is official() else schema.failures(manifest.written):
        place = Place(manifest.path, failure.pointer, key=failure.on_key)
        value = failure.replacement
        edits = () if value is None else (Edit.json(place, value, safe=not failure.guess),)
        yield Problem(place, failure.message, failure.help, edits)
