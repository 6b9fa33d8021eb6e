"""Capabilities, categories, hooks, approvals and synced segments."""

from typing import Any

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.integration.manifest import NAME
from toolkit.rules import RULES
from toolkit.rules.examples import ENDPOINT, HOST, approval, capability, hook, link_with, synced, trigger
from toolkit.rules.registry import Patch


def test_empty_capabilities_go_where_others_are_named(messages: Messages, fixed: Fixed) -> None:
    assert len(messages("empty-capabilities", {NAME: {"capabilities": {}}})) == 1
    assert "capabilities" not in fixed("empty-capabilities", {NAME: {"capabilities": {}}})
    alone: Patch = {NAME: {"capabilities": {}, "otherCapabilities": None}}
    assert fixed("empty-capabilities", alone)["capabilities"] == {}
    assert messages("empty-capabilities", capability("flagCleanup", {})) == []


@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({"legacy": {"kind": "datadog"}}, 1),
        ({"capabilities": {"internalConfigurationURL": "data/acme"}}, 1),
        ({"capabilities": {"bigSegmentStore": {"dbStyle": "redis"}}}, 1),
        ({"formVariables": [{"key": "a", "type": "publicKey"}]}, 1),
    ],
)
def test_what_only_launchdarkly_can_use(messages: Messages, members: dict[str, Any], count: int) -> None:
    assert len(messages("launchdarkly-only", {NAME: members})) == count
    assert messages("launchdarkly-only", {NAME: {**members, "author": "LaunchDarkly"}}) == []


@pytest.mark.parametrize(("value", "count"), [(True, 1), (False, 0)])
def test_a_card_is_shown(messages: Messages, value: bool, count: int) -> None:
    assert len(messages("hidden-card", {NAME: {"hideOnIntegrationsPage": value, "author": "LaunchDarkly"}})) == count


@pytest.mark.parametrize(
    ("categories", "others", "unfounded", "missing"),
    [
        (["analytics"], ["external"], 0, 0),
        (["authentication"], ["sso"], 0, 0),
        (["analytics"], ["sso"], 0, 1),
        (["authentication"], ["external"], 1, 0),
        (["code-references"], ["external"], 0, 0),
        (["synced-segments", "approval"], ["external"], 2, 0),
        (["data"], ["dataExport"], 0, 0),
        (["analytics", "ai", "migration"], ["dataExport", "ide"], 0, 2),
    ],
)
def test_categories_fit_the_capabilities(
    messages: Messages, categories: list[str], others: list[str], unfounded: int, missing: int
) -> None:
    patch = {NAME: {"categories": categories, "otherCapabilities": others}}
    assert len(messages("category-without-capability", patch)) == unfounded
    assert len(messages("category-missing", patch)) == missing


def test_a_category_is_added_where_there_is_room(fixed: Fixed) -> None:
    patch = {NAME: {"categories": ["analytics"], "otherCapabilities": ["sso"]}}
    assert fixed("category-missing", patch)["categories"] == ["analytics", "authentication"]
    full = {NAME: {"categories": ["analytics", "ai", "migration"], "otherCapabilities": ["sso"]}}
    assert fixed("category-missing", full)["categories"] == ["analytics", "ai", "migration"]


@pytest.mark.parametrize(
    ("others", "count"), [(["external"], 1), (["dataExport"], 0), (["warehouseExport"], 0), (["sso"], 1)]
)
def test_data_is_for_exports(messages: Messages, others: list[str], count: int) -> None:
    patch = {NAME: {"categories": ["data"], "otherCapabilities": others}}
    assert len(messages("data-category-misused", patch)) == count


@pytest.mark.parametrize(
    ("members", "endpoint", "templates"),
    [
        ({}, 0, 0),
        ({"useStandardWebhookPayload": False}, 0, 1),
        ({"useStandardWebhookPayload": None, "templates": {"flag": "templates/flag.json.hbs"}}, 0, 0),
        ({"endpoint": None}, 1, 0),
        ({"endpoint": None, "deliveryMethod": "custom", "useStandardWebhookPayload": None}, 0, 0),
    ],
)
def test_a_hook_has_an_endpoint_and_something_to_send(
    messages: Messages, members: dict[str, Any], endpoint: int, templates: int
) -> None:
    assert (
        len(messages("missing-endpoint", hook(**members) if "endpoint" not in members else _without(members)))
        == endpoint
    )
    assert (
        len(messages("missing-templates", hook(**members) if "endpoint" not in members else _without(members)))
        == templates
    )


def _without(members: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in members.items() if key != "endpoint"}
    patch: dict[str, Any] = dict(hook(**rest))
    del patch[NAME]["capabilities"]["auditLogEventsHook"]["endpoint"]
    return patch


@pytest.mark.parametrize(("headers", "count"), [(None, 1), ([], 0)])
def test_a_hook_lists_its_headers(messages: Messages, headers: object, count: int) -> None:
    assert len(messages("missing-headers", hook({"headers": headers}))) == count


