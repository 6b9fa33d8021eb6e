"""Capabilities, categories, hooks, approvals and synced segments."""

from typing import Any

import pytest

from tests.rules.conftest import Mended, Told
from toolkit.integration.manifest import NAME
from toolkit.rules.patches import ENDPOINT, HOST, approval, capability, hook, synced, trigger
from toolkit.rules.registry import Patch
from toolkit.rules.template_patches import link_with


def test_empty_capabilities_go_where_others_are_named(told: Told, mended: Mended) -> None:
    assert len(told("empty-capabilities", {NAME: {"capabilities": {}}})) == 1
    assert "capabilities" not in mended("empty-capabilities", {NAME: {"capabilities": {}}})
    alone: Patch = {NAME: {"capabilities": {}, "otherCapabilities": None}}
    assert mended("empty-capabilities", alone)["capabilities"] == {}
    assert told("empty-capabilities", capability("flagCleanup", {})) == []


@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({"legacy": {"kind": "datadog"}}, 1),
        ({"capabilities": {"internalConfigurationURL": "data/acme"}}, 1),
        ({"capabilities": {"bigSegmentStore": {"dbStyle": "redis"}}}, 1),
        ({"formVariables": [{"key": "a", "type": "publicKey"}]}, 1),
    ],
)
def test_what_only_launchdarkly_can_use(told: Told, members: dict[str, Any], count: int) -> None:
    assert len(told("launchdarkly-only", {NAME: members})) == count
    assert told("launchdarkly-only", {NAME: {**members, "author": "LaunchDarkly"}}) == []


@pytest.mark.parametrize(("value", "count"), [(True, 1), (False, 0)])
def test_a_card_is_shown(told: Told, value: bool, count: int) -> None:
    assert len(told("card-hidden", {NAME: {"hideOnIntegrationsPage": value, "author": "LaunchDarkly"}})) == count


@pytest.mark.parametrize(
    ("kind", "others", "directory", "count"),
    [
        ("datadog", ["external"], "datadog-legacy", 0),
        ("codeRefs", ["codeRefs"], "acme", 0),
        ("slackWebhooks", ["external"], "slack", 0),
        ("webhooks", ["external"], "acme", 1),
    ],
)
def test_legacy_kinds(told: Told, kind: str, others: list[str], directory: str, count: int) -> None:
    manifest = {"legacy": {"kind": kind}, "otherCapabilities": others, "author": "LaunchDarkly"}
    assert len(told("legacy-kind", {NAME: manifest, ".": directory})) == count


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
    told: Told, categories: list[str], others: list[str], unfounded: int, missing: int
) -> None:
    patch = {NAME: {"categories": categories, "otherCapabilities": others}}
    assert len(told("category-unfounded", patch)) == unfounded
    assert len(told("category-missing", patch)) == missing


def test_a_category_is_added_where_there_is_room(mended: Mended) -> None:
    patch = {NAME: {"categories": ["analytics"], "otherCapabilities": ["sso"]}}
    assert mended("category-missing", patch)["categories"] == ["analytics", "authentication"]
    full = {NAME: {"categories": ["analytics", "ai", "migration"], "otherCapabilities": ["sso"]}}
    assert mended("category-missing", full)["categories"] == ["analytics", "ai", "migration"]


@pytest.mark.parametrize(
    ("others", "count"), [(["external"], 1), (["dataExport"], 0), (["warehouseExport"], 0), (["sso"], 1)]
)
def test_data_is_for_exports(told: Told, others: list[str], count: int) -> None:
    patch = {NAME: {"categories": ["data"], "otherCapabilities": others}}
    assert len(told("category-data", patch)) == count


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
    told: Told, members: dict[str, Any], endpoint: int, templates: int
) -> None:
    assert len(told("hook-endpoint", hook(**members) if "endpoint" not in members else _without(members))) == endpoint
    assert len(told("hook-templates", hook(**members) if "endpoint" not in members else _without(members))) == templates


def _without(members: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in members.items() if key != "endpoint"}
    patch: dict[str, Any] = dict(hook(**rest))
    del patch[NAME]["capabilities"]["auditLogEventsHook"]["endpoint"]
    return patch


@pytest.mark.parametrize(("headers", "count"), [(None, 1), ([], 0)])
def test_a_hook_lists_its_headers(told: Told, headers: object, count: int) -> None:
    assert len(told("hook-headers", hook({"headers": headers}))) == count


