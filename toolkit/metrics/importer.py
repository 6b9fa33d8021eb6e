"""Creates a list of metrics. LaunchDarkly is the journal: what is there is done, so a rerun goes on."""

from collections import deque
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Literal, NamedTuple

from toolkit.errors import LditError
from toolkit.metrics.calls import PAGE
from toolkit.metrics.client import MetricsClient, Outcome
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.failures import ApiError, MetricArchivedError, MetricDiffersError
from toolkit.metrics.transport import UnreachableError

# A bad token or an unknown project: every metric would fail.
ENDS_THE_RUN = (401, 404)
# Statuses that concern one metric; of any other failure this many in a row end the run.
OF_ONE_METRIC = (200, 201, 400, 409)
FAILURES = 3


class Step(NamedTuple):
    """What became of one definition; ``reason`` says why it failed, or what LaunchDarkly did not keep."""

    definition: MetricDefinition
    result: Literal["created", "already there", "restored", "failed"]
    reason: str = ""
    help: str = ""


def create_all(
    client: MetricsClient, definitions: Sequence[MetricDefinition], *, restore: bool = False, workers: int = 1
) -> Iterator[Step]:
    """Creates them, ``workers`` at once; raises what ends the run, having yielded the steps that were taken before.

    The steps come as they are done: with one worker, in the order of ``definitions``. The first metric that exists
    makes it read the project's list, once, rather than ask for each.
    """
    run = _Run(client, definitions, restore)
    try:
        if definitions:
            yield run.step()  # alone: a bad token or an unknown project shows here
        if workers == 1:
            while run.waiting:
                yield run.step()
        else:
            yield from _side_by_side(run, workers)
    finally:
        run.waiting.clear()


def _side_by_side(run: "_Run", workers: int) -> Iterator[Step]:
    results: SimpleQueue[Step | Exception] = SimpleQueue()

    def work() -> None:
        while True:
            try:
                results.put(run.step())
            except IndexError:
                return
            except Exception as error:  # raised again where the steps are taken
                run.waiting.clear()
                results.put(error)
                return

    left = len(run.waiting)
    for _ in range(min(workers, left)):
        # Daemons: one that waits for its next try does not keep an interrupted program from its end.
        Thread(target=work, daemon=True).start()
    for _ in range(left):
        if isinstance(result := results.get(), Exception):
            raise result
        yield result


class _Run:
    """What the workers of one run share."""

    def __init__(self, client: MetricsClient, definitions: Sequence[MetricDefinition], restore: bool) -> None:
        self.waiting = deque(definitions)
        self._client, self._restore = client, restore
        self._existing: dict[str, dict[str, Any]] | None = None
        self._failures = 0
        self._lock = Lock()

    def step(self) -> Step:
        """Takes the next definition; raises what ends the run, and IndexError when none is left."""
        definition = self.waiting.popleft()
        try:
            outcome = _create(self._client, definition, self._existing or {}, self._restore)
        except (ApiError, UnreachableError) as error:
            status = error.status if isinstance(error, ApiError) else 0
            self._failures = 0 if status in OF_ONE_METRIC else self._failures + 1
            if status in ENDS_THE_RUN or self._failures == FAILURES:
                raise
            step = Step(definition, "failed", str(error), error.help)
            found = isinstance(error, MetricDiffersError | MetricArchivedError) and status == 409
        else:
            self._failures = 0
            step = _step(definition, outcome)
            found = not outcome.created
        if found:
            with self._lock:
                if self._existing is None:
                    self._existing = _existing(self._client, len(self.waiting))
        return step


def _create(
    client: MetricsClient, definition: MetricDefinition, existing: dict[str, dict[str, Any]], restore: bool
) -> Outcome:
    metric = existing.get(definition.key)
    if metric is None:
        return client.create(definition, restore=restore)
    if definition.difference(metric):
        metric = client.get(definition.key)  # a list may leave fields out
    return client.keep(definition, metric, restore=restore)


def _step(definition: MetricDefinition, outcome: Outcome) -> Step:
    reason = f"LaunchDarkly did not keep {', '.join(outcome.ignored)}" if outcome.ignored else ""
    if outcome.created:
        return Step(definition, "created", reason)
    return Step(definition, "restored" if outcome.restored else "already there", reason)


def _existing(client: MetricsClient, left: int) -> dict[str, dict[str, Any]]:
    """The metrics of the project by key, where reading them all takes fewer calls than asking for ``left`` of them."""
    found: dict[str, dict[str, Any]] = {}
    try:
        for page in client.pages() if left else ():
            total = page.get("totalCount")
            if isinstance(total, int) and total / PAGE > 2 * left:
                return {}
            found |= {str(item.get("key")): item for item in page["items"]}
    except LditError:
        return found  # asking for each still works
    return found
