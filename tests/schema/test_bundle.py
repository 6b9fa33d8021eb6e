"""The schema files: complete, well described, and joined into one that says the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from toolkit import resources
from toolkit.integration.fields import ROLES
from toolkit.schema import accepts
from toolkit.schema.bundle import text
from toolkit.schema.keywords import TESTS
from toolkit.schema.official import ROLE, for_editors, manifest_schema
from toolkit.schema.others import OTHERS
from toolkit.schema.words import PATTERN_HELP, SENTENCES

STRUCTURE = {"properties", "required", "additionalProperties", "items"}
ANNOTATIONS = {"$schema", "$id", "title", "description", "default", "patternErrorMessage", ROLE}


def parts(schema: dict[str, Any], name: str = "manifest") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within ``schema`` by its name."""
    yield name, schema
    for key, part in schema.get("properties", {}).items():
        yield from parts(part, f"{name}.{key}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from parts(schema[key], f"{name}.{key}")


PARTS = dict(parts(manifest_schema()))


def test_the_committed_bundle_is_up_to_date() -> None:
    """If not: ``python -c "from toolkit.schema.bundle import text; print(text(), end='')"`` writes it."""
    assert resources.path("schemas/manifest.json").read_text("utf-8") == text()


def test_editors_get_the_same_without_our_roles() -> None:
    assert ROLE in text()
    assert ROLE not in for_editors()
    bare = [{key: item for key, item in part.items() if key != ROLE} for part in PARTS.values()]
    printed = [part for _, part in parts(json.loads(for_editors()))]
    assert [part.keys() for part in printed] == [part.keys() for part in bare]
    assert printed[0]["properties"]["version"] == PARTS["manifest.version"]


def test_every_role_is_known_and_used() -> None:
    said = [part.get(ROLE, []) for part in PARTS.values()]
    used = {role for roles in said for role in ([roles] if isinstance(roles, str) else roles)}
    assert used == set(ROLES)


def test_the_bundle_is_small_draft_7_without_references() -> None:
    path = resources.path("schemas/manifest.json")
    assert '"$ref"' not in path.read_text("utf-8")
    assert path.stat().st_size < 250_000
    Draft7Validator.check_schema(manifest_schema())


@pytest.mark.parametrize("path", sorted(resources.path("schemas/manifest").iterdir()), ids=lambda path: path.name)
def test_each_file_is_a_schema_with_its_own_identifier(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    assert schema["$id"] == f"https://ldit.invalid/schemas/manifest/{path.name}"
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_files_say_what_the_bundle_says(everything: dict[str, Any]) -> None:
    files = [json.loads(path.read_text("utf-8")) for path in resources.path("schemas/manifest").iterdir()]
    registry = Registry().with_resources((file["$id"], Resource.from_contents(file)) for file in files)
    root = next(file for file in files if file["$id"].endswith("/manifest.json"))
    judge = Draft7Validator(root, registry=registry)
    assert accepts(everything)
    assert judge.is_valid(everything)
    everything["capabilities"]["eventsHook"]["endpoint"]["method"] = "SEND"
    assert not accepts(everything)
    assert not judge.is_valid(everything)


def test_each_part_is_described_and_uses_known_keywords() -> None:
    for name, part in PARTS.items():
        assert part["title"], name
        assert part["description"].endswith((".", '."')), name
        assert part.keys() <= TESTS.keys() | STRUCTURE | ANNOTATIONS, name
        assert ("pattern" in part) == ("patternErrorMessage" in part), name
        assert part.get("patternErrorMessage", "must be one line") in PATTERN_HELP, name


def test_what_a_help_asks_for_is_a_noun() -> None:
    for name, part in PARTS.items():
        wanted = [part["properties"][key] for key in part.get("required", [])]
        wanted += [part["items"]] if "minItems" in part else []
        wanted += [part] if "minLength" in part else []
        assert all(other["description"].startswith(("The ", "A ")) for other in wanted), name


def test_every_keyword_has_a_sentence() -> None:
    assert SENTENCES.keys() >= TESTS.keys() | {"required", *OTHERS} - {"allOf", "if", "contains"}


def test_the_invented_manifest_uses_every_property(everything: dict[str, Any]) -> None:
    def used(schema: dict[str, Any], value: Any, name: str = "manifest") -> Iterator[str]:
        yield name
        for key, item in value.items() if isinstance(value, dict) else ():
            known = key in schema["properties"] if "properties" in schema else False
            inner = schema["properties"][key] if known else schema.get("additionalProperties") or {}
            yield from used(inner, item, f"{name}.{key if known else 'additionalProperties'}")
        for item in value if isinstance(value, list) and "items" in schema else ():
            yield from used(schema["items"], item, f"{name}.items")

    def key(name: str) -> str:
        """The same shared definition counts once."""
        return ".".join(name.split(".")[-2:])

    assert {key(name) for name in PARTS} <= {key(name) for name in used(manifest_schema(), everything)}
