"""Creates a list of metrics. LaunchDarkly is the journal: what is there is done, so a rerun goes on."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.failures import ApiError

# Statuses that concern one metric only. After any other (a bad token, an unknown project) the rest would fail
# too.
OF_ONE_METRIC = (201, 400, 409)


class Step(NamedTuple):
    """What became of one definition; ``reason`` says why it failed."""

    definition: MetricDefinition
    result: Literal["created", "already there", "failed"]
    reason: str = ""


def create_all(client: MetricsClient, definitions: Iterable[MetricDefinition]) -> Iterator[Step]:
    """Creates them one by one; raises what ends the run, having yielded every step that was taken."""
    for definition in definitions:
        try:
            outcome = client.create(definition)
        except ApiError as error:
            if error.status not in OF_ONE_METRIC:
                raise
            yield Step(definition, "failed", str(error))
        else:
            yield Step(definition, "created" if outcome.created else "already there")
