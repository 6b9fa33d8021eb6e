"""Whoever is stopped half-way, creator or sandbox: nothing acknowledged is lost, nothing is done twice."""

import json
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.metrics.servers import CREATOR, SANDBOX, TOKEN, hasty, start
from toolkit.errors import LditError
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition, load_metrics
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.importer import create_all
from toolkit.metrics.sandbox.options import Faults, Options
from toolkit.metrics.sandbox.server import running

COUNT = 150
MANY, KILLS = int(os.environ.get("LDIT_METRICS", "30")), int(os.environ.get("LDIT_KILLS", "2"))
WRITES = int(os.environ.get("LDIT_WRITES", "100"))


def total(url: str) -> int:
    answer = urllib3.request("GET", f"{url}/api/v2/metrics/default?limit=1", headers={"Authorization": TOKEN})
    return int(answer.json()["totalCount"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_creator_that_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "metrics.json"
    file.write_text(json.dumps([{"kind": "count", "key": f"m{n}", "eventKey": "e"} for n in range(COUNT)]))
    with running(Options(faults=Faults({"slow": 1}, delay=0.02))) as url:
        with start(CREATOR, "create", "--from", str(file), "--host", url) as process:
            while total(url) < COUNT / 3:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(number)
            output, errors = process.communicate(timeout=10)
        made = total(url)
        assert COUNT / 3 <= made < COUNT
        if number == signal.SIGINT:
            assert process.returncode == 130
            assert made - 4 <= output.count("  created\n") <= made
            assert f" of {COUNT} metrics: " in errors
            assert "run it again to go on" in errors
        results = [step.result for step in create_all(MetricsClient(TOKEN, "default", host=url), load_metrics(file))]
        assert (results.count("already there"), results.count("created")) == (made, COUNT - made)
        assert total(url) == COUNT


def test_a_creator_that_is_killed_again_and_again_through_faults(tmp_path: Path) -> None:
    """LDIT_KILLS runs are killed (-9), each once it has made its share of LDIT_METRICS; the next one goes on."""
    file = tmp_path / "metrics.json"
    file.write_text(json.dumps([{"kind": "count", "key": f"m{n}", "eventKey": f"e{n}"} for n in range(MANY)]))
    moments = random.Random(12)
    with running(Options(data=tmp_path / "data", faults=Faults.parse("429=0.2,500=0.1,reset=0.1,seed=12"))) as url:
        client = MetricsClient(TOKEN, "default", host=url, retry=hasty(total=50))
        for kill in range(KILLS):
            share = MANY * (kill + moments.random()) / (KILLS + 1)
            with start(CREATOR, "create", "--from", str(file), "--host", url) as process:
                while len(list(client.list())) < share:
                    assert process.poll() is None
                    time.sleep(0.2)
                process.kill()
        with start(CREATOR, "create", "--from", str(file), "--host", url) as process:
            output, errors = process.communicate()
        metrics = list(client.list())
    assert process.returncode == 0, errors
    assert sorted(metric["key"] for metric in metrics) == sorted(f"m{n}" for n in range(MANY))
    assert {metric["_version"] for metric in metrics} == {1}
    assert output.count("  created\n") + output.count("  already there\n") == MANY


def test_a_sandbox_that_is_killed(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    acknowledged: list[str] = []
    with start(SANDBOX, "--port", "0", "--data", data, "--token", TOKEN) as process:
        assert process.stdout
        client = MetricsClient(TOKEN, "default", host=process.stdout.readline().strip(), retry=hasty(total=0))
        creator = threading.Thread(target=_create_and_send, args=(client, acknowledged))
        creator.start()
        while len(acknowledged) < WRITES:
            assert creator.is_alive()
            time.sleep(0.01)
        process.kill()
        creator.join()
    with start(SANDBOX, "--port", "0", "--data", data, "--token", TOKEN) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        kept = [metric["key"] for metric in MetricsClient(TOKEN, "default", host=url).list()]
        events: list[Any] = urllib3.request("GET", f"{url}/events").json()["items"]
        process.terminate()
        assert process.wait(10) == 0
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1
    assert {event["key"] for event in events} >= {f"e {key}" for key in acknowledged[-100:]}


def _create_and_send(client: MetricsClient, acknowledged: list[str]) -> None:
    for number in range(100_000):
        definition = MetricDefinition(kind="binary", key=f"m{number}", event_key=f"e m{number}")
        try:
            client.create(definition)
            client.send_event(MetricEvent(f"e m{number}", {"user": "ada"}), "production")
        except LditError:
            return
        acknowledged.append(definition.key)
