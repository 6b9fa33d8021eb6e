"""What the metric creator costs: creates per second against a bare loop, and one create with a sandbox.

Run it as ``python -m benchmarks.metrics``. It exits with 1 if a budget is exceeded.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count

import urllib3

from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

ROUNDS, CREATES = 7, 100
RATIO_BUDGET, SECONDS_BUDGET = 1.5, 2.0
CREATE = "import sys; from toolkit.cli.metric import metric; metric(sys.argv[1:])"
ONE = ["create", "--sandbox", "--kind", "count", "--key", "a", "--event-key", "e"]


def definitions() -> Iterator[MetricDefinition]:
    return (MetricDefinition(kind="count", key=f"m{n}", event_key="e") for n in count())


def seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def ratio() -> tuple[float, float]:
    """The client's time over the bare loop's (median of alternating rounds), and its creates per second."""
    options = Options(rate_limit=1_000_000)
    with running(options) as url:
        source = definitions()
        client = MetricsClient(options.token, options.project, host=url)
        pool = urllib3.PoolManager()
        headers = {"Authorization": options.token, "Content-Type": "application/json"}

        def bare() -> None:
            body = json.dumps(next(source).body())
            pool.request("POST", f"{url}/api/v2/metrics/{options.project}", body=body, headers=headers).json()

        rounds = [
            (seconds(lambda: client.create(next(source)), CREATES), seconds(bare, CREATES)) for _ in range(ROUNDS)
        ]
    return statistics.median(ours / bare for ours, bare in rounds), CREATES / min(ours for ours, _ in rounds)


def main() -> int:
    times_bare, per_second = ratio()
    command = [sys.executable, "-c", CREATE, *ONE]
    one = min(seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 1) for _ in range(3))
    print(f"{per_second:.0f} creates per second, {times_bare:.2f} times a bare loop (budget {RATIO_BUDGET})")
    print(f"ldit metric create --sandbox: {one:.2f} s (budget {SECONDS_BUDGET:.0f} s)")
    return int(times_bare > RATIO_BUDGET or one > SECONDS_BUDGET)


if __name__ == "__main__":
    sys.exit(main())
