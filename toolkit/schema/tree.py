"""Reads the schema of a fork: draft-07 from elsewhere, as a tree without references that is safe to judge with."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from toolkit.errors import LditError
from toolkit.json_text import is_deeper, read
from toolkit.json_text.pointer import join, lookup
from toolkit.schema.draft7 import MEMBERS, PARAMETERS, SCHEMA, SCHEMAS, are_texts
from toolkit.schema.keywords import TESTS
from toolkit.schema.others import OTHERS
from toolkit.schema.patterns import PatternError, matcher

LARGEST = 4_000_000
"""Bytes; the official schema has about 150,000."""
MOST = 20_000
"""Schemas within a schema once each reference is replaced by what it leads to; the official one has about 1,000."""
DEEPEST = 60
"""Schemas inside one another; the official one has 12."""
_DEEPEST_JSON = 200
"""Objects and arrays inside one another; the official schema has 30."""
_DRAFT = "http://json-schema.org/draft-07/schema"
_WORDS = ("title", "description", "patternErrorMessage")
_KNOWN = frozenset({*TESTS, *OTHERS, *SCHEMA, *SCHEMAS, *MEMBERS, *_WORDS, "required"})
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_FOR = {
    "number": _NUMBERS,
    "string": ("maxLength", "minLength", "pattern", "format"),
    "array": ("items", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "object": (*MEMBERS, "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
}
"""The keywords that say something about values of one type only."""

_EMPTY: dict[str, tuple[Any, ...]] = {
    "additionalProperties": (True, {}),
    "required": ([],),
    "items": ({},),
    "uniqueItems": (False,),
}
"""The parameters with which a keyword says nothing."""


class SchemaError(LditError):
    """A schema that cannot be used; ``str()`` completes "manifest.schema.json"."""


def tree(data: bytes) -> dict[str, Any]:
    """The schema in the bytes of a file, as a tree in the form that ours has.

    Without references and words for programs; ``propertyNames`` that lists the keys is ``additionalProperties``, and
    what has no effect is left out. Raises SchemaError for anything that is no draft-07 schema, leads out of the file,
    refers to itself, or would take too long.
    """
    if len(data) > LARGEST:
        raise SchemaError(f"is larger than {LARGEST // 1_000_000} MB")
    try:
        root: Any = read(data).value
    except LditError as error:
        raise SchemaError(f"is not JSON: {error}") from error
    if not isinstance(root, dict):
        raise SchemaError("is not an object")
    if is_deeper(data.decode(errors="replace"), _DEEPEST_JSON):
        raise SchemaError(f"is nested more than {_DEEPEST_JSON} levels deep")
    draft = root.get("$schema", _DRAFT)
    if not isinstance(draft, str) or draft.rstrip("#") != _DRAFT:
        raise SchemaError("is not a schema of draft-07")
    return plain(root)


def plain(root: dict[str, Any]) -> dict[str, Any]:
    """The same for a schema that has been read. Raises SchemaError."""
    return _Reader(root).read(root, "", ())


class _Reader:
    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.count = 0
        base = root.get("$id")
        self.base = base.rstrip("#") if isinstance(base, str) else ""

    @cached_property
    def anchors(self) -> dict[str, Any]:
        """What has an ``$id`` within the file, by it."""
        return _anchors(self.root)

    def read(self, schema: Any, at: str, chain: tuple[str, ...], depth: int = 0) -> dict[str, Any]:
        """The tree of the schema at the pointer ``at``, which the references in ``chain`` have led to."""
        self.count += 1
        if self.count > MOST:
            raise SchemaError(f"has more than {MOST:,} parts")
        if depth > DEEPEST:
            raise SchemaError(f"is nested more than {DEEPEST} levels deep at {at[:80]}")
        if isinstance(schema, bool):
            return {} if schema else {"not": {}}
        if not isinstance(schema, dict):
            raise SchemaError(f"holds something that is no schema at {at or 'its root'}")
        if "$ref" in schema:  # what stands beside it has no effect
            return self._referred(schema["$ref"], at, chain, depth)

        def inner(part: Any, *steps: str | int) -> dict[str, Any]:
            return self.read(part, join(at, *steps), chain, depth + 1)

        if wrong := [word for word in schema if word in PARAMETERS and not PARAMETERS[word](schema[word])]:
            raise SchemaError(f"is no schema of draft-07 at {join(at, wrong[0])[:80]}")
        found = {word: _part(word, schema[word], inner) for word in schema if word in _KNOWN}
        _check_patterns(found, at)
        return _plain(found)

    def _referred(self, ref: Any, at: str, chain: tuple[str, ...], depth: int) -> dict[str, Any]:
        if not isinstance(ref, str):
            raise SchemaError(f"has a `$ref` that is no text at {at}")
        if ref in chain:
            raise SchemaError(f"refers to itself at {at}")
        return self.read(self._target(ref, at), at, (*chain, ref), depth + 1)

    def _target(self, ref: str, at: str) -> Any:
        local = ref.removeprefix(self.base) if self.base else ref
        if local in self.anchors:
            return self.anchors[local]
        if local[:1] not in ("#", ""):
            raise SchemaError(f"leads out of the file with the `$ref` at {at}")
        try:
            return lookup(self.root, _decoded(local.removeprefix("#")))
        except (LookupError, ValueError):
            raise SchemaError(f"has a `$ref` that leads nowhere at {at}") from None


def _decoded(fragment: str) -> str:
    from urllib.parse import unquote

    return unquote(fragment)


def _anchors(root: Any) -> dict[str, Any]:
    """What has an ``$id`` within the file, by it."""
    found: dict[str, Any] = {}
    todo = [root]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            name = part.get("$id")
            if isinstance(name, str) and name.startswith("#") and len(name) > 1:
                found.setdefault(name, part)
            todo += part.values()
        elif isinstance(part, list):
            todo += part
    return found


def _part(word: str, part: Any, inner: Callable[..., dict[str, Any]]) -> Any:
    """One keyword's parameter with every schema in it read."""
    if word in MEMBERS and isinstance(part, dict):
        lists = {name: item for name, item in part.items() if word == "dependencies" and are_texts(item)}
        return {name: lists[name] if name in lists else inner(item, word, name) for name, item in part.items()}
    if (word in SCHEMAS or word == "items") and isinstance(part, list):
        return [inner(item, word, index) for index, item in enumerate(part)]
    if word == "additionalProperties" and isinstance(part, bool):
        return part
    return inner(part, word) if word in SCHEMA else part


