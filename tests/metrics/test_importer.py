"""A file of metrics: through faults, and in several runs."""

from collections import Counter

import pytest

from tests.metrics.servers import TOKEN, Reply, Script, hasty
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.failures import ApiError
from toolkit.metrics.importer import create_all
from toolkit.metrics.sandbox.options import Faults, Options
from toolkit.metrics.sandbox.server import running

FAULTS = Faults.parse("429=0.3,500=0.05,reset=0.05,seed=7")


def definitions(count: int) -> list[MetricDefinition]:
    return [
        MetricDefinition(kind=("binary", "count")[n % 2], key=f"m{n}", event_key=f"e {n // 2}") for n in range(count)
    ]


def test_a_thousand_through_faults() -> None:
    wanted = definitions(1000)
    with running(Options(faults=FAULTS)) as url:
        client = MetricsClient(TOKEN, "default", host=url, retry=hasty())
        results = Counter(step.result for step in create_all(client, wanted))
        there = list(client.list())
    # Some creates met a reset after the server had acted; they are ours all the same.
    assert results == {"created": 1000}
    assert [metric["key"] for metric in there] == [definition.key for definition in wanted]
    assert not any(definition.difference(metric) for definition, metric in zip(wanted, there, strict=True))


def test_a_rerun_goes_on(client: MetricsClient) -> None:
    wanted = definitions(10)
    steps = create_all(client, wanted)
    assert [next(steps).result for _ in range(4)] == ["created"] * 4
    assert Counter(step.result for step in create_all(client, wanted)) == {"created": 6, "already there": 4}


def test_one_that_differs_stops_nobody(client: MetricsClient) -> None:
    client.create(MetricDefinition(kind="binary", key="m1", event_key="other"))
    steps = list(create_all(client, definitions(3)))
    assert [step.result for step in steps] == ["created", "failed", "created"]
    assert "m1` exists and differs: eventKey should be" in steps[1].reason


@pytest.mark.parametrize(("status", "requests"), [(401, 2), (403, 4), (500, 4)])
def test_what_would_stop_all_ends_the_run(script: Script, status: int, requests: int) -> None:
    """A 403 may be about one metric, and a 500 pass; three in a row are about all."""
    script.says(Reply(201, definitions(1)[0].body()), Reply(status))
    steps = create_all(script.client(total=0), definitions(6))
    assert next(steps).result == "created"
    with pytest.raises(ApiError):
        list(steps)
    assert len(script.requests) == requests


def test_a_rerun_asks_once_for_what_exists(script: Script) -> None:
    wanted = definitions(120)
    there = [{**each.body(), "_version": 2} for each in wanted[:119]]
    taken, same = Reply(409, {"code": "key_exists"}), Reply(200, there[0])
    pages = [
        Reply(200, {"items": there[:60], "totalCount": 119, "_links": {"next": {"href": "/next"}}}),
        Reply(200, {"items": there[60:], "totalCount": 119}),
    ]
    script.says(taken, same, *pages, Reply(201, wanted[119].body()))
    steps = list(create_all(script.client(), wanted))
    assert Counter(step.result for step in steps) == {"already there": 119, "created": 1}
    assert len(script.requests) == 5


def test_a_large_project_is_not_read_for_few_metrics(script: Script) -> None:
    wanted = definitions(3)
    taken = Reply(409, {"code": "key_exists"})
    replies = [reply for each in wanted for reply in (taken, Reply(200, each.body()))]
    replies.insert(2, Reply(200, {"items": [], "totalCount": 10_000}))
    script.says(*replies)
    assert [step.result for step in create_all(script.client(), wanted)] == ["already there"] * 3
    assert len(script.requests) == 7


def test_what_the_customer_changed_is_left_alone(client: MetricsClient) -> None:
    wanted = definitions(4)
    list(create_all(client, wanted))
    client.patch("m1", [{"path": "/name", "value": "theirs"}, {"path": "/tags", "value": ["theirs"]}])
    client.patch("m2", [{"path": "/archived", "value": True}])
    steps = list(create_all(client, wanted))
    assert [step.result for step in steps] == ["already there", "already there", "failed", "already there"]
    assert "is archived" in steps[2].reason
    assert "--restore" in steps[2].help
    steps = list(create_all(client, wanted, restore=True))
    assert [step.result for step in steps] == ["already there", "already there", "restored", "already there"]
    assert (client.get("m1")["name"], client.get("m2")["archived"]) == ("theirs", False)


def test_side_by_side_through_faults() -> None:
    wanted = definitions(200)
    with running(Options(faults=FAULTS)) as url:
        client = MetricsClient(TOKEN, "default", host=url, retry=hasty())
        steps = list(create_all(client, wanted, workers=4))
        assert [step.result for step in steps] == ["created"] * 200
        assert sorted(metric["key"] for metric in client.list()) == sorted(each.key for each in wanted)
        again = Counter(step.result for step in create_all(client, wanted, workers=4))
        assert again["created"] + again["already there"] == 200


def test_side_by_side_until_all_would_fail(script: Script) -> None:
    script.says(Reply(201, definitions(1)[0].body()), Reply(401))
    steps = create_all(script.client(), definitions(50), workers=4)
    assert next(steps).result == "created"
    with pytest.raises(ApiError, match="401"):
        list(steps)
    assert len(script.requests) <= 9
