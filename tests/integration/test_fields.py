"""What each field is stands once, in the schema; the manifest answers from there."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.integration import Integration, Manifest
from toolkit.integration import pointers as where
from toolkit.integration.fields import DEEPEST, ROLES, Field
from toolkit.integration.manifest import LONGEST
from toolkit.schema.official import manifest_schema

PACKAGE = Path(__file__).parents[2] / "toolkit"
EVERYTHING = json.loads((PACKAGE.parent / "tests" / "schema" / "everything.json").read_text("utf-8"))


def manifest(value: Any) -> Manifest:
    found = Integration.from_files("acme", {"manifest.json": json.dumps(value).encode()}).manifest
    assert found is not None
    return found


def test_fields_are_asked_for_by_role() -> None:
    variable = {"name": "Token", "description": "Enter it.", "allowedValues": ["a", 1]}
    found = manifest({"overview": "Send it.", "author": 7, "formVariables": [variable, None, 3]})
    assert found.fields("sentence") == (Field("/overview", "Send it.", "/overview"),)
    assert found.fields("name", "label") == (
        Field("/author", 7, "/author"),
        Field("/formVariables/0/name", "Token", "/formVariables/*/name"),
    )
    assert found.texts("name", "label") == (Field("/formVariables/0/name", "Token", "/formVariables/*/name"),)
    assert [field.value for field in found.fields("value")] == ["a", 1]
    assert found.fields("value")[1].key == "1"
    assert found.fields("code") == found.fields("value")
    assert found.fields("policy") == ()
    assert found.fields() == ()


def test_a_field_has_one_meaning_in_each_of_its_roles() -> None:
    link = {"uiBlocks": {"title": {"elements": [{"text": "{{metadata.a}}", "url": "{{deepLink}}"}]}}}
    found = manifest({"description": "Read [this](https://acme.io).", "capabilities": {"flagLink": link}})
    element = "/capabilities/flagLink/uiBlocks/title/elements/0"
    assert [one.pointer for one in found.fields("markdown")] == ["/description"]
    assert [one.pointer for one in found.fields("prose")] == ["/description"]
    assert [one.pointer for one in found.fields("fragment")] == [f"{element}/text"]
    assert [one.pointer for one in found.fields("text-template")] == [f"{element}/text"]
    assert [one.pointer for one in found.fields("url-template")] == [f"{element}/url"]


def test_every_role_is_found_in_a_manifest_that_has_everything() -> None:
    found = manifest(EVERYTHING)
    assert [role for role in ROLES if not found.fields(role)] == []
    for role in ROLES:
        for field in found.fields(role):
            assert found.get(field.pointer) == field.value
            assert _schema_of(field.path), field


def _schema_of(path: str) -> dict[str, Any]:
    part = manifest_schema()
    for step in path.split("/")[1:]:
        part = part["items"] if step == "*" else part["properties"][step]
    return part


@pytest.mark.parametrize(
    "value", [None, 1, "text", [], [{}], {"formVariables": {}}, {"links": []}, {"capabilities": 1}]
)
def test_any_value_has_fields(value: Any) -> None:
    found = manifest(value)
    assert {field for role in ROLES for field in found.texts(role)} == set()
    assert found.form_variables == ()
    assert found.tested_form.root == {}


def test_endpoints_are_objects() -> None:
    hooks = {"auditLogEventsHook": {"endpoint": {"url": "https://acme.io"}}, "eventsHook": {"endpoint": None}}
    assert [one.pointer for one in manifest({"capabilities": hooks}).endpoints] == [f"{where.AUDIT_LOG_HOOK}/endpoint"]


def test_what_is_too_long_or_too_deep_is_left_out() -> None:
    found = manifest({"name": "x" * (LONGEST + 1), "author": "x" * LONGEST})
    assert [text.pointer for text in found.texts("name")] == ["/author"]
    deep: Any = "bottom"
    for _ in range(DEEPEST + 1):
        deep = [deep]
    assert manifest(["top", deep]).strings == (Field("/0", "top"),)


def test_facts_are_worked_out_once_and_kept_with_the_manifest() -> None:
    first, second = manifest(EVERYTHING), manifest(EVERYTHING)
    assert first.fields("prose")[0] is first.fields("prose")[0]
    assert first.strings is first.strings
    assert first.endpoints is first.endpoints
    assert first.tested_form is first.tested_form
    assert first.tested_form is not second.tested_form


def test_each_pointer_has_one_name() -> None:
    named = {name: value for name, value in vars(where).items() if name.isupper()}
    assert len(set(named.values())) == len(named)
    for name, pointer in named.items():
        assert _schema_of(pointer)["title"], name


def _imports(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text("utf-8"))
    for block in ast.walk(tree):
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            block.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ["schema", "integration"])
def test_no_module_imports_itself_by_way_of_others(room: str) -> None:
    names = {f"toolkit.{room}.{path.stem}": path for path in (PACKAGE / room).glob("*.py") if path.stem != "__init__"}
    left = {name: set(_imports(path)) & names.keys() for name, path in names.items()}
    while leaves := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in leaves:
            del left[name]
    assert left == {}


def test_no_cache_of_a_module_holds_facts_of_a_manifest() -> None:
    rooms = [PACKAGE / "schema" / "official.py", *(PACKAGE / "integration").glob("*.py")]
    cached = [
        f"{path.name}:{node.name}"
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(
            ast.unparse(each).startswith(("cache", "lru_cache")) and "property" not in ast.unparse(each)
            for each in node.decorator_list
        )
        and any("Manifest" in ast.unparse(each.annotation) for each in node.args.args if each.annotation)
    ]
    assert cached == []
