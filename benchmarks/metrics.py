"""What the metric creator and the sandbox cost, mostly as ratios.

Run it as ``python -m benchmarks.metrics``. It exits with 1 if a budget is exceeded.
"""

import json
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import urllib3

from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.representation import created
from toolkit.metrics.sandbox.server import running
from toolkit.metrics.sandbox.store import Store

ROUNDS, CREATES, POSTS = 7, 100, 1000
FEW, MANY = 1000, 10_000
BUDGETS = {
    "creates, to a bare loop": 1.3,
    "listing ten times as many metrics": 12.0,
    "one page of ten times as many metrics": 2.0,
    "the slowest 1 % of /bulk, page open to closed": 3.0,
    "seconds until SIGTERM has ended it": 1.0,
    "seconds of `metric create --sandbox`": 2.0,
}
OPTIONS = Options(rate_limit=1_000_000)
EVENT = json.dumps([{"kind": "custom", "key": "e1", "creationDate": 1, "contextKeys": {"user": "ada"}}])
CREATE = "import sys; from toolkit.cli.metric import metric; metric(sys.argv[1:])"
ONE = ["create", "--sandbox", "--kind", "count", "--key", "a", "--event-key", "e"]
SANDBOX = "import sys; from toolkit.cli.sandbox import sandbox; sandbox(sys.argv[1:])"


def definitions() -> Iterator[MetricDefinition]:
    return (MetricDefinition(kind="count", key=f"m{n}", event_key=f"e{n}") for n in count())


def seconds(work: Callable[[], object], times: int = 1) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def creates() -> float:
    """The client's time over the bare loop's: median of rounds in turn."""
    with running(OPTIONS) as url:
        source = definitions()
        client = MetricsClient(OPTIONS.token, OPTIONS.project, host=url)
        pool = urllib3.PoolManager()
        headers = {"Authorization": OPTIONS.token, "Content-Type": "application/json"}

        def bare() -> None:
            body = json.dumps(next(source).body())
            pool.request("POST", f"{url}/api/v2/metrics/{OPTIONS.project}", body=body, headers=headers).json()

        pairs = [(seconds(lambda: client.create(next(source)), CREATES), seconds(bare, CREATES)) for _ in range(ROUNDS)]
    return statistics.median(ours / theirs for ours, theirs in pairs)


def filled(path: Path, number: int) -> Options:
    """The options of a sandbox whose file has that many metrics."""
    store = Store(path)
    store._db.execute("begin")
    for definition, _ in zip(definitions(), range(number), strict=False):
        store.create("default", created("default", definition.body()))
    store._db.execute("commit")
    store.close()
    return Options(rate_limit=1_000_000, data=path)


def lists(options: Options) -> tuple[float, float]:
    """The seconds for listing all, and for a page in the middle."""
    with running(options) as url:
        client = MetricsClient(options.token, "default", host=url)
        total = sum(1 for _ in client.list())
        everything = min(seconds(lambda: list(client.list())) for _ in range(3))
        pool = urllib3.PoolManager()
        target = f"{url}/api/v2/metrics/default?limit=50&offset={total // 2}"
        page = [
            seconds(lambda: pool.request("GET", target, headers={"Authorization": options.token})) for _ in range(99)
        ]
    return everything, statistics.median(page)


def slowest_post(options: Options, *, page_open: bool) -> float:
    """The 99th percentile of the seconds of a post to /bulk."""
    with running(options) as url:
        done = threading.Event()
        reader = threading.Thread(target=keep_reading, args=(url, done))
        if page_open:
            reader.start()
        pool = urllib3.PoolManager()
        headers = {"Authorization": "sdk-x"}
        times = [
            seconds(lambda: pool.request("POST", f"{url}/bulk", body=EVENT, headers=headers)) for _ in range(POSTS)
        ]
        done.set()
        if page_open:
            reader.join()
    return statistics.quantiles(times, n=100)[98]


def keep_reading(url: str, done: threading.Event) -> None:
    """Does what the page does, ten times as often."""
    state = "0-0"
    while not done.wait(0.1):
        answer = urllib3.request("GET", f"{url}/changes?since={state}")
        state = answer.json()["state"] if answer.status == 200 else state


def ending() -> float:
    """The seconds from SIGTERM to the end, with a stream open."""
    with subprocess.Popen([sys.executable, "-c", SANDBOX, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        stream = urllib3.request("GET", f"{url}/all", preload_content=False)
        process.send_signal(signal.SIGTERM)
        taken = seconds(process.wait)
        stream.close()
    return taken


def one_create() -> float:
    command = [sys.executable, "-c", CREATE, *ONE]
    return min(seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)) for _ in range(3))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        few, many = filled(Path(folder) / "few", FEW), filled(Path(folder) / "many", MANY)
        list_few, page_few = lists(few)
        list_many, page_many = lists(many)
        closed, opened = slowest_post(many, page_open=False), slowest_post(many, page_open=True)
    figures = (creates(), list_many / list_few, page_many / page_few, opened / closed, ending(), one_create())
    for (name, budget), figure in zip(BUDGETS.items(), figures, strict=True):
        print(f"{figure:6.2f}  {name} (budget {budget:g})")
    return int(any(figure > budget for figure, budget in zip(figures, BUDGETS.values(), strict=True)))


if __name__ == "__main__":
    sys.exit(main())
