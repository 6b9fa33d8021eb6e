"""Forms: secrets, choices, defaults, dependencies, and who reads the answers."""

from typing import Any

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import REGION, TOKEN, approval, capability, form, hook, store
from toolkit.rules.form.fields import says_secret


@pytest.mark.parametrize(
    "text",
    [
        "apiToken",
        "API token",
        "api_key",
        "apiKey",
        "Acme API Key",
        "clientSecret",
        "webhook-secret",
        "password",
        "PASSWORD",
        "Integration key",
        "licenseKey",
        "credentials",
        "SDK key",
    ],
)
def test_what_says_that_it_is_a_secret(text: str) -> None:
    assert says_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "projectKey",
        "Flag key",
        "environment_key",
        "Public key",
        "tokenUrl",
        "Access key ID",
        "Key",
        "keyspace",
        "secretName",
        "Tokenizer",
        "",
        None,
        7,
    ],
)
def test_what_does_not(text: object) -> None:
    assert not says_secret(text)


def test_a_secret_is_marked(messages: Messages, fixed: Fixed) -> None:
    token = {**TOKEN, "isSecret": False}
    assert messages("unmarked-secret", form(token)) == ["token looks like a secret, but is not marked as one"]
    assert fixed("unmarked-secret", form(token))["formVariables"][0]["isSecret"] is True
    assert messages("unmarked-secret", form({**token, "type": "boolean"})) == []


@pytest.mark.parametrize(("default", "count"), [("", 0), (None, 0), ("x", 1), (True, 1)])
def test_only_an_empty_default_keeps_a_secret(messages: Messages, default: object, count: int) -> None:
    assert len(messages("default-secret", form({**TOKEN, "isOptional": True, "defaultValue": default}))) == count


@pytest.mark.parametrize(("key", "count"), [("if", 1), ("a.b", 1), ("12", 1), ("", 1), ("a-b_1", 0), ("Ünï", 0)])
def test_keys_that_templates_can_name(messages: Messages, key: str, count: int) -> None:
    assert len(messages("unusable-key", form(key=key, type="string"))) == count


def test_the_variables_of_an_approval_are_named_below_their_list(messages: Messages) -> None:
    variable = {**REGION, "type": "string", "key": "context"}
    assert messages("unusable-key", approval(approvalFormVariables=[variable])) == []


@pytest.mark.parametrize(
    ("properties", "count"),
    [
        ({"isHidden": True}, 1),
        ({"isHidden": True, "isOptional": True}, 0),
        ({"isHidden": True, "defaultValue": ""}, 0),
        ({"isHidden": True, "dependsOn": []}, 0),
        ({"isHidden": True, "type": "generated"}, 0),
        ({}, 0),
    ],
)
def test_what_is_hidden_need_not_be_filled_in(messages: Messages, properties: dict[str, object], count: int) -> None:
    assert len(messages("hidden-required", form(**{"type": "string", **properties}))) == count


@pytest.mark.parametrize(
    ("properties", "rule"),
    [
        ({"type": "enum", "allowedValues": []}, "missing-options"),
        ({"type": "enum"}, "missing-options"),
        ({"type": "multiselect", "multiselectOptions": []}, "missing-options"),
        ({"type": "boolean", "allowedValues": ["a"]}, "unused-options"),
        ({"type": "string", "multiselectOptions": []}, "unused-options"),
        ({"type": "enum", "allowedValues": ["a", "a"]}, "duplicate-entry"),
        ({"type": "enum", "allowedValues": ["a", "b"], "defaultValue": "c"}, "default-not-an-option"),
        ({"type": "uri", "defaultValue": "acme.example"}, "invalid-uri-default"),
        ({"type": "uri", "defaultValue": "https://"}, "invalid-uri-default"),
        ({"type": "uri", "defaultValue": "https://<host>/x"}, "invalid-uri-default"),
    ],
)
def test_choices_and_defaults_that_are_wrong(messages: Messages, properties: dict[str, Any], rule: str) -> None:
    for patch in (form(**properties), capability("flagCleanup", {"formVariables": [{**REGION, **properties}]})):
        assert len(messages(rule, patch)) == 1


