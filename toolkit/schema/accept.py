"""Says quickly, without jsonschema, whether the official validator accepts a manifest."""

import json
from functools import cache
from typing import Any

from toolkit import resources
from toolkit.schema.keywords import TESTS, Test

# Keywords that say something to readers only.
ANNOTATIONS = {"$schema", "$id", "title", "description", "default", "patternErrorMessage"}


@cache
def manifest_schema() -> dict[str, Any]:
    """The bundled schema, ``schemas/manifest.json``; raises LditError when the installation lacks it."""
    schema: dict[str, Any] = json.loads(resources.path("schemas/manifest.json").read_bytes())
    return schema


def accepts(value: Any) -> bool:
    """Whether ``value``, a manifest as ``json.loads`` gives it, keeps to the schema, as ajv 6 judges it."""
    return _manifest_test()(value)


@cache
def _manifest_test() -> Test:
    return compiled(manifest_schema())


def compiled(schema: dict[str, Any]) -> Test:
    """The test of one schema; the tests of its properties are made when they are first met."""
    tests = [make(schema[keyword]) for keyword, make in TESTS.items() if keyword in schema]
    if schema.keys() & {"properties", "required", "additionalProperties"}:
        tests.append(_object_test(schema))
    if "items" in schema:
        tests.append(_items_test(schema["items"]))

    def test(value: Any) -> bool:
        return all(passes(value) for passes in tests)

    return tests[0] if len(tests) == 1 else test


class _Properties(dict[str, Test]):
    """The test of each property by name, compiled on first use."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        self.other: Test = compiled(others) if isinstance(others, dict) else lambda _: bool(others)

    def __missing__(self, name: str) -> Test:
        if name not in self.schemas:
            return self.other
        self[name] = test = compiled(self.schemas[name])
        return test


def _object_test(schema: dict[str, Any]) -> Test:
    required = schema.get("required", ())
    properties = _Properties(schema)

    def test(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        for name in required:
            if name not in value:
                return False
        for name, item in value.items():  # noqa: SIM110
            if not properties[name](item):
                return False
        return True

    return test


def _items_test(schema: dict[str, Any]) -> Test:
    passes = compiled(schema)
    return lambda value: not isinstance(value, list) or all(map(passes, value))
