"""The schema of a fork, which decides there where it says something else than the one that we know."""

from typing import Any

from toolkit.json_text import read
from toolkit.schema.difference import summary
from toolkit.schema.in_force import Schema, official
from toolkit.schema.official import manifest_schema
from toolkit.schema.tree import SchemaError, plain, tree

FILE = "manifest.schema.json"
"""The schema's name at the root of a fork."""


def of_fork(data: bytes) -> Schema:
    """The schema in force in a fork whose ``manifest.schema.json`` holds ``data``.

    The fork's own, in our words where we know the field. Where it says what ours says, ours; and ours too where it
    cannot be used, with a note that says why.
    """
    known = manifest_schema()
    try:
        theirs = tree(data)
        difference = summary(plain(known), theirs)
        if difference:
            _check(data)
    except SchemaError as error:
        return Schema(known, f"{FILE} {error}; the schema that ldit knows is used in its place")
    if not difference:
        return official()
    return Schema(
        _worded(theirs, known), f"{FILE} of this fork decides; compared with the one that ldit knows, {difference}"
    )


def _check(data: bytes) -> None:
    """Raises SchemaError where a keyword has a parameter that draft-07 does not allow."""
    from jsonschema import Draft7Validator, FormatChecker
    from jsonschema.exceptions import SchemaError as Refused

    try:
        Draft7Validator.check_schema(read(data).value, FormatChecker(formats=()))  # type: ignore[arg-type]
    except Refused as error:
        place = "/".join(map(str, error.absolute_path))[:80].encode("unicode_escape").decode()
        raise SchemaError(f"is no schema of draft-07 at /{place}") from None
    except RecursionError:
        raise SchemaError("is nested too deep") from None


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