@pytest.mark.parametrize(
    "properties",
    [
        {"type": "enum", "allowedValues": ["a", "b"], "defaultValue": "b"},
        {"type": "enum", "allowedValues": ["a", "b"], "defaultValue": ""},
        {"type": "uri", "defaultValue": ""},
        {"type": "uri", "defaultValue": "https://acme.example:8443/x?y#z"},
        {"type": "multiselect"},
        {"type": "dynamicEnum", "defaultValue": "anything"},
    ],
)
def test_choices_and_defaults_that_are_right(messages: Messages, properties: dict[str, Any]) -> None:
    rules = ("missing-options", "unused-options", "duplicate-entry", "default-not-an-option", "invalid-uri-default")
    assert [messages(rule, form(**properties)) for rule in rules] == [[]] * len(rules)


def test_a_default_in_another_letter_case_is_mended(fixed: Fixed) -> None:
    patch = form(type="enum", allowedValues=["eu", "us"], isOptional=True, defaultValue="EU")
    assert fixed("default-not-an-option", patch)["formVariables"][0]["defaultValue"] == "eu"


def _depending(location: str = "formVariables", key: str = "hosted", **condition: object) -> dict[str, Any]:
    conditions = [{"operator": "equalTo", "value": "true", **condition}]
    depends = {"variableKey": key, "variableLocation": location, "action": "showField", "conditions": conditions}
    return {**REGION, "type": "string", "dependsOn": [depends]}


HOSTED = {"key": "hosted", "name": "Hosted", "type": "boolean", "description": "Choose."}
PLAN = {"key": "plan", "name": "Plan", "type": "enum", "description": "Choose.", "allowedValues": ["free", "paid"]}


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        (_depending(), ""),
        (_depending(operator="notEqual", value="false"), ""),
        (_depending(operator="contains", value="tru"), ""),
        (_depending(value="yes"), "hosted never has the value `yes`"),
        (_depending(key="plan", value="paid"), ""),
        (_depending(key="plan", value="gold"), "plan never has the value `gold`"),
        (_depending(key="plan", operator="lessThan", value="-1.5"), ""),
        (_depending(key="plan", operator="lessThan", value="few"), "`few` is not a number"),
        (_depending(key="nobody"), "there is no form variable nobody"),
        (_depending(key="region"), "region depends on itself"),
        (_depending(location="approvalFormVariables"), "there is no form variable hosted in approvalFormVariables"),
    ],
)
def test_a_dependency_names_another_variable_and_a_value_of_it(
    messages: Messages, variable: dict[str, Any], said: str
) -> None:
    messages = messages("impossible-dependency", form(HOSTED, PLAN, variable))
    assert [message[: len(said)] for message in messages] == ([said] if said else [])


def test_the_same_key_in_two_lists_is_no_clash(messages: Messages) -> None:
    variable = {**REGION, "type": "string"}
    assert (
        messages("duplicate-entry", approval(approvalFormVariables=[variable], environmentFormVariables=[variable]))
        == []
    )
    assert len(messages("duplicate-entry", form(variable, variable, variable))) == 2


ASKED = {**REGION, "type": "string"}
TEMPLATE = "templates/default.json.hbs"


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ('{"r": "{{formVariables.region}}"}', 0),
        ('{"r": "{{{ formVariables.[region] }}}"}', 0),
        ("{{#with formVariables}}{{region}}{{/with}}", 0),
        ("{{#each formVariables}}{{this}}{{/each}}", 0),
        ("{{#if ../formVariables.region}}x{{/if}}", 0),
        ('{"r": "{{region}}"}', 1),
        ('{"r": "formVariables.region"}', 1),
        ('{"r": "{{formVariables.regional}}"}', 1),
        (None, 0),
    ],
)
def test_a_template_reads_a_variable(messages: Messages, template: str | None, count: int) -> None:
    patch = hook(variables=(TOKEN, ASKED), templates={"default": TEMPLATE}, useStandardWebhookPayload=None)
    assert len(messages("unused-variable", {**patch, TEMPLATE: template})) == count