def test_an_approval_reads_an_id_and_uses_it(told: Told) -> None:
    assert told("approval-id", approval()) == told("approval-status", approval()) == []
    endpoint = {"url": "https://a.example", "method": "POST", "headers": []}
    assert len(told("approval-id", approval(creationRequest={"endpoint": endpoint}))) == 1
    asking = {"endpoint": endpoint, "jsonBody": '{"id": "{{context.approvalId}}"}'}
    assert told("approval-status", approval(statusRequest=asking)) == []


@pytest.mark.parametrize(
    ("paths", "members", "without", "direction"),
    [
        ({}, 0, 1, 0),
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
        ({"memberArrayParser": {"memberIdPath": "/i", "booleanMembershipPath": "/b"}}, 1, 0, 0),
        ({"addMemberArrayPath": "/a"}, 1, 0, 0),
    ],
)
def test_the_three_ways_of_a_synced_segment(
    told: Told, paths: dict[str, Any], members: int, without: int, direction: int
) -> None:
    patch = synced(**paths)
    rules = ("synced-members", "synced-without-members", "synced-direction")
    assert [len(told(rule, patch)) for rule in rules] == [members, without, direction]


def test_oauth_needs_a_key_and_a_key_needs_oauth(told: Told) -> None:
    both = {NAME: {"requiresOAuth": True, "oauthIntegrationKey": "acme"}}
    assert told("oauth-key", both) == told("oauth-key-idle", both) == []
    assert len(told("oauth-key", {NAME: {"requiresOAuth": True, "oauthIntegrationKey": " "}})) == 1
    assert len(told("oauth-key-idle", {NAME: {"requiresOAuth": False, "oauthIntegrationKey": "acme"}})) == 1


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://a.example/{{context.customProperties.acme.values.[0]}}", 0),
        ("https://a.example/{{#each customProperties}}{{this}}{{/each}}", 0),
        ("https://a.example/{{context.customProperties.other.name}}", 1),
    ],
)
def test_a_reserved_property_is_read(told: Told, url: str, count: int) -> None:
    patch: dict[str, Any] = dict(hook({"url": url}))
    patch[NAME]["capabilities"]["reservedCustomProperties"] = [{"name": "Acme", "key": "acme"}]
    assert len(told("custom-property-idle", patch)) == count


def test_nothing_supports_the_shared_secret_of_a_trigger(told: Told) -> None:
    assert len(told("launchdarkly-only", trigger(auth="sharedSecret"))) == 1
    assert len(told("launchdarkly-only", capability("trigger", {"auth": "sharedSecret"}, author="LaunchDarkly"))) == 1


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
def test_the_urls_of_a_flag_link(told: Told, url: str, count: int) -> None:
    for blocks in ({"image": {"sourceUrl": url}}, {"context": {"elements": [{"text": "x", "url": url}]}}):
        assert len(told("flag-link-fixed", link_with("x", {}, blocks))) == count


@pytest.mark.parametrize(("text", "count"), [("{{{metadata.at}}}", 0), ("1700000000000", 0), ("yesterday", 1)])
def test_a_time_in_a_flag_link(told: Told, text: str, count: int) -> None:
    blocks = {"context": {"elements": [{"text": text, "isTimestamp": True}, {"text": text}]}}
    assert len(told("flag-link-timestamp", link_with("x", {}, blocks))) == count


@pytest.mark.parametrize(
    ("url", "body", "count"),
    [("/1", None, 1), ("/{{context.approvalId}}", None, 0), ("/", '{"id": "{{creationResponseBody.id}}"}', 0)],
)
def test_later_requests_name_the_approval(told: Told, url: str, body: str | None, count: int) -> None:
    request = {"endpoint": {**ENDPOINT, "url": HOST + url}, **({"jsonBody": body} if body else {})}
    for name in ("statusRequest", "postApplyRequest", "deletionRequest"):
        assert len(told("approval-status", approval(**{name: request}))) == count


@pytest.mark.parametrize(
    ("templates", "count"),
    [({"default": " "}, 1), ({"validation": "a.hbs"}, 1), ({"validation": "a.hbs", "flag": "a.hbs"}, 0)],
)
def test_a_hook_has_something_to_send(told: Told, templates: dict[str, str], count: int) -> None:
    assert len(told("hook-templates", hook(useStandardWebhookPayload=None, templates=templates))) == count
