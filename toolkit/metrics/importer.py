"""Creates a list of metrics. LaunchDarkly is the journal: what is there is done, so a rerun goes on."""

from collections.abc import Iterator, Sequence
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
    client: MetricsClient, definitions: Sequence[MetricDefinition], *, restore: bool = False
) -> Iterator[Step]:
    """Creates them one by one; raises what ends the run, having yielded every step that was taken.

    The first metric that exists makes it read the project's list, once, rather than ask for each.
    """
    existing: dict[str, dict[str, Any]] | None = None
    failures = 0
    for index, definition in enumerate(definitions):
        try:
            outcome = _create(client, definition, existing or {}, restore)
        except (ApiError, UnreachableError) as error:
            status = error.status if isinstance(error, ApiError) else 0
            failures = 0 if status in OF_ONE_METRIC else failures + 1
            if status in ENDS_THE_RUN or failures == FAILURES:
                raise
            yield Step(definition, "failed", str(error), error.help)
            found = isinstance(error, MetricDiffersError | MetricArchivedError) and status == 409
        else:
            failures = 0
            yield _step(definition, outcome)
            found = not outcome.created
        if found and existing is None:
            existing = _existing(client, len(definitions) - index - 1)


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
