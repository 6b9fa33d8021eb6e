"""The events sink: what is taken, what is dropped, and what counts for which metric."""

import json
from typing import Any

import pytest
import urllib3

from tests.metrics.servers import TOKEN
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition

IMPORT = "/v2/event-data-import/default/production"
SCHEMA = {"X-LaunchDarkly-Event-Schema": "4"}
GOOD = {"kind": "custom", "key": "e", "creationDate": 1, "contextKeys": {"user": "ada"}}


def post(url: str, path: str, body: object, token: str = TOKEN, **headers: str) -> int:
    headers = {"Authorization": token, **headers}
    return urllib3.request("POST", url + path, body=json.dumps(body).encode(), headers=headers).status


def events(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = urllib3.request("GET", f"{url}/events").json()["items"]
    return found


def test_one_event_counts_for_every_metric_with_its_key(client: MetricsClient, sandbox: str) -> None:
    client.create(MetricDefinition(kind="binary", key="whether", event_key="e"))
    client.create(MetricDefinition(kind="numeric", key="much", event_key="e", unit="ms", success="lower"))
    client.create(MetricDefinition(kind="binary", key="other", event_key="E"))
    assert post(sandbox, IMPORT, [GOOD], **SCHEMA) == 202
    assert post(sandbox, IMPORT, [GOOD | {"metricValue": 0}], **SCHEMA) == 202
    with_value, without = events(sandbox)[:2]
    assert (with_value["metrics"], with_value["problem"]) == (["whether", "much"], "")
    assert (without["metrics"], without["problem"]) == (["whether"], "")
    case = "wrong letter case: its event key is `E`"
    assert without["others"] == {"much": "the event has no metric value", "other": case}
    assert with_value["others"] == {"other": case}


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (GOOD, "no metric has this event key"),
        (GOOD | {"kind": "click"}, "dropped: its kind is not custom"),
        (GOOD | {"key": ""}, "dropped: it has no event key"),
        (GOOD | {"key": 1}, "dropped: it has no event key"),
        (GOOD | {"contextKeys": {}}, "dropped: it has no context keys"),
        (GOOD | {"contextKeys": {"user": 1}}, "dropped: it has no context keys"),
        (GOOD | {"metricValue": "1"}, "dropped: its metric value is not a number"),
        (GOOD | {"metricValue": True}, "dropped: its metric value is not a number"),
        (7, "dropped: its kind is not custom"),
    ],
)
def test_import_accepts_what_it_drops(empty_sandbox: str, event: object, problem: str) -> None:
    assert post(empty_sandbox, IMPORT, [event], **SCHEMA) == 202
    assert events(empty_sandbox)[0]["problem"] == problem


def test_import_refuses(empty_sandbox: str) -> None:
    assert post(empty_sandbox, IMPORT, [GOOD]) == 406
    assert post(empty_sandbox, IMPORT, GOOD, **SCHEMA) == 400
    assert post(empty_sandbox, IMPORT, [GOOD], token="api-wrong", **SCHEMA) == 401
    assert post(empty_sandbox, IMPORT.replace("default", "nope"), [GOOD], **SCHEMA) == 404


def test_bulk_keeps_custom_events(sandbox: str) -> None:
    sent = [
        {"kind": "index", "context": {"kind": "user", "key": "ada"}},
        {"kind": "summary", "features": {}},
        {"kind": "custom", "key": "one", "context": {"kind": "org", "key": "acme"}, "metricValue": 2},
        {
            "kind": "custom",
            "key": "two",
            "context": {"kind": "multi", "user": {"key": "a"}, "org": {"key": "b"}},
        },
        {"kind": "custom", "key": "three", "contextKeys": {"user": "ada"}},
        {"kind": "custom", "key": "four"},
    ]
    assert post(sandbox, "/bulk", sent, token="sdk-any") == 202
    assert [(each["key"], each["contexts"]) for each in reversed(events(sandbox)[:4])] == [
        ("one", {"org": "acme"}),
        ("two", {"user": "a", "org": "b"}),
        ("three", {"user": "ada"}),
        ("four", {}),
    ]


@pytest.mark.parametrize("token", ["", "api-sandbox"])
def test_bulk_wants_an_sdk_key(empty_sandbox: str, token: str) -> None:
    assert post(empty_sandbox, "/bulk", [], token=token) == 401
