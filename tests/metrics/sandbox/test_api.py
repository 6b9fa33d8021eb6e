"""The metrics API of the sandbox where LaunchDarkly's own client does not look."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.metrics.servers import TOKEN
from toolkit.errors import LditError
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition, problems
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

CUSTOM = {"key": "a", "kind": "custom", "eventKey": "e"}
METRICS = "/api/v2/metrics/default"
FILTERS = {"type": "group", "op": "and", "values": [], "negate": False}


def call(url: str, method: str, path: str, body: object = None, **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return urllib3.request(method, url + path, body=content, headers={"Authorization": TOKEN, **headers})


@pytest.mark.parametrize(
    "body",
    [
        CUSTOM,
        CUSTOM | {"isNumeric": True, "unit": "ms"},
        CUSTOM | {"isActive": True, "typo": 1},
        CUSTOM | {"analysisType": "percentile", "percentileValue": 5, "eventDefault": {"disabled": True}},
        {
            "key": "a",
            "kind": "click",
            "selector": "#x",
            "urls": [{"kind": "exact", "url": "https://a.example"}],
        },
        {"key": "a", "kind": "pageview", "urls": [{"kind": "substring", "substring": "a"}]},
        {"key": "a", "kind": "trace"},
        CUSTOM | {"analysisType": "percentile", "percentileValue": 5},
        CUSTOM | {"urls": [], "selector": "", "unit": "", "percentileValue": None, "filters": None, "tags": []},
        CUSTOM | dict.fromkeys(("isNumeric", "successCriteria", "eventDefault", "dataSource", "maintainerId")),
    ],
)
def test_accepted(empty_sandbox: str, body: dict[str, Any]) -> None:
    answer = call(empty_sandbox, "POST", METRICS, body)
    assert answer.status == 201
    made = answer.json()
    always = {"_id", "_versionId", "key", "name", "kind", "_links", "tags", "_creationDate", "dataSource"}
    assert always <= made.keys()
    assert not {"isActive", "typo"} & made.keys()
    assert made["_links"]["self"] == {"href": f"{METRICS}/a", "type": "application/json"}
    assert all(f"X-Ratelimit-{name}" in answer.headers for name in ("Reset", "Route-Remaining"))
    assert call(empty_sandbox, "DELETE", f"{METRICS}/a").status == 204


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"key": "a", "kind": "custom"},
        CUSTOM | {"key": "-a"},
        CUSTOM | {"key": "a\n"},
        CUSTOM | {"kind": "other"},
        CUSTOM | {"isNumeric": True},
        CUSTOM | {"unit": "ms"},
        CUSTOM | {"selector": "#x"},
        CUSTOM | {"tags": ["a b"]},
        CUSTOM | {"analysisType": "percentile"},
        CUSTOM | {"percentileValue": 5},
        CUSTOM | {"eventDefault": {"value": 1}},
        {"key": "a", "kind": "click", "selector": "#x"},
        {"key": "a", "kind": "pageview"},
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"key": NaN}',
        b'{"key": 1e999}',
        b"",
    ],
)
def test_refused(empty_sandbox: str, body: object) -> None:
    answer = call(empty_sandbox, "POST", METRICS, body)
    assert (answer.status, answer.json()["code"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"eventKey": ""}, "eventKey"),
        ({"tags": ["a b"]}, "tags/0"),
        ({"isNumeric": True, "unit": ""}, "unit"),
        ({"percentileValue": 5}, "percentileValue"),
        ({"kind": "click", "urls": [], "selector": "#a"}, "urls"),
        ({"successCriteria": "higher"}, "successCriteria"),
    ],
)
def test_a_refusal_names_the_field(empty_sandbox: str, change: dict[str, Any], field: str) -> None:
    message = call(empty_sandbox, "POST", METRICS, CUSTOM | change).json()["message"]
    assert message.startswith(f"Invalid request: {field}: ")


@pytest.mark.parametrize(
    "change",
    [{"isNumeric": True, "unit": "ms"}, {"analysisType": "percentile", "percentileValue": 5}],
)
def test_strict_adds_what_one_source_demands(change: dict[str, Any]) -> None:
    with running(Options(strict=True)) as url:
        answer = call(url, "POST", METRICS, CUSTOM | change)
        assert answer.status == 400
        assert answer.json()["message"].endswith("(the OpenAPI text demands it)")
        more = {"successCriteria": "LowerThanBaseline", "eventDefault": {"disabled": True}}
        assert call(url, "POST", METRICS, CUSTOM | change | more).status == 201


def test_both_names_of_the_units_are_mirrored(sandbox: str) -> None:
    for name, other in (("analysisUnits", "randomizationUnits"), ("randomizationUnits", "analysisUnits")):
        made = call(sandbox, "POST", METRICS, CUSTOM | {"key": name, name: ["org"]}).json()
        assert made[name] == made[other] == ["org"]
        patch = [{"op": "replace", "path": f"/{name}", "value": ["user"]}]
        changed = call(sandbox, "PATCH", f"{METRICS}/{name}", patch).json()
        assert changed[name] == changed[other] == ["user"]


def test_half_a_surrogate_pair_is_taken(sandbox: str) -> None:
    made = call(sandbox, "POST", METRICS, CUSTOM | {"name": "\ud800"})
    assert (made.status, made.json()["name"]) == (201, "\ud800")
    assert call(sandbox, "GET", "/").status == 200


def test_other_methods_and_paths(sandbox: str) -> None:
    wrong = call(sandbox, "PUT", METRICS)
    assert (wrong.status, wrong.json()["code"]) == (405, "method_not_allowed")
    assert call(sandbox, "GET", "/api/v2/flags/default").json()["code"] == "not_found"


def test_bodies_that_are_too_large(sandbox: str) -> None:
    packed = gzip.compress(b" " * (11 * 1024 * 1024))
    assert call(sandbox, "POST", METRICS, packed, **{"Content-Encoding": "gzip"}).status == 413
    assert call(sandbox, "POST", METRICS, b"junk", **{"Content-Encoding": "gzip"}).status == 400
    packed = gzip.compress(json.dumps(CUSTOM).encode())
    assert call(sandbox, "POST", METRICS, packed, **{"Content-Encoding": "gzip"}).status == 201


@pytest.fixture(scope="module")
def three_metrics() -> Iterator[str]:
    with running(Options()) as url:
        call(url, "POST", METRICS, CUSTOM | {"key": "b", "tags": ["x"], "unitAggregationType": "sum"})
        call(url, "POST", METRICS, CUSTOM | {"key": "a", "eventKey": "e a"})
        call(
            url,
            "POST",
            METRICS,
            CUSTOM | {"key": "c", "tags": ["x", "y"], "isNumeric": True, "unit": "ms", "maintainerId": "m"},
        )
        yield url


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["b", "a", "c"]),
        ("sort=name", ["a", "b", "c"]),
        ("sort=-createdAt", ["c", "a", "b"]),
        ("limit=1&offset=1", ["a"]),
        ("offset=9", []),
        ('filter=query equals "A"', ["a"]),
        ('filter=tags contains ["x"]', ["b", "c"]),
        ('filter=tags contains ["x","y"],eventKind equals custom', ["c"]),
        ('filter=eventKeys anyOf ["e a"]', ["a"]),
        ("filter=isNumeric equals false", ["b", "a"]),
        ("filter=unitAggregationType equals sum", ["b"]),
        ("filter=isNumeric equals true", ["c"]),
        ("filter=archived equals true", []),
        ("filter=archived equals false&expand=experiments", ["b", "a", "c"]),
        ("filter=hasConnections equals true", []),
        ("filter=hasConnections equals false", ["b", "a", "c"]),
        ('filter=maintainerIds anyOf ["m"]', ["c"]),
        ("filter=maintainerTeamKey equals team", []),
        ('filter=dataSourceKeys anyOf ["launchdarkly-hosted"]', ["b", "a", "c"]),
        ("filter=view equals all", []),
        ('filter=eventKeys anyOf ["true"]', []),
        ("sort=-name&limit=2", ["c", "b"]),
    ],
)
def test_lists(three_metrics: str, query: str, keys: list[str]) -> None:
    answer = call(three_metrics, "GET", f"{METRICS}?{query}")
    assert [each["key"] for each in answer.json()["items"]] == keys


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=51", "limit=x", "offset=-1", "sort=key", "filter=key", 'filter=query equals "\\x"'],
)
def test_lists_refuse(empty_sandbox: str, query: str) -> None:
    assert call(empty_sandbox, "GET", f"{METRICS}?{query}").status == 400


def test_links_of_a_list(sandbox: str) -> None:
    for key in "abcde":
        call(sandbox, "POST", METRICS, CUSTOM | {"key": key})
    links = call(sandbox, "GET", f"{METRICS}?limit=2&offset=2").json()["_links"]
    offsets = {rel: link["href"].split("offset=")[1] for rel, link in links.items()}
    assert offsets == {"self": "2", "first": "0", "prev": "0", "next": "4", "last": "4"}


@pytest.mark.parametrize(
    "patch",
    [
        [{"op": "replace", "path": "/key", "value": "b"}],
        [{"op": "replace", "path": "/kind", "value": "trace"}],
        [{"op": "replace", "path": "/isNumeric", "value": True}],
        [{"op": "add", "path": "/_version", "value": 9}, {"op": "remove", "path": "/nope"}],
        [{"op": "add", "path": "tags", "value": []}],
        [{"op": "add", "path": "", "value": 1}],
        [{"op": "move", "path": "/tags/0", "from": "/tags/0/x"}],
        [{"op": "copy", "path": "/name"}],
        [{"op": "explode", "path": "/name"}],
        {"comment": 1, "patch": []},
        {"patch": {}},
        7,
    ],
)
def test_patches_that_are_refused(empty_sandbox: str, patch: object) -> None:
    call(empty_sandbox, "POST", METRICS, CUSTOM)
    assert call(empty_sandbox, "PATCH", f"{METRICS}/a", patch).status == 400
    assert call(empty_sandbox, "GET", f"{METRICS}/a").json()["_version"] == 1
    call(empty_sandbox, "DELETE", f"{METRICS}/a")


def test_replace_creates_what_is_absent(sandbox: str) -> None:
    call(sandbox, "POST", METRICS, CUSTOM)
    patch = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in PATCHED.items()]
    answer = call(sandbox, "PATCH", f"{METRICS}/a", patch)
    assert answer.status == 200
    assert PATCHED.items() <= answer.json().items()


def test_a_patch_that_grows(sandbox: str) -> None:
    call(sandbox, "POST", METRICS, CUSTOM | {"tags": ["a" * 64] * 10})
    copies = [{"op": "copy", "from": "/tags", "path": "/tags/-"}] * 22
    answer = call(sandbox, "PATCH", f"{METRICS}/a", copies)
    assert (answer.status, answer.json()["message"]) == (
        400,
        "Invalid request: the patch makes a metric of over 256 kB",
    )
    assert call(sandbox, "PATCH", f"{METRICS}/a", [{"op": "test", "path": "/name", "value": "a"}] * 201).status == 400


PATCHED = {"maintainerId": "m", "archived": True, "filters": FILTERS, "analysisUnits": ["org"]}


def test_patch_with_a_comment(sandbox: str) -> None:
    call(sandbox, "POST", METRICS, CUSTOM)
    patch = {"comment": "why", "patch": [{"op": "add", "path": "/tags/-", "value": "new"}]}
    assert call(sandbox, "PATCH", f"{METRICS}/a", patch).json()["tags"] == ["new"]


def test_rate_limit() -> None:
    with running(Options(rate_limit=3)) as url:
        answers = [call(url, "GET", METRICS) for _ in range(4)]
        assert call(url, "GET", "/api/v2/projects").status == 200
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["X-Ratelimit-Route-Remaining"] for answer in answers] == ["2", "1", "0", "0"]


TEXT = st.text(min_size=1, max_size=5).filter(lambda text: text.strip("\ufeff \n").strip())
VALID = st.fixed_dictionaries(
    {"key": st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,5}", fullmatch=True), "eventKey": TEXT},
    optional={
        "name": TEXT,
        "description": TEXT,
        "tags": st.lists(st.from_regex(r"[a-zA-Z0-9_.-]{1,64}", fullmatch=True), min_size=1, unique=True),
        "analysisUnits": st.lists(TEXT, min_size=1, unique=True),
        "success": st.sampled_from(["higher", "lower"]),
    },
)
NUMERIC = st.fixed_dictionaries(
    {"unit": TEXT, "success": st.sampled_from(["higher", "lower"])},
    optional={
        "aggregation": st.sampled_from(["average", "sum"]),
        "percentile": st.integers(0, 100),
        "unitsWithoutEvents": st.just("excluded"),
    },
)
DEFINITIONS = st.one_of(
    st.builds(lambda base, kind: base | {"kind": kind}, VALID, st.sampled_from(["binary", "count"])),
    st.builds(lambda base, more: base | more | {"kind": "numeric"}, VALID, NUMERIC),
)
DAMAGE: st.SearchStrategy[Any] = st.sampled_from([None, 0, "", " ", "-", [], {}, ["a", "a"], "numeric"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEFINITIONS)
def test_what_is_valid_offline_is_accepted(client: MetricsClient, value: dict[str, Any]) -> None:
    definition = MetricDefinition.from_json(value)
    assert client.create(definition).created
    client.delete(definition.key)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEFINITIONS, st.data())
def test_what_is_not_is_refused_with_the_name_of_the_field(
    client: MetricsClient, value: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(sorted(value)))
    damaged = value | {field: data.draw(DAMAGE)}
    if found := list(problems(damaged)):
        words = " ".join(problem.message for problem in found)
        assert field in words or (field == "kind" and "numeric" in words)
        with pytest.raises(LditError):
            MetricDefinition.from_json(damaged)
    else:
        definition = MetricDefinition.from_json(damaged)
        assert client.create(definition).created
        client.delete(definition.key)
