"""The metrics that a metric integration creates."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import JsonFile
from toolkit.rules.registry import error, rule

NAME = "metrics.json"


@rule(error, bad={NAME: [{"kind": "numeric", "key": "acme-load-time", "eventKey": "acme.load", "name": "Load"}]})
def invalid_metric(json_file: JsonFile) -> Iterator[Problem]:
    """Every metric in `metrics.json` is one that LaunchDarkly can create.

    `ldit metric create --from metrics.json` creates them. LaunchDarkly's API ignores fields that it does not know, so
    it would drop a misspelled one silently. `ldit schema metric` prints the fields of a metric.
    """
    if json_file.path == NAME:
        from toolkit.metrics.definition import problems

        for pointer, message, help_ in problems(json_file.value):
            yield Problem(json_file.at(pointer), message, help_)
