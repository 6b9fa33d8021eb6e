"""A metric as people say it, checked offline, and turned into the body that the metrics API takes.

The API has no field for the three kinds that its documentation names. It tells them apart so:

    kind      isNumeric   unitAggregationType   unit
    binary    false       average               none       did the unit send the event at all?
    count     false       sum                   none       how often did the unit send it?
    numeric   true        average or sum        required   what value did the event carry?

A body without unitAggregationType makes a binary metric, which is how count metrics go wrong; ours has it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from toolkit.errors import LditError
from toolkit.metrics.checks import Problem, metric_problems

SUCCESS = {"higher": "HigherThanBaseline", "lower": "LowerThanBaseline"}
# What an echo means when it leaves a field out: all but nine fields of a metric are optional in answers.
ABSENT: Mapping[str, Any] = {
    "isNumeric": False,
    "unitAggregationType": "average",
    "analysisType": "mean",
    "eventDefault": {"disabled": False, "value": 0},
    "tags": [],
}


class InvalidMetricError(LditError):
    """A definition that cannot be sent; ``problems`` holds every reason."""

    def __init__(self, problems: list[Problem], source: str = "the metric") -> None:
        self.problems = problems
        first = f"{source} has {len(problems)} problem{'s' * (len(problems) > 1)}:"
        super().__init__("\n  ".join([first, *map(str, problems)]), "`ldit schema metric` has every field")


class Difference(NamedTuple):
    """A field of the API's body whose value in LaunchDarkly (``found``) is not the ``wanted`` one."""

    field: str
    wanted: object
    found: object

    def __str__(self) -> str:
        return f"{self.field} should be {json.dumps(self.wanted)} and is {json.dumps(self.found)}"


@dataclass(frozen=True, kw_only=True)
class MetricDefinition:
    """One custom metric; building one that the API would refuse raises InvalidMetricError.

    ``key`` names the metric in API calls; ``event_key`` is what the code passes to ``track()``. They are
    different things, and several metrics may share one event key. Only numeric metrics must say ``success``.
    """

    kind: Literal["binary", "count", "numeric"]
    key: str
    event_key: str
    name: str | None = None
    description: str | None = None
    unit: str | None = None
    success: Literal["higher", "lower"] | None = None
    aggregation: Literal["average", "sum"] | None = None
    percentile: int | None = None
    units_without_events: Literal["zero", "excluded"] | None = None
    analysis_units: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if found := list(metric_problems(self.to_json())):
            raise InvalidMetricError(found)

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """The definition that one object of a ``metrics.json`` stands for; raises InvalidMetricError."""
        if found := list(metric_problems(value)):
            raise InvalidMetricError(found)
        return cls(**{name: _frozen(value[word]) for name, word in _WORDS.items() if word in value})

    def to_json(self) -> dict[str, object]:
        """The object of a ``metrics.json`` that says the same."""
        values = {word: getattr(self, name) for name, word in _WORDS.items()}
        return {word: list(v) if isinstance(v, tuple) else v for word, v in values.items() if v is not None}

    def body(self) -> dict[str, object]:
        """The exact JSON body of ``POST /api/v2/metrics/{projectKey}``."""
        numeric, percentile = self.kind == "numeric", self.percentile is not None
        excluded = percentile or self.units_without_events == "excluded"
        event_default = {"disabled": True} if excluded else {"disabled": False, "value": 0}
        body: dict[str, object] = {
            "key": self.key,
            "name": self.name,
            "description": self.description,
            "kind": "custom",
            "isNumeric": numeric,
            "eventKey": self.event_key,
            "unit": self.unit,
            "successCriteria": SUCCESS[self.success or "higher"],
            "unitAggregationType": "sum" if self.kind == "count" else self.aggregation or "average",
            "analysisType": "percentile" if percentile else "mean",
            "percentileValue": self.percentile,
            "eventDefault": event_default if numeric else None,
            "analysisUnits": list(self.analysis_units) if self.analysis_units else None,
            "tags": list(self.tags) if self.tags else None,
        }
        return {field: value for field, value in body.items() if value is not None}

    def difference(self, echo: Mapping[str, Any]) -> list[Difference]:
        """The fields of ``body()`` that are not so in ``echo``, a metric as the API answers it.

        Worth a look after every create: the API drops unknown fields without a word.
        """
        pairs = [(field, value, _echoed(echo, field, value)) for field, value in self.body().items()]
        return [Difference(*pair) for pair in pairs if _comparable(pair[1]) != _comparable(pair[2])]


_WORDS = {
    field.name: "".join(part.title() if i else part for i, part in enumerate(field.name.split("_")))
    for field in fields(MetricDefinition)
}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _echoed(echo: Mapping[str, Any], field: str, wanted: object) -> object:
    found = echo.get(field)
    if found is None and field == "analysisUnits":
        return echo.get("randomizationUnits")  # the field's name before it was renamed
    if found is None:
        return ABSENT.get(field)
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: found.get(key, ABSENT[field][key]) for key in wanted}
    return found


def _comparable(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, list) else value


def kind_of(metric: Mapping[str, Any]) -> str:
    """What people call the kind of ``metric``, an answer of the API: binary, count, numeric, click, ..."""
    if metric.get("kind") != "custom":
        return str(metric.get("kind"))
    if metric.get("isNumeric"):
        return "numeric"
    return "count" if metric.get("unitAggregationType") == "sum" else "binary"


def problems(value: object) -> Iterator[Problem]:
    """What is wrong with ``value``, a parsed ``metrics.json``: a metric, or a list of them, each key once."""
    if not isinstance(value, list):
        yield from metric_problems(value)
        return
    if not value:
        yield Problem("", "the list of metrics is empty", "add a metric")
    first: dict[str, int] = {}
    for index, metric in enumerate(value):
        yield from metric_problems(metric, f"/{index}")
        key = metric.get("key") if isinstance(metric, dict) else None
        if isinstance(key, str) and (earlier := first.setdefault(key, index)) != index:
            message = f"the key `{key}` is taken by metric {earlier + 1} of the list"
            yield Problem(f"/{index}/key", message, "give each metric its own key; event keys may be shared")


def read(path: Path) -> list[MetricDefinition]:
    """The definitions in the ``metrics.json`` at ``path``; raises LditError if there is a problem."""
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise LditError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise LditError(f"{path} is not JSON: {error}") from None
    if found := list(problems(value)):
        raise InvalidMetricError(found, str(path))
    return [MetricDefinition.from_json(metric) for metric in (value if isinstance(value, list) else [value])]
