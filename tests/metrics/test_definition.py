"""Definitions: what they turn into, what is refused, and what an echo is compared with."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import extend

from toolkit import resources
from toolkit.errors import LditError
from toolkit.metrics.definition import (
    Difference,
    InvalidMetricError,
    MetricDefinition,
    kind_of,
    load_metrics,
    passed_on,
    problems,
)

COUNT = MetricDefinition(kind="count", key="clicks", event_key="Clicked")
NUMERIC = MetricDefinition(kind="numeric", key="load", event_key="load", unit="ms", success="lower")
BASE = {"kind": "binary", "key": "signup", "eventKey": "Signed up"}
CLICK: dict[str, Any] = {
    "kind": "click",
    "key": "buy",
    "selector": "#buy",
    "urls": [{"kind": "substring", "substring": "/cart"}],
}
TIME = {"kind": "numeric", "key": "load", "eventKey": "load", "unit": "ms", "success": "lower"}


@pytest.mark.parametrize(
    ("definition", "is_numeric", "aggregation"),
    [
        (MetricDefinition(kind="binary", key="a", event_key="a"), False, "average"),
        (COUNT, False, "sum"),
        (NUMERIC, True, "average"),
        (MetricDefinition.from_json(TIME | {"aggregation": "sum"}), True, "sum"),
    ],
)
def test_body_of_each_kind(definition: MetricDefinition, is_numeric: bool, aggregation: str) -> None:
    body = definition.body()
    assert (body["isNumeric"], body["unitAggregationType"]) == (is_numeric, aggregation)
    assert body["kind"] == "custom"
    assert ("unit" in body) == is_numeric
    assert kind_of(body) == definition.kind


def test_body_is_exact() -> None:
    definition = MetricDefinition(
        kind="numeric",
        key="load",
        event_key="Page loaded",
        name="Load time",
        description="How long pages take.",
        unit="ms",
        success="lower",
        percentile=95,
        analysis_units=("user", "account"),
        tags=("acme",),
    )
    assert definition.body() == {
        "key": "load",
        "name": "Load time",
        "description": "How long pages take.",
        "kind": "custom",
        "isNumeric": True,
        "eventKey": "Page loaded",
        "unit": "ms",
        "successCriteria": "LowerThanBaseline",
        "unitAggregationType": "average",
        "analysisType": "percentile",
        "percentileValue": 95,
        "eventDefault": {"disabled": True},
        "analysisUnits": ["user", "account"],
        "tags": ["acme"],
    }


@pytest.mark.parametrize(
    ("value", "pointer", "message", "remedy"),
    [
        (7, "", "a metric is `7`, it must be an object", "start from `ldit schema metric`"),
        ([], "", "the list of metrics is empty", "add a metric"),
        ({"kind": "count", "key": "a"}, "", "eventKey is missing", "add the event key"),
        (BASE | {"kind": "custom"}, "/kind", "kind is `custom`, it must be binary", "binary asks"),
        (BASE | {"key": "has space"}, "/key", "key is `has space`, it must be", "it is not the event key"),
        (BASE | {"key": "line\n"}, "/key", "key is `line\n`, it must be letters", ""),
        (BASE | {"eventKey": ""}, "/eventKey", "eventKey is empty", ""),
        (BASE | {"name": "\ud800"}, "/name", "name holds half of a surrogate pair", ""),
        (BASE | {"event_key": "a"}, "/event_key", "unknown field `event_key`", "did you mean `eventKey`?"),
        (BASE | {"isNumeric": True}, "/isNumeric", "unknown field `isNumeric`", "say it with `kind`"),
        (BASE | {"ta/gs": 1}, "/ta~1gs", "unknown field `ta/gs`", "did you mean `tags`?"),
        (BASE | {"name": " \u3000"}, "/name", "name is blank", ""),
        (BASE | {"selector": "#x"}, "/selector", "selector means nothing for a binary metric", "remove it, or"),
        (CLICK | {"urls": [{"kind": "regex"}]}, "/urls", "urls has an item (number 1) that is no URL", "each has"),
        (BASE | {"dataSource": {}}, "/dataSource", "dataSource is an object, it must", ""),
        (BASE | {"windowStartOffset": "1"}, "/windowStartOffset", "windowStartOffset is `1`, it must be a", ""),
        (BASE | {"unit": "ms"}, "/unit", "unit means nothing for a binary metric", "remove it, or"),
        (TIME | {"percentile": True}, "/percentile", "percentile is true, it must be a whole", ""),
        (TIME | {"percentile": 101}, "/percentile", "percentile is `101`, it must be a whole number", ""),
        (TIME | {"percentile": 9, "unitsWithoutEvents": "zero"}, "/unitsWithoutEvents", "unitsWithout", ""),
        (BASE | {"tags": ["a", "b c"]}, "/tags", "tags has an item (number 2) that is `b c`", ""),
        (BASE | {"tags": ["a", "a"]}, "/tags", "tags names one thing twice", ""),
        (BASE | {"tags": "a"}, "/tags", "tags is `a`, it must be a list of texts", ""),
        ([BASE, BASE], "/1/key", "the key `signup` is taken by metric 1", "give each metric its own"),
        ([BASE, 1], "/1", "a metric is `1`, it must be an object", ""),
    ],
)  # fmt: skip
def test_problems(value: object, pointer: str, message: str, remedy: str) -> None:
    (found,) = problems(value)
    assert found.pointer == pointer
    assert found.message.startswith(message)
    assert found.help.startswith(remedy)


def test_numeric_must_say_unit_and_success() -> None:
    found = list(problems({"kind": "numeric", "key": "a", "eventKey": "a"}))
    assert [problem.message.split()[0] for problem in found] == ["unit", "success"]


def test_metrics_may_share_an_event_key() -> None:
    assert not list(problems([BASE, BASE | {"key": "other"}]))


def test_a_definition_that_exists_is_valid() -> None:
    with pytest.raises(InvalidMetricError, match="key is `-`"):
        MetricDefinition(kind="count", key="-", event_key="a")


def test_from_json_and_back() -> None:
    value = TIME | {"tags": ["a"], "analysisUnits": ["user"], "unitsWithoutEvents": "excluded"}
    assert MetricDefinition.from_json(value).to_json() == value


def test_echo_without_optional_fields_is_no_difference() -> None:
    nine = {"_id": "1", "key": "clicks", "kind": "custom", "name": "clicks", "tags": []}
    echo = nine | {
        "eventKey": "Clicked",
        "unitAggregationType": "sum",
        "successCriteria": "HigherThanBaseline",
    }
    assert COUNT.difference(echo) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"unitAggregationType": None}, Difference("unitAggregationType", "sum", "average")),
        ({"eventKey": "clicked"}, Difference("eventKey", "Clicked", "clicked")),
        ({"isNumeric": True}, Difference("isNumeric", False, True)),
    ],
)
def test_echo_with_a_difference(change: dict[str, Any], expected: Difference) -> None:
    assert COUNT.difference(COUNT.body() | change) == [expected]
    assert (
        str(expected) == f"{expected.field} should be {json.dumps(expected.wanted)} and is {json.dumps(expected.found)}"
    )


def test_echo_may_reorder_lists_and_rename_units() -> None:
    definition = MetricDefinition.from_json(BASE | {"tags": ["b", "a"], "analysisUnits": ["user", "account"]})
    echo = definition.body() | {"tags": ["a", "b"], "randomizationUnits": ["account", "user"]}
    del echo["analysisUnits"]
    assert definition.difference(echo) == []


def test_echo_may_leave_out_zero_and_false() -> None:
    empty: list[object] = [{}, None]
    for event_default in empty:
        assert NUMERIC.difference(NUMERIC.body() | {"eventDefault": event_default}, created=True) == []


WHOLE = MetricDefinition.from_json(
    TIME | {"name": "Load", "description": "d", "tags": ["a"], "maintainerId": "m", "filters": {"op": "and"}}
)


@pytest.mark.parametrize("change", [{"name": "x"}, {"description": "x"}, {"tags": ["b"]}, {"maintainerId": "x"}])
def test_what_is_the_customers_differs_only_when_it_was_just_sent(change: dict[str, Any]) -> None:
    assert WHOLE.difference(WHOLE.body() | change) == []
    assert [each.field for each in WHOLE.difference(WHOLE.body() | change, created=True)] == list(change)


def test_what_was_not_said_is_not_compared() -> None:
    echo = NUMERIC.body() | {"unitAggregationType": "sum", "analysisType": "percentile", "eventDefault": {}}
    assert NUMERIC.difference(echo) == []
    assert COUNT.difference(COUNT.body() | {"successCriteria": "LowerThanBaseline"}) == []
    assert [each.field for each in NUMERIC.difference(echo | {"unit": "s"})] == ["unit"]


def test_the_api_may_add_to_objects() -> None:
    filters = {"type": "group", "op": "and", "values": [{"op": "in"}], "more": 1}
    assert WHOLE.difference(WHOLE.body() | {"filters": filters | {"op": "and"}}) == []
    assert [each.field for each in WHOLE.difference(WHOLE.body() | {"filters": filters | {"op": "or"}})] == ["filters"]


def test_unknown_fields_are_passed_on() -> None:
    definition = MetricDefinition.from_json(BASE | {"winsorization": {"high": 99}, "windowStartOffset": 5})
    assert passed_on([COUNT, definition]) == ["winsorization"]
    assert definition.body()["winsorization"] == {"high": 99}
    assert definition.to_json() == BASE | {"winsorization": {"high": 99}, "windowStartOffset": 5}
    plain = {name: value for name, value in definition.body().items() if not name.startswith("win")}
    assert definition.difference(plain, created=True) == []
    assert definition.ignored(plain) == ["windowStartOffset", "winsorization"]
    (difference,) = definition.difference(plain | {"winsorization": {"high": 95}})
    assert difference.field == "winsorization"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (CLICK, {"kind": "click", "selector": "#buy", "urls": CLICK["urls"]}),
        (
            {"kind": "count", "key": "a", "eventKey": "a", "percentile": 90},
            {
                "analysisType": "percentile",
                "percentileValue": 90,
                "eventDefault": {"disabled": True},
                "isNumeric": False,
            },
        ),
    ],
)
def test_bodies_of_the_other_kinds(value: dict[str, Any], expected: dict[str, Any]) -> None:
    body = MetricDefinition.from_json(value).body()
    assert expected.items() <= body.items()
    assert ("isNumeric" in body) == (body["kind"] == "custom")


def test_echo_with_more_in_event_default() -> None:
    assert NUMERIC.difference(NUMERIC.body() | {"eventDefault": {"disabled": False, "value": 0, "new": 1}}) == []


def test_read_one_or_a_list(tmp_path: Path) -> None:
    file = tmp_path / "metrics.json"
    file.write_text(json.dumps(BASE | {"$schema": "https://example.com/metric.json"}))
    assert [each.key for each in load_metrics(file)] == ["signup"]
    file.write_text(json.dumps([BASE, TIME]))
    assert [each.key for each in load_metrics(file)] == ["signup", "load"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[{}]", "has 2 problems"),
    ],
)
def test_read_refuses(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "metrics.json"
    file.write_bytes(content)
    with pytest.raises(LditError, match=message):
        load_metrics(file)


def test_read_without_a_file(tmp_path: Path) -> None:
    with pytest.raises(LditError, match=r"cannot read .*metrics\.json: no such file"):
        load_metrics(tmp_path / "metrics.json")


def test_the_sample_is_sound() -> None:
    sample = Path(__file__).parents[2] / "sample-integration" / "metrics.json"
    assert {definition.kind for definition in load_metrics(sample)} == {"binary", "count", "numeric"}


FIELD_VALUES = {
    "kind": st.sampled_from(["binary", "count", "numeric", "click", "pageview", "custom", None]),
    "key": st.sampled_from(["a", "A.b_c-1", "", "-a", "a b", "a\n", 3]),
    "eventKey": st.text(max_size=3) | st.none(),
    "name": st.text(max_size=2) | st.integers(),
    "unit": st.sampled_from(["ms", "", 1]),
    "success": st.sampled_from(["higher", "lower", "HigherThanBaseline"]),
    "aggregation": st.sampled_from(["average", "sum", "median"]),
    "percentile": st.sampled_from([0, 95, 100, -1, 101, 1.5, "95", True, None]),
    "unitsWithoutEvents": st.sampled_from(["zero", "excluded", ""]),
    "analysisUnits": st.lists(st.sampled_from(["user", "account", "", 1]), max_size=2),
    "tags": st.lists(st.sampled_from(["a", "b", "b c", "x" * 65]), max_size=2),
    "isNumeric": st.booleans(),
    "maintainerId": st.sampled_from(["m", " ", 1]),
    "dataSource": st.sampled_from([{"key": "a"}, {"key": " "}, {}, "a"]),
    "filters": st.sampled_from([{"type": "group"}, {}, []]),
    "windowStartOffset": st.sampled_from([0, -5, 2**53 + 1, True, "1"]),
    "urls": st.lists(st.sampled_from([*CLICK["urls"], {"kind": "regex", "pattern": ""}, {"kind": "x"}]), max_size=2),
    "selector": st.sampled_from(["#a", "", "\ufeff", "\x85"]),
    "novelty": st.none() | st.integers(),
}
NEEDED = ("kind", "key")
DEFINITIONS = st.fixed_dictionaries(
    {name: FIELD_VALUES[name] for name in NEEDED},
    optional={name: values for name, values in FIELD_VALUES.items() if name not in NEEDED},
)


def _ecma_pattern(_: object, pattern: str, value: object, __: object) -> Any:
    import regress

    if isinstance(value, str) and not regress.Regex(pattern).find(value):
        yield jsonschema.ValidationError("pattern")


SCHEMA = json.loads(resources.path("schemas/metric.json").read_text())
VALIDATOR = extend(jsonschema.Draft7Validator, {"pattern": _ecma_pattern})(SCHEMA)  # type: ignore[no-untyped-call]


@given(DEFINITIONS)
def test_the_schema_says_the_same(value: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(value) == (not list(problems(value)))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(JUNK | st.dictionaries(st.sampled_from(sorted(FIELD_VALUES)), JUNK))
def test_anything_may_come(value: object) -> None:
    for problem in problems(value):
        assert problem.message
        assert problem.pointer == "" or problem.pointer.startswith("/")
