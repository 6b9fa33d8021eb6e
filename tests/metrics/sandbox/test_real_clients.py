"""LaunchDarkly's own clients work against the sandbox."""

import json
import time
from collections.abc import Iterator
from typing import Any

import ldclient
import pytest
import urllib3

from tests.metrics.servers import TOKEN
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition


def library() -> Any:
    """LaunchDarkly's client of the API; it takes seconds to import, which collecting tests need not wait for."""
    import launchdarkly_api

    return launchdarkly_api


KINDS = [
    MetricDefinition(kind="binary", key="signup", event_key="Signed up"),
    MetricDefinition(kind="count", key="clicks", event_key="Clicked"),
    MetricDefinition(kind="numeric", key="load", event_key="Loaded", unit="ms", success="lower", percentile=9),
]


def _api(url: str, token: str = TOKEN) -> Any:
    return library().ApiClient(library().Configuration(host=url, api_key={"ApiKey": token}))


@pytest.fixture
def api(sandbox: str) -> Iterator[Any]:
    with _api(sandbox) as client:
        yield library().MetricsApi(client)


def _post(definition: MetricDefinition) -> Any:
    post = library().MetricPost.from_dict(definition.body())
    assert post
    return post


def _status(call: Any, *args: Any) -> int:
    with pytest.raises(library().ApiException) as caught:
        call(*args)
    return int(caught.value.status)


@pytest.mark.parametrize("definition", KINDS, ids=lambda each: each.kind)
def test_create_and_get(api: Any, definition: MetricDefinition) -> None:
    made = api.post_metric("default", _post(definition))
    assert definition.difference(made.to_dict()) == []
    assert made.version == 1
    assert api.get_metric("default", definition.key).to_dict() == made.to_dict()


def test_list_with_pages(api: Any) -> None:
    for number in range(5):
        api.post_metric("default", library().MetricPost(key=f"m{number}", kind="custom", eventKey="e", isNumeric=False))
    page = api.get_metrics("default", limit=2, offset=2, sort="-name")
    assert [each.key for each in page.items or []] == ["m2", "m1"]
    assert page.total_count == 5
    assert page.links
    assert page.links["next"].href == "/api/v2/metrics/default?limit=2&offset=4&sort=-name"


def test_patch(api: Any) -> None:
    api.post_metric("default", _post(KINDS[0]))
    change = library().PatchOperation(op="replace", path="/name", value="Signed up at last")
    changed = api.patch_metric("default", "signup", [change])
    assert (changed.name, changed.version) == ("Signed up at last", 2)
    assert _status(api.patch_metric, "default", "signup", [library().PatchOperation(op="remove", path="/key")]) == 400
    stale = library().PatchOperation(op="test", path="/name", value="another")
    assert _status(api.patch_metric, "default", "signup", [stale]) == 409


def test_delete(api: Any) -> None:
    api.post_metric("default", _post(KINDS[0]))
    assert api.delete_metric_with_http_info("default", "signup").status_code == 204
    assert _status(api.get_metric, "default", "signup") == 404


def test_refusals(api: Any, sandbox: str) -> None:
    api.post_metric("default", _post(KINDS[0]))
    assert _status(api.post_metric, "default", _post(KINDS[0])) == 409
    assert _status(api.post_metric, "nope", _post(KINDS[0])) == 404
    assert _status(api.get_metric, "default", "nope") == 404
    with _api(sandbox, "api-wrong") as client:
        assert _status(library().MetricsApi(client).get_metrics, "default") == 401


def test_projects_and_caller(sandbox: str) -> None:
    with _api(sandbox) as client:
        assert [each.key for each in library().ProjectsApi(client).get_projects().items] == ["default"]
        assert library().OtherApi(client).get_caller_identity().auth_kind == "token"


@pytest.mark.parametrize("stream", [True, False])
def test_the_sdk_starts(sandbox: str, stream: bool) -> None:
    config = ldclient.Config(
        "sdk-default-test", base_uri=sandbox, stream_uri=sandbox, events_uri=sandbox, stream=stream
    )
    with ldclient.LDClient(config, start_wait=5) as sdk:
        assert sdk.is_initialized()
        assert sdk.variation("nope", ldclient.Context.create("ada"), "default") == "default"


def test_an_event_of_the_sdk_counts_for_its_metric(sandbox: str, client: MetricsClient) -> None:
    client.create(KINDS[2])
    config = ldclient.Config("sdk-key", events_uri=sandbox, use_ldd=True)
    with ldclient.LDClient(config) as sdk:
        sdk.track("Loaded", ldclient.Context.create("ada"), metric_value=12.5)
        sdk.track("Loaded", ldclient.Context.create("bob"))
        sdk.flush()
        events = _events(sandbox, 2)
    assert [(each["value"], each["contexts"], each["metrics"]) for each in reversed(events)] == [
        (12.5, {"user": "ada"}, ["load"]),
        (None, {"user": "bob"}, []),
    ]


def _events(url: str, count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        items: list[dict[str, Any]] = json.loads(urllib3.request("GET", f"{url}/events").data)["items"]
        if len(found := [item for item in items if item["key"] == "Loaded"]) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{count} events did not arrive")
