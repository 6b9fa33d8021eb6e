"""The schema of a fork, which decides there where it says something else than the one that we know."""

from typing import Any

from toolkit.integration.around import FILE as FILE
from toolkit.schema.difference import meaning, summary
from toolkit.schema.in_force import Schema, official
from toolkit.schema.official import manifest_schema
from toolkit.schema.tree import SchemaError, plain, tree
from toolkit.text import printable


def of_fork(data: bytes) -> Schema:
    """The schema in force in a fork whose ``manifest.schema.json`` holds ``data``.

    The fork's own, in our words where we know the field. Where it says what ours says, ours; and ours too where it
    cannot be used, with a note that says why.
    """
    known = manifest_schema()
    try:
        theirs = tree(data)
        ours = plain(known)
        if meaning(ours) == meaning(theirs):
            return official()
    except SchemaError as error:
        return Schema(known, printable(f"{FILE} {error}; the schema that ldit knows is used in its place"))
    note = f"{FILE} of this fork decides; compared with the one that ldit knows, {summary(ours, theirs)}"
    return Schema(_worded(theirs, known), printable(note))


def _worded(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """The fork's schema with our title and description of each part that we know."""
    worded = theirs | {word: ours[word] for word in ("title", "description") if word in ours}
    if "pattern" in theirs and theirs["pattern"] == ours.get("pattern"):
        worded["patternErrorMessage"] = ours["patternErrorMessage"]
    known = ours.get("properties", {})
    if "properties" in theirs:
        members = theirs["properties"].items()
        worded["properties"] = {name: _worded(part, known.get(name, {})) for name, part in members}
    for word in ("items", "additionalProperties"):
        if isinstance(theirs.get(word), dict):
            inner = ours.get(word)
            worded[word] = _worded(theirs[word], inner if isinstance(inner, dict) else {})
    return worded
