"""The client: against the sandbox for what works, against a scripted server for what goes wrong."""

import time
import traceback
from typing import Any

import pytest

from tests.metrics.servers import TOKEN, Reply, Script, hasty
from toolkit.errors import LditError
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.failures import ApiError, MetricDiffersError
from toolkit.metrics.transport import UnreachableError

CLICKS = MetricDefinition(kind="count", key="clicks", event_key="Clicked")
POLICY = '"resources": ["proj/default:metric/clicks"], "actions": ["createMetric"]'
EVENT = MetricEvent("Clicked", {"user": "ada"})
MADE = Reply(201, CLICKS.body())
THERE = Reply(200, CLICKS.body())
TAKEN = Reply(409, {"code": "key_exists", "message": "taken"})
RESET = Reply(0)
BUSY = Reply(429, {"message": "Rate limited"}, {"X-Ratelimit-Route-Remaining": "0"})
DOWN = Reply(503)


def test_create_get_list_delete(client: MetricsClient) -> None:
    definitions = [MetricDefinition(kind="binary", key=f"m{n}", event_key="e") for n in range(120)]
    assert all(client.create(each).created for each in definitions)
    assert client.get("m7")["eventKey"] == "e"
    assert [each["key"] for each in client.list()] == [each.key for each in definitions]
    client.delete("m7")
    assert "m7" not in [each["key"] for each in client.list()]


def test_create_again(client: MetricsClient) -> None:
    assert client.create(CLICKS).created
    assert not client.create(CLICKS).created
    other = MetricDefinition(kind="binary", key="clicks", event_key="clicked")
    with pytest.raises(MetricDiffersError) as caught:
        client.create(other)
    assert [each.field for each in caught.value.differences] == ["eventKey", "unitAggregationType"]
    assert "`clicks` exists already and differs: eventKey should be" in str(caught.value)


def test_headers(script: Script) -> None:
    script.says(MADE)
    script.client().create(CLICKS)
    ((method, path, headers, body),) = script.requests
    assert (method, path, body) == ("POST", "/api/v2/metrics/default", CLICKS.body())
    assert headers["Authorization"] == "api-secret"
    assert headers["LD-API-Version"] == "20240415"
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("MetricImport-ldit-int/")


@pytest.mark.parametrize(
    "replies",
    [
        [BUSY, BUSY, MADE],
        [DOWN, MADE],
        [RESET, MADE],
        [RESET, TAKEN, THERE],
        [Reply(500), TAKEN, BUSY, THERE],
    ],
)
def test_create_through_trouble(script: Script, replies: list[Reply]) -> None:
    script.says(*replies)
    assert script.client().create(CLICKS).metric["key"] == "clicks"
    assert len(script.requests) == len(replies)


def test_a_dropped_field_is_told(script: Script) -> None:
    echo = CLICKS.body()
    del echo["unitAggregationType"]
    script.says(Reply(201, echo))
    with pytest.raises(MetricDiffersError, match='unitAggregationType should be "sum" and is "average"'):
        script.client().create(CLICKS)


@pytest.mark.parametrize(
    ("reply", "help_"),
    [
        (Reply(400, {"message": "no"}), "--dry-run"),
        (Reply(401, {"message": "Invalid access token"}), "LAUNCHDARKLY_ACCESS_TOKEN"),
        (Reply(403, {"message": "no"}), POLICY),
        (Reply(302, None, {"Location": "https://elsewhere.example"}), "--host"),
        (Reply(429, {"message": "slow down"}), "wait"),
        (Reply(500, ["not", "an", "object"]), "nothing is done twice"),
        (Reply(201, ["not", "an", "object"]), ""),
        (Reply(200, CLICKS.body()), ""),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(script: Script, reply: Reply, help_: str) -> None:
    script.says(reply)
    with pytest.raises(ApiError, match=f"LaunchDarkly answered {reply.status} for metric `clicks`") as caught:
        script.client(total=2).create(CLICKS)
    assert caught.value.status == reply.status
    assert help_ in caught.value.help


def test_no_token_goes_to_another_host(script: Script) -> None:
    script.says(Reply(200, {"items": [], "_links": {"next": {"href": "https://elsewhere.example/x"}}}))
    with pytest.raises(ApiError, match="the next page is on another host"):
        list(script.client().list())
    assert len(script.requests) == 1


@pytest.mark.parametrize("links", [{}, None, [], {"next": "x"}, {"next": {"href": None}}])
def test_last_page(script: Script, links: Any) -> None:
    script.says(Reply(200, {"items": None, "_links": links}))
    assert list(script.client().list()) == []


def test_unknown_project(sandbox: str) -> None:
    client = MetricsClient(TOKEN, "nope", host=sandbox)
    with pytest.raises(ApiError, match="there is no project `nope`") as caught:
        client.create(CLICKS)
    assert "the token sees `default`" in caught.value.help


def test_unknown_metric(client: MetricsClient) -> None:
    with pytest.raises(ApiError, match="project `default` has no metric `nope`"):
        client.get("nope")


def test_not_found_where_projects_are_hidden(script: Script) -> None:
    script.says(Reply(404, {"message": "Invalid resource identifier"}), Reply(403))
    with pytest.raises(ApiError, match="answered 404 for metric `nope`: Invalid resource identifier"):
        script.client().get("nope")


def test_delete_whose_answer_was_lost(script: Script) -> None:
    script.says(RESET, Reply(404))
    script.client().delete("clicks")
    assert [each[0] for each in script.requests] == ["DELETE", "DELETE"]


def test_events_are_never_sent_twice(script: Script) -> None:
    script.says(RESET)
    with pytest.raises(UnreachableError) as caught:
        script.client().send_event(EVENT, "test")
    assert len(script.requests) == 1
    assert "look before you send it again" in caught.value.help


def test_events_are_sent_again_after_a_refusal(script: Script) -> None:
    script.says(BUSY, Reply(202))
    script.client().send_event(EVENT, "test")
    assert [each[1] for each in script.requests] == ["/v2/event-data-import/default/test"] * 2
    script.says(Reply(500))
    with pytest.raises(ApiError, match="answered 500 for environment `test`"):
        script.client().send_event(EVENT, "test")
    assert len(script.requests) == 3


def test_waits_when_nothing_remains(script: Script) -> None:
    soon = str(int(time.time() * 1000) + 60_000)
    script.says(Reply(200, {}, {"X-Ratelimit-Route-Remaining": "0", "X-Ratelimit-Reset": soon}))
    client = MetricsClient("api-x", "default", host=script.url, retry=hasty().new(backoff_max=0.2))
    start = time.monotonic()
    client.get("a")
    client.get("b")
    assert 0.2 <= time.monotonic() - start < 2


def test_no_server() -> None:
    client = MetricsClient("api-planted", "default", host="http://127.0.0.1:1", retry=hasty())
    with pytest.raises(UnreachableError, match=r"no answer from 127\.0\.0\.1:1: .*refused") as caught:
        client.create(CLICKS)
    assert "planted" not in "".join(traceback.format_exception(caught.value))


def test_a_server_that_tells_the_token(script: Script) -> None:
    script.says(Reply(403, {"message": "token api-secret may not"}))
    with pytest.raises(ApiError, match=r"token \*\*\* may not"):
        script.client().create(CLICKS)


def test_bad_agent() -> None:
    with pytest.raises(LditError, match="is no User-Agent"):
        MetricsClient("api-x", "default", agent="curl/8")
