"""One validator for JSON Schema draft-07: where a value breaks a schema, in the order of the schema.

The keywords that manifests are made of are judged here; jsonschema judges the others.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from toolkit.schema.breach import Breach, Path
from toolkit.schema.keywords import TESTS, Test
from toolkit.schema.others import BESIDE, OTHERS, validate
from toolkit.schema.patterns import matcher


class Validator:
    """A schema without references, ready to judge; its properties are made ready when they are first met."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self._tests: list[tuple[str, Test]] = [
            (word, make(schema[word])) for word, make in TESTS.items() if word in schema
        ]
        self._is_object = not schema.keys().isdisjoint(
            ("properties", "required", "additionalProperties", "patternProperties")
        )
        items = schema.get("items")
        self._items = Validator(items) if isinstance(items, dict) else None
        others = {word: schema[word] for word in (*OTHERS, *BESIDE) if word in schema}
        if isinstance(items, list):
            others["items"] = items
        self._others = others if others.keys() - set(BESIDE) else {}

    def accepts(self, value: Any) -> bool:
        """Whether ``value``, as ``json.loads`` gives it, keeps to the schema."""
        return next(self.breaches(value), None) is None

    def breaches(self, value: Any, path: Path = ()) -> Iterator[Breach]:
        """Every breach in ``value``, which stands at ``path``: of each value the first that counts, then its parts."""
        for keyword, passes in self._tests:
            if not passes(value):
                yield Breach(path, keyword, self.schema, value)
                break
        if self._is_object and isinstance(value, dict):
            yield from self._in_object(value, path)
        if self._items and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._items.breaches(item, (*path, index))
        if self._others:
            yield from validate(self._others, value, path)

    def _in_object(self, value: dict[str, Any], path: Path) -> Iterator[Breach]:
        for name in self.schema.get("required", ()):
            if name not in value:
                yield Breach(path, "required", self.schema, value, name)
        for name, item in value.items():
            members = self._members[name]
            if members is None:
                yield Breach(path, "additionalProperties", self.schema, value, name)
            else:
                for member in members:
                    yield from member.breaches(item, (*path, name))

    @cached_property
    def _members(self) -> "_Members":
        return _Members(self.schema)


class _Members(dict[str, tuple[Validator, ...] | None]):
    """What judges the member of each name, made on first use; None for a member that must not be."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = schema.get("properties", {})
        patterns: dict[str, Any] = schema.get("patternProperties", {})
        self.patterns = [(matcher(pattern), Validator(part)) for pattern, part in patterns.items()]
        others = schema.get("additionalProperties", True)
        self.other = (Validator(others),) if isinstance(others, dict) else () if others else None

    def __missing__(self, name: str) -> tuple[Validator, ...] | None:
        found = [Validator(self.schemas[name])] if name in self.schemas else []
        found += [judge for matches, judge in self.patterns if matches(name)]
        if not found and name not in self.schemas:
            return self.other  # not kept: a hostile object would fill the memory with its names
        self[name] = tuple(found)
        return self[name]
