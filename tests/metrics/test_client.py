"""The client: against the sandbox for what works, against a scripted server for what goes wrong."""

import time
import traceback
from typing import Any
from urllib.parse import urlsplit

import pytest
from urllib3 import ProxyManager

from tests.metrics.servers import TOKEN, Reply, Script, endless, hasty
from toolkit.errors import LditError
from toolkit.metrics import transport
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.failures import ApiError, MetricArchivedError, MetricDiffersError
from toolkit.metrics.proxies import connections
from toolkit.metrics.transport import TIMEOUT, TooLargeError, UnreachableError

CLICKS = MetricDefinition(kind="count", key="clicks", event_key="Clicked")
POLICY = '"resources": ["proj/default:metric/clicks"], "actions": ["createMetric"]'
EVENT = MetricEvent("Clicked", {"user": "ada"})
MADE = Reply(201, CLICKS.body())
THERE = Reply(200, CLICKS.body())
TAKEN = Reply(409, {"code": "key_exists", "message": "taken"})
LOCKED = Reply(409, {"code": "optimistic_locking_error", "message": "retry your request"})
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
    assert "`clicks` exists and differs: eventKey should be" in str(caught.value)


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
        [LOCKED, LOCKED, MADE],
        [TAKEN, Reply(404), MADE],
    ],
)
def test_create_through_trouble(script: Script, replies: list[Reply]) -> None:
    script.says(*replies)
    assert script.client().create(CLICKS).metric["key"] == "clicks"
    assert len(script.requests) == len(replies)


def test_a_dropped_field_is_reported(script: Script) -> None:
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
        (Reply(409, {"code": "optimistic_locking_error"}), ""),
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
    with pytest.raises(LditError, match="is not the User-Agent"):
        MetricsClient("api-x", "default", agent="curl/8")


def test_a_create_whose_answer_was_lost_is_ours(script: Script) -> None:
    for replies, created in (([RESET, TAKEN], True), ([Reply(502), TAKEN], True), ([TAKEN], False)):
        script.says(*replies, Reply(200, CLICKS.body() | {"_version": 1}))
        assert script.client().create(CLICKS).created is created


def test_update_changes_what_differs_and_nothing_else(client: MetricsClient) -> None:
    client.create(MetricDefinition(kind="binary", key="clicks", event_key="clicked", name="Clicks", tags=("a",)))
    differences = client.differences(CLICKS)
    assert [each.field for each in differences] == ["eventKey", "unitAggregationType"]
    changed = client.update(CLICKS)
    assert (changed["eventKey"], changed["unitAggregationType"]) == ("Clicked", "sum")
    assert (changed["name"], changed["tags"], changed["_version"]) == ("Clicks", ["a"], 2)
    assert client.differences(CLICKS) == []


def test_update_that_launchdarkly_does_not_keep(script: Script) -> None:
    script.says(Reply(200, CLICKS.body() | {"eventKey": "x"}))
    with pytest.raises(MetricDiffersError, match='kept something else: eventKey should be "Clicked" and is "x"'):
        script.client().update(CLICKS)
    assert script.requests[1][3] == [{"op": "replace", "path": "/eventKey", "value": "Clicked"}]


def test_a_refused_patch_names_its_actions(script: Script) -> None:
    script.says(Reply(403, {"message": "no"}))
    with pytest.raises(ApiError) as caught:
        script.client().patch("clicks", [{"path": "/unit", "value": "s"}, {"path": "/eventKey", "value": "e"}])
    assert '"actions": ["updateEventKey", "updateNumericUnit"]' in caught.value.help


def test_archived(client: MetricsClient) -> None:
    client.create(CLICKS)
    client.patch("clicks", [{"path": "/archived", "value": True}])
    with pytest.raises(MetricArchivedError, match="`clicks` is archived"):
        client.create(CLICKS)
    assert client.create(CLICKS, restore=True).restored
    assert client.get("clicks")["archived"] is False


def test_the_project_is_looked_for_on_every_page(script: Script) -> None:
    pages = [
        Reply(200, {"items": [{"key": "a"}], "_links": {"next": {"href": "/api/v2/projects?offset=1"}}}),
        Reply(200, {"items": [{"key": "defaults"}]}),
    ]
    script.says(Reply(404), *pages)
    with pytest.raises(ApiError, match="there is no project `default`") as caught:
        script.client().get("clicks")
    assert caught.value.help == "did you mean `defaults`? say --project; the token sees `a`, `defaults`"


@pytest.mark.parametrize(
    ("href", "message"),
    [
        (123, "is no URL"),
        ("http://[::1", "is no URL"),
        ("?limit=50", "never end"),
        ("/next", "never end"),
    ],
)
def test_pages_that_repeat(script: Script, href: object, message: str) -> None:
    items = [] if href == "/next" else [{"key": "a"}]
    script.says(Reply(200, {"items": items, "_links": {"next": {"href": href}}}))
    with pytest.raises(ApiError, match=message):
        list(script.client().list())
    assert len(script.requests) == 1


@pytest.mark.parametrize("items", [7, [7], {"a": 1}])
def test_items_that_are_no_metrics(script: Script, items: object) -> None:
    script.says(Reply(200, {"items": items}))
    with pytest.raises(ApiError, match="no objects"):
        list(script.client().list())


@pytest.mark.parametrize("status", [200, 429, 500])
def test_a_body_without_end(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 1 << 20)
    with endless(status) as server:
        client = MetricsClient("api-x", "default", host=server.url, retry=hasty(total=2))
        with pytest.raises(TooLargeError, match="over 1 MB"):
            client.get("a")
        assert server.sent < 8 << 20


def test_through_a_proxy(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://ada:pw@127.0.0.1:{urlsplit(script.url).port}")
    script.says(Reply(502))
    client = MetricsClient("api-x", "default", host="https://ld.acme.test", retry=hasty(connect=0, other=0, read=0))
    with pytest.raises(UnreachableError, match=r"no answer from ld\.acme\.test") as caught:
        client.get("a")
    assert "pw" not in str(caught.value)
    ((method, path, headers, _),) = script.requests
    assert (method, path) == ("CONNECT", "ld.acme.test:443")
    assert {name.title(): value for name, value in headers.items()}["Proxy-Authorization"] == "Basic YWRhOnB3"
    assert "Authorization" not in headers


@pytest.mark.parametrize(("name", "value"), [("NO_PROXY", "ld.acme.test"), ("HTTPS_PROXY", "")])
def test_around_a_proxy(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv(name, value)
    assert not isinstance(connections("https://ld.acme.test", TIMEOUT), ProxyManager)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert not isinstance(connections("http://127.0.0.1:9", TIMEOUT), ProxyManager)


@pytest.mark.parametrize("proxy", ["socks5://ada:pw@127.0.0.1", "http://", "http://[::1"])
def test_a_proxy_that_is_none(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(LditError, match="the proxy for https is no HTTP proxy") as caught:
        connections("https://ld.acme.test", TIMEOUT)
    assert "pw" not in str(caught.value)
