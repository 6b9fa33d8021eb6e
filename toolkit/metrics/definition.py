"""A metric as people say it, checked offline, and turned into the body that the metrics API takes.

The API has no field for the three kinds of custom metrics that its documentation names. It tells them apart so:

    kind      isNumeric   unitAggregationType   unit
    binary    false       average               none       did the unit send the event at all?
    count     false       sum                   none       how often did the unit send it?
    numeric   true        average or sum        required   what value did the event carry?

A body without unitAggregationType makes a binary metric, which is how count metrics go wrong; ours has it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from toolkit.errors import LditError
from toolkit.metrics.checks import CUSTOM, Problem, is_passed_on, metric_problems
from toolkit.text import reason

SUCCESS = {"higher": "HigherThanBaseline", "lower": "LowerThanBaseline"}
# What an echo means when it leaves a field out: all but nine fields of a metric are optional in answers.
ABSENT: Mapping[str, Any] = {
    "isNumeric": False,
    "unitAggregationType": "average",
    "analysisType": "mean",
    "eventDefault": {"disabled": False, "value": 0},
    "tags": [],
}
CUSTOMERS = frozenset({"name", "description", "tags", "maintainerId"})
"""Fields that belong to the customer once the metric exists: changing them is not a difference."""
NOT_YET = frozenset({"windowStartOffset", "windowEndOffset"})
"""Fields that LaunchDarkly's API has a type for and, by its documentation, does not keep yet."""


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
    """One metric; building one that the API would refuse raises InvalidMetricError.

    ``key`` names the metric in API calls; ``event_key`` is what the code passes to ``track()``. They are
    different things, and several metrics may share one event key. Custom metrics (binary, count, numeric) have an
    event key, click and pageview metrics have ``urls``; only numeric metrics must say ``success``. ``filters``,
    ``urls``, ``data_source`` and the windows (milliseconds) have the shapes of the API; ``extra`` holds fields of
    the API that are passed on as they are.
    """

    kind: Literal["binary", "count", "numeric", "click", "pageview"]
    key: str
    event_key: str | None = None
    name: str | None = None
    description: str | None = None
    unit: str | None = None
    success: Literal["higher", "lower"] | None = None
    aggregation: Literal["average", "sum"] | None = None
    percentile: int | None = None
    units_without_events: Literal["zero", "excluded"] | None = None
    analysis_units: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    maintainer_id: str | None = None
    data_source: Mapping[str, Any] | None = None
    filters: Mapping[str, Any] | None = None
    window_start_offset: int | None = None
    window_end_offset: int | None = None
    urls: tuple[Mapping[str, str], ...] | None = None
    selector: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if found := list(metric_problems(self.to_json())):
            raise InvalidMetricError(found)

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """The definition that one object of a ``metrics.json`` stands for; raises InvalidMetricError."""
        if found := list(metric_problems(value)):
            raise InvalidMetricError(found)
        known = {name: _frozen(value[word]) for name, word in _WORDS.items() if word in value}
        return cls(**known, extra={word: value[word] for word in value if is_passed_on(word)})

    def to_json(self) -> dict[str, Any]:
        """The object of a ``metrics.json`` that says the same."""
        values = {word: getattr(self, name) for name, word in _WORDS.items()}
        known = {word: list(v) if isinstance(v, tuple) else v for word, v in values.items() if v is not None}
        return known | dict(self.extra)

    def body(self) -> dict[str, Any]:
        """The exact JSON body of ``POST /api/v2/metrics/{projectKey}``."""
        body: dict[str, Any] = {
            "key": self.key,
            "name": self.name,
            "description": self.description,
            "kind": "custom" if self.kind in CUSTOM else self.kind,
            **(self._custom() if self.kind in CUSTOM else {"urls": _listed(self.urls), "selector": self.selector}),
            "successCriteria": SUCCESS[self.success or "higher"],
            "analysisUnits": _listed(self.analysis_units),
            "tags": _listed(self.tags),
            "maintainerId": self.maintainer_id,
            "dataSource": self.data_source,
            "filters": self.filters,
            "windowStartOffset": self.window_start_offset,
            "windowEndOffset": self.window_end_offset,
            **self.extra,
        }
        return {field: value for field, value in body.items() if value is not None}

    def difference(self, echo: Mapping[str, Any], *, created: bool = False) -> list[Difference]:
        """The fields of ``body()`` that are not so in ``echo``, a metric as the API answers it.

        Of a metric that was ``created`` just now, everything that was sent is compared: the API drops unknown
        fields without a word. Of one that exists, only what the definition says, without the fields that are
        the customer's (CUSTOMERS).
        """
        wanted = self.body()
        compared = (wanted.keys() if created else self._stated(wanted)) - set(self.ignored(echo))
        triples = [Difference(name, wanted[name], _echoed(echo, name)) for name in wanted if name in compared]
        return [each for each in triples if not _agrees(each.wanted, each.found)]

    def ignored(self, echo: Mapping[str, Any]) -> list[str]:
        """The fields that were passed on without knowing them, and that ``echo`` does not have."""
        return [name for name in self.body() if (name in self.extra or name in NOT_YET) and echo.get(name) is None]

    def _custom(self) -> dict[str, Any]:
        excluded = self.percentile is not None or self.units_without_events == "excluded"
        event_default = {"disabled": True} if excluded else {"disabled": False, "value": 0}
        return {
            "isNumeric": self.kind == "numeric",
            "eventKey": self.event_key,
            "unit": self.unit,
            "unitAggregationType": "sum" if self.kind == "count" else self.aggregation or "average",
            "analysisType": "mean" if self.percentile is None else "percentile",
            "percentileValue": self.percentile,
            "eventDefault": event_default if excluded or self.kind == "numeric" else None,
        }

    def _stated(self, body: Mapping[str, Any]) -> set[str]:
        """The fields of ``body`` that are not the customer's, and no default of ours."""
        silent = {
            "successCriteria": self.success is None,
            "unitAggregationType": self.kind == "numeric" and self.aggregation is None,
            "analysisType": self.percentile is None,
            # Of a count, the API may leave it out: units without events are a matter of numeric metrics.
            "eventDefault": self.kind == "count" or (self.percentile is None and self.units_without_events is None),
        }
        return {name for name in body if name not in CUSTOMERS and not silent.get(name, False)}