def _check_patterns(schema: dict[str, Any], at: str) -> None:
    members = schema.get("patternProperties", {})
    for pattern in [*members, *([schema["pattern"]] if "pattern" in schema else [])]:
        try:
            matcher(pattern)
        except PatternError as error:
            raise SchemaError(f"has a pattern that {error} at {at}") from None


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The same in the form that ours has, without what has no effect."""
    types = schema.get("type")
    if types:
        named = {"number" if name == "integer" else name for name in (types if isinstance(types, list) else [types])}
        idle = {word for name, words in _FOR.items() if name not in named for word in words}
        schema = {word: part for word, part in schema.items() if word not in idle}
    names: dict[str, Any] = schema.get("propertyNames", {})
    allowed = names.get("enum")
    if isinstance(allowed, list) and names.keys() <= {"enum", "type", *_WORDS} and "patternProperties" not in schema:
        schema = _closed(schema, [name for name in allowed if isinstance(name, str)])
    if schema.get("additionalProperties") is False and "properties" in schema:
        members = {name: part for name, part in schema["properties"].items() if part != {"not": {}}}
        schema = schema | {"properties": members}
    return {word: part for word, part in schema.items() if word not in _EMPTY or part not in _EMPTY[word]}


def _closed(schema: dict[str, Any], allowed: list[str]) -> dict[str, Any]:
    """A schema that lists its keys in ``propertyNames``, with no other key in ``properties``."""
    members, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    if others is False:
        allowed = [name for name in allowed if name in members]
    known = {name: members.get(name, others if isinstance(others, dict) else {}) for name in allowed}
    ordered = {name: known[name] for name in (*members, *known) if name in known}
    rest = {word: part for word, part in schema.items() if word != "propertyNames"}
    return rest | {"properties": ordered, "additionalProperties": False}