def test_an_approval_reads_an_id_and_uses_it(messages: Messages) -> None:
    assert messages("missing-approval-id", approval()) == messages("request-without-approval-id", approval()) == []
    endpoint = {"url": "https://a.example", "method": "POST", "headers": []}
    assert len(messages("missing-approval-id", approval(creationRequest={"endpoint": endpoint}))) == 1
    asking = {"endpoint": endpoint, "jsonBody": '{"id": "{{context.approvalId}}"}'}
    assert messages("request-without-approval-id", approval(statusRequest=asking)) == []


@pytest.mark.parametrize(
    ("paths", "members", "refused", "direction"),
    [
        ({}, 1, 0, 0),
        ({"addMemberArrayPath": "/a", "removeMemberArrayPath": "/r"}, 0, 0, 0),
        ({"memberArrayPath": "/m"}, 0, 0, 1),
        ({"memberArrayPath": ""}, 0, 0, 1),
        ({"memberArrayPath": "/m", "arrayInclusion": {"path": "/a", "matcher": "^add$"}}, 0, 0, 0),
        (
            {"memberArrayPath": "/m", "memberArrayParser": {"memberIdPath": "/i", "booleanMembershipPath": "/b"}},
            0,
            0,
            0,
        ),
        ({"memberArrayParser": {"memberIdPath": "/i", "booleanMembershipPath": "/b"}}, 1, 1, 0),
        ({"addMemberArrayPath": "/a"}, 1, 1, 0),
    ],
)
def test_the_three_ways_of_a_synced_segment(
    messages: Messages, paths: dict[str, Any], members: int, refused: int, direction: int
) -> None:
    patch = synced(**paths)
    rules = ("unclear-members", "unclear-direction")
    assert [len(messages(rule, patch)) for rule in rules] == [members, direction]
    gated = run_rules(damaged(patch), [RULES["unclear-members"]], "tests").findings
    assert len(gated) == refused


def test_oauth_needs_a_key_and_a_key_needs_oauth(messages: Messages) -> None:
    both = {NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme"}}
    assert messages("oauth-key-mismatch", both) == messages("oauth-key-mismatch", both) == []
    assert len(messages("oauth-key-mismatch", {NAME: {"requiresOAuth": True, "oauthIntegrationKey": " "}})) == 1
    assert len(messages("oauth-key-mismatch", {NAME: {"requiresOAuth": False, "oauthIntegrationKey": "acme"}})) == 1


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://a.example/{{context.customProperties.acme.values.[0]}}", 0),
        ("https://a.example/{{#each customProperties}}{{this}}{{/each}}", 0),
        ("https://a.example/{{context.customProperties.other.name}}", 1),
    ],
)
def test_a_reserved_property_is_read(messages: Messages, url: str, count: int) -> None:
    patch: dict[str, Any] = dict(hook({"url": url}))
    patch[NAME]["capabilities"]["reservedCustomProperties"] = [{"name": "Acme", "key": "acme"}]
    assert len(messages("unused-custom-property", patch)) == count


def test_nothing_supports_the_shared_secret_of_a_trigger(messages: Messages) -> None:
    assert len(messages("launchdarkly-only", trigger(auth="sharedSecret"))) == 1
    assert (
        len(messages("launchdarkly-only", capability("trigger", {"auth": "sharedSecret"}, author="LaunchDarkly"))) == 1
    )


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("{{{deepLink}}}", 0),
        ("{{ metadata.url }}", 0),
        ("HTTPS://acme.io/logo.png", 0),
        ("http://acme.io", 1),
        ("/a", 1),
        ("", 1),
        ("javascript:x()", 1),
    ],
)
def test_the_urls_of_a_flag_link(messages: Messages, url: str, count: int) -> None:
    for blocks in ({"image": {"sourceUrl": url}}, {"context": {"elements": [{"text": "x", "url": url}]}}):
        assert len(messages("relative-flag-link-url", link_with("x", {}, blocks))) == count


@pytest.mark.parametrize(("text", "count"), [("{{{metadata.at}}}", 0), ("1700000000000", 0), ("yesterday", 1)])
def test_a_time_in_a_flag_link(messages: Messages, text: str, count: int) -> None:
    blocks = {"context": {"elements": [{"text": text, "isTimestamp": True}, {"text": text}]}}
    assert len(messages("wrong-timestamp", link_with("x", {}, blocks))) == count


@pytest.mark.parametrize(
    ("url", "body", "count"),
    [("/1", None, 1), ("/{{context.approvalId}}", None, 0), ("/", '{"id": "{{creationResponseBody.id}}"}', 0)],
)
def test_later_requests_name_the_approval(messages: Messages, url: str, body: str | None, count: int) -> None:
    request = {"endpoint": {**ENDPOINT, "url": HOST + url}, **({"jsonBody": body} if body else {})}
    for name in ("statusRequest", "postApplyRequest", "deletionRequest"):
        assert len(messages("request-without-approval-id", approval(**{name: request}))) == count


@pytest.mark.parametrize(
    ("templates", "count"),
    [({"default": " "}, 1), ({"validation": "a.hbs"}, 1), ({"validation": "a.hbs", "flag": "a.hbs"}, 0)],
)
def test_a_hook_has_something_to_send(messages: Messages, templates: dict[str, str], count: int) -> None:
    assert len(messages("missing-templates", hook(useStandardWebhookPayload=None, templates=templates))) == count
