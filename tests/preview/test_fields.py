"""What a form accepts, and which of its fields are shown."""

from functools import partial
from typing import Any

import pytest

from tests.preview.examples import variable
from toolkit.finding import Place
from toolkit.integration import FormVariable
from toolkit.preview.depends import OPERATORS, is_shown
from toolkit.preview.fields import CONTROLS, initial, problem


def of(kind: str, **more: object) -> FormVariable:
    return FormVariable("/formVariables", 0, variable("x", kind, **more), partial(Place, "manifest.json"))


@pytest.mark.parametrize(
    ("field", "value", "saving", "said"),
    [
        (of("string"), "", False, ""),
        (of("string"), "", True, "The x is required"),
        (of("string", isOptional=True), "", True, ""),
        (of("string"), "a", True, ""),
        (of("boolean"), "", True, ""),
        (of("generated"), "", True, ""),
        (of("oauth"), "", True, ""),
        (of("multiselect"), "", True, "The x is required"),
        (of("uri"), "acme", False, "not a valid URL"),
        (of("uri"), "https://", False, "not a valid URL"),
        (of("uri"), "https://a b", False, "not a valid URL"),
        (of("uri"), "javascript:alert(1)", False, "not a valid URL"),
        (of("uri"), "https://[", False, "not a valid URL"),
        (of("uri"), "https://acme.example/a?b#c", True, ""),
        (of("enum", allowedValues=["a"]), "b", False, "not one of the choices"),
        (of("enum", allowedValues=["a"]), "a", True, ""),
    ],
)
def test_what_a_form_accepts(field: FormVariable, value: str, saving: bool, said: str) -> None:
    assert problem(field, value, saving=saving) == said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (of("string"), ""),
        (of("string", defaultValue="a"), "a"),
        (of("string", defaultValue=3), ""),
        (of("boolean"), "false"),
        (of("boolean", defaultValue=True), "true"),
        (of("enum", allowedValues=["a", "b"]), "a"),
        (of("enum", allowedValues=["a", "b"], defaultValue="b"), "b"),
        (of("multiselect", multiselectDefaultOptions=["a", "b"]), "a,b"),
        (of("multiselect", multiselectDefaultOptions="a"), ""),
    ],
)
def test_what_a_field_starts_with(field: FormVariable, value: str) -> None:
    assert initial(field) == value


def test_each_documented_type_but_oauth_has_a_control() -> None:
    from toolkit import resources
    from toolkit.json_text import read

    schema: Any = read(resources.path("schemas/manifest/form-variable.json").read_bytes()).value
    assert set(schema["properties"]["type"]["enum"]) - CONTROLS.keys() == {"oauth"}
    condition = schema["properties"]["dependsOn"]["items"]["properties"]["conditions"]["items"]["properties"]
    assert set(condition["operator"]["enum"]) == OPERATORS.keys()


@pytest.mark.parametrize(
    ("operator", "value", "wanted", "holds"),
    [
        ("equalTo", "true", "true", True),
        ("equalTo", "true", "false", False),
        ("notEqual", "a", "b", True),
        ("contains", "abc", "b", True),
        ("startsWith", "abc", "b", False),
        ("endsWith", "abc", "bc", True),
        ("lessThan", "9", "10", True),
        ("lessThanOrEqualTo", "10", "10.0", True),
        ("greaterThan", "x", "1", False),
        ("greaterThanOrEqualTo", "11", "10", True),
    ],
)
def test_each_operator(operator: str, value: str, wanted: str, holds: bool) -> None:
    assert OPERATORS[operator](value, wanted) is holds


def entry(action: str, *conditions: tuple[str, str], key: str = "other") -> dict[str, Any]:
    listed = [{"operator": operator, "value": value} for operator, value in conditions]
    return {"variableKey": key, "variableLocation": "formVariables", "action": action, "conditions": listed}


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, True),
        ({"isHidden": True}, False),
        ({"isHidden": True, "dependsOn": [entry("showField", ("equalTo", "on"))]}, True),
        ({"dependsOn": [entry("showField", ("equalTo", "off"))]}, False),
        ({"dependsOn": [entry("hideField", ("equalTo", "on"))]}, False),
        ({"dependsOn": [entry("hideField", ("equalTo", "off"))]}, True),
        ({"dependsOn": [entry("showField", ("equalTo", "on"), ("contains", "x"))]}, False),
        ({"dependsOn": [entry("showField", ("equalTo", "off")), entry("showField", ("equalTo", "on"))]}, True),
        ({"dependsOn": [entry("showField", ("equalTo", "on")), entry("hideField", ("startsWith", "o"))]}, False),
        ({"dependsOn": [entry("showField", ("unknown", "on"))]}, False),
        ({"dependsOn": "other"}, True),
        ({"dependsOn": [{**entry("showField", ("equalTo", "on")), "action": []}]}, True),
        ({"dependsOn": [entry("showField", ("equalTo", ""), key="nobody")]}, True),
    ],
)
def test_which_fields_are_shown(more: dict[str, Any], shown: bool) -> None:
    values = {("formVariables", "other"): "on"}
    assert is_shown(of("string", **more), lambda where, key: values.get((where, key), "")) is shown