_WORDS = {
    field.name: "".join(part.title() if i else part for i, part in enumerate(field.name.split("_")))
    for field in fields(MetricDefinition)
    if field.name != "extra"
}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _listed(value: tuple[Any, ...] | None) -> list[Any] | None:
    return list(value) if value else None


def _echoed(echo: Mapping[str, Any], name: str) -> object:
    found = echo.get(name)
    if found is None and name == "analysisUnits":
        return echo.get("randomizationUnits")  # the field's name before it was renamed
    if found is None:
        return ABSENT.get(name)
    return ABSENT[name] | found if isinstance(found, dict) and isinstance(ABSENT.get(name), dict) else found


def _agrees(wanted: object, found: object) -> bool:
    """Whether ``found`` says what ``wanted`` does; the API may add to objects and reorder lists of texts."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return all(_agrees(value, found.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list):
        if all(isinstance(item, str) for item in wanted):
            return sorted(wanted) == sorted(map(str, found))
        return len(wanted) == len(found) and all(map(_agrees, wanted, found))
    return wanted == found


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


def load_metrics(path: Path) -> list[MetricDefinition]:
    """The definitions in the ``metrics.json`` at ``path``; raises LditError if there is a problem."""
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise LditError(f"cannot read {path}: {reason(error)}") from None
    except (ValueError, RecursionError) as error:
        raise LditError(f"{path} is not JSON: {error}") from None
    if found := list(problems(value)):
        raise InvalidMetricError(found, str(path))
    return [MetricDefinition.from_json(metric) for metric in (value if isinstance(value, list) else [value])]


def passed_on(definitions: list[MetricDefinition]) -> list[str]:
    """The names of the fields that ``definitions`` pass on to the API without knowing them, sorted."""
    return sorted({name for definition in definitions for name in definition.extra})
