"""The metrics that a metric integration creates."""

from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import JsonFile
from toolkit.rules.registry import rule

NAME = "metrics.json"


@rule(Severity.error, {NAME: [{"kind": "numeric", "key": "acme-load-time", "eventKey": "acme.load", "name": "Load"}]})
def metric_definition(json_file: JsonFile) -> Iterator[Problem]:
    """Every metric in `metrics.json` is one that LaunchDarkly can create.

    `ldit metric create --from metrics.json` creates them. LaunchDarkly ignores what it does not know, so a slip
    would be dropped without a word; here it is told. `ldit schema metric` prints what a metric may hold.
    """
    if json_file.path == NAME:
        from toolkit.metrics.definition import problems

        for pointer, message, help_ in problems(json_file.value):
            yield Problem(json_file.at(pointer), message, help_)
