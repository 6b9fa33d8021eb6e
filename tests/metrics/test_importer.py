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
    # Some creates met a reset after the server had acted, and were found there by the next try.
    assert results["created"] + results["already there"] == 1000
    assert results["already there"] > 10
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
    assert "m1` exists already and differs: eventKey should be" in steps[1].reason


@pytest.mark.parametrize("status", [401, 403])
def test_what_would_stop_all_ends_the_run(script: Script, status: int) -> None:
    script.says(Reply(201, definitions(1)[0].body()), Reply(status))
    steps = create_all(script.client(), definitions(3))
    assert next(steps).result == "created"
    with pytest.raises(ApiError):
        next(steps)
    assert len(script.requests) == 2