@pytest.mark.parametrize(
    ("patch", "count"),
    [
        (hook({"url": "https://{{region}}.example"}, (TOKEN, ASKED)), 0),
        (hook({"url": "https://{{context.region}}.example"}, (TOKEN, ASKED)), 1),
        (hook(variables=(TOKEN, {**ASKED, "type": "multiselect"})), 0),
        (hook(variables=(TOKEN, {**ASKED, "key": "skip-ca-verification"})), 0),
        (hook(variables=(TOKEN, ASKED), deliveryMethod="custom"), 0),
        (form(ASKED), 0),
        (store(), 0),
        (approval(approvalFormVariables=[ASKED]), 1),
        (approval(environmentFormVariables=[ASKED]), 1),
    ],
)
def test_a_variable_is_read_where_its_capability_reads(messages: Messages, patch: dict[str, Any], count: int) -> None:
    assert len(messages("unused-variable", patch)) == count


def test_an_approval_may_send_all_its_answers(messages: Messages) -> None:
    endpoint = {"url": "https://a.example", "method": "POST", "headers": [{"name": "A", "value": "{{token}}"}]}
    body = '{ {{#each approvalFormVariables}}"{{@key}}": "{{this}}"{{/each}} }'
    patch = approval(approvalFormVariables=[ASKED], creationRequest={"endpoint": endpoint, "jsonBody": body})
    assert messages("unused-variable", patch) == []


@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({"otherCapabilities": ["external"]}, 1),
        ({"otherCapabilities": ["codeRefs", "external"]}, 1),
        ({"otherCapabilities": ["warehouseExperimentation"]}, 0),
        ({"capabilities": {"hideConfiguration": True}}, 0),
        ({"capabilities": {"syncedSegment": {}}}, 1),
        ({"allowIntegrationConfigurations": True}, 0),
    ],
)
def test_a_card_asks_for_nothing(messages: Messages, members: dict[str, Any], count: int) -> None:
    assert len(messages("unread-form", {NAME: {"formVariables": [ASKED], **members}})) == count


@pytest.mark.parametrize(("name", "count"), [("Region", 1), (" region", 1), ("Zone", 0), ("", 0)])
def test_labels_differ(messages: Messages, name: str, count: int) -> None:
    first = {**REGION, "type": "string"}
    assert len(messages("duplicate-entry", form(first, {**first, "key": "zone", "name": name}))) == count


def test_two_fields_do_not_wait_for_each_other(messages: Messages) -> None:
    def waiting(key: str, other: str) -> dict[str, Any]:
        conditions = [{"operator": "equalTo", "value": "a"}]
        shown = {"variableLocation": "formVariables", "action": "showField", "conditions": conditions}
        condition = {"variableKey": other, **shown}
        return {**REGION, "type": "string", "key": key, "name": key, "dependsOn": [condition]}

    one, two = messages("impossible-dependency", form(waiting("a", "b"), waiting("b", "a")))
    assert (one, two) == ("a and b depend on each other", "b and a depend on each other")
    assert messages("impossible-dependency", form(waiting("a", "b"), {**waiting("b", "a"), "dependsOn": [None]})) == []


def test_a_feature_store_uses_the_form_at_the_top_too(messages: Messages) -> None:
    patch = store()
    patch = {NAME: {**patch[NAME], "formVariables": [{**REGION, "type": "string"}]}}
    assert messages("unused-variable", patch) == ["region is asked for, but never used"]
