"""Synced segments: the three ways to say who joins and who leaves, and the answer from the template."""

import json
from pathlib import Path
from typing import Any

import pytest
import urllib3

from toolkit.errors import LditError
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.segment_parser import Member, read
from toolkit.metrics.sandbox.server import running
from toolkit.metrics.sandbox.wire import RefusedError

BASE = {
    "environmentIdPath": "/env",
    "cohortIdPath": "/cohort/id",
    "cohortNamePath": "/cohort/name",
    "memberArrayParser": {"memberIdPath": "/id"},
}
REQUEST = {"env": "e1", "cohort": {"id": "c1", "name": "Cohort"}}
BY_MEMBER = BASE | {
    "memberArrayPath": "/members",
    "memberArrayParser": {"memberIdPath": "/id", "booleanMembershipPath": "/in", "cohortIdPath": "/cohort"},
}
BY_ARRAY = BASE | {"addMemberArrayPath": "/add", "removeMemberArrayPath": "/remove"}
BY_ACTION = BASE | {"memberArrayPath": "/members", "arrayInclusion": {"path": "/action", "matcher": "^add$"}}


def _members(parser: dict[str, Any], body: dict[str, Any]) -> list[tuple[object, object, object]]:
    return [(each.userId, each.cohortId, each.value) for each in read(parser, REQUEST | body).batch]


@pytest.mark.parametrize(
    ("parser", "body", "expected"),
    [
        (BY_MEMBER, {"members": [{"id": "a", "in": True}]}, [("a", "c1", True)]),
        (BY_MEMBER, {"members": [{"id": "a", "in": "yes", "cohort": "c2"}]}, [("a", "c2", "yes")]),
        (BY_MEMBER, {"members": []}, []),
        (BY_ARRAY, {"add": [{"id": "a"}], "remove": [{"id": "b"}]}, [("a", "c1", True), ("b", "c1", False)]),
        (BY_ARRAY, {"add": [{"id": "a"}]}, [("a", "c1", True)]),
        (BY_ARRAY, {}, []),
        (BY_ACTION, {"action": "add", "members": [{"id": "a"}]}, [("a", "c1", True)]),
        (BY_ACTION, {"action": "remove", "members": [{"id": "a"}]}, [("a", "c1", False)]),
    ],
)
def test_members(parser: dict[str, Any], body: dict[str, Any], expected: list[Any]) -> None:
    assert _members(parser, body) == expected


@pytest.mark.parametrize(
    ("parser", "body", "message"),
    [
        (BY_MEMBER, {"members": [{"id": "a", "in": False}]}, "no value at /in"),
        (BY_MEMBER, {"members": [{"id": 0, "in": True}]}, "no value at /id"),
        (BY_MEMBER, {"members": [7]}, "no value at /in"),
        (BY_MEMBER, {}, "no value at /members"),
        (BY_MEMBER, {"members": {"id": "a"}}, "not an array"),
        (BY_ARRAY, {"add": "a"}, "not an array"),
        (BY_ARRAY, {"env": ""}, "no value at /env"),
        (BY_ACTION, {"members": [{"id": "a"}]}, "no value at /action"),
    ],
)
def test_refused(parser: dict[str, Any], body: dict[str, Any], message: str) -> None:
    with pytest.raises(RefusedError, match=message) as caught:
        read(parser, REQUEST | body)
    assert caught.value.status == 400


def test_the_whole_of_a_member() -> None:
    parser = BY_ARRAY | {"contextKindPath": "/kind", "cohortUrlPath": "/cohort/url"}
    body = {"env": "e1", "kind": "device", "add": [{"id": "a"}]}
    update = read(parser, body | {"cohort": {"id": "c1", "name": "Cohort", "url": "https://acme.example"}})
    assert (update.environment, update.context_kind) == ("e1", "device")
    assert update.batch == [Member("a", "c1", "Cohort", "https://acme.example", True)]
    assert read(BY_ARRAY, REQUEST).context_kind == "user"


@pytest.mark.parametrize("pointer", ["env", "/cohort/-", "/members/-", "/members/x", "/~2"])
def test_pointers_to_nowhere(pointer: str) -> None:
    with pytest.raises(RefusedError, match="no value at"):
        read(BASE | {"environmentIdPath": pointer}, REQUEST | {"members": [1]})


TEMPLATE = '{"segment": "SEGMENT", "code": CODE, "error": "ERROR"}'


def _render(template: str, context: dict[str, object]) -> str:
    if template == "{{":
        raise LditError("the template does not parse")
    names = {"SEGMENT": "segmentKey", "CODE": "statusCode", "ERROR": "errorMessage"}
    for word, name in names.items():
        template = template.replace(word, str(context[name]))
    return template


@pytest.fixture
def integrations(tmp_path: Path) -> Path:
    manifests = {
        "Acme": {"requestParser": BY_ARRAY, "jsonResponseBody": TEMPLATE},
        "plain": {"requestParser": BY_ARRAY},
        "loose": {"requestParser": {"environmentIdPath": 7}},
        "template": {"requestParser": BY_ARRAY, "jsonResponseBody": "{{"},
        "text": {"requestParser": BY_ARRAY, "jsonResponseBody": "no JSON"},
        "pattern": {"requestParser": BY_ACTION | {"arrayInclusion": {"path": "/action", "matcher": "("}}},
    }
    for name, capability in manifests.items():
        (tmp_path / name).mkdir()
        manifest = {"capabilities": {"syncedSegment": capability}}
        (tmp_path / name / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "manifest.json").write_text('{"capabilities": []}')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")
    return tmp_path


STATUSES = {"nope": 404, "...": 404, "none": 400, "loose": 500, "broken": 500, "text": 500, "template": 500}
GOOD = REQUEST | {"add": [{"id": "<i>a</i>"}]}


def test_answers(integrations: Path) -> None:
    with running(Options(integrations=integrations, render=_render)) as url:

        def post(path: str, body: object = GOOD) -> tuple[int, Any]:
            answer = urllib3.request("POST", f"{url}/api/v2/{path}", body=json.dumps(body).encode())
            return answer.status, answer.json() if answer.data else None

        ok = (200, {"segment": "acme-c1", "code": 200, "error": ""})
        assert post("segment-target/acme") == ok
        assert post("segment-targets/acme") == ok
        assert post("segment-target/acme", {}) == (
            400,
            {"segment": "", "code": 400, "error": "the request has no value at /env"},
        )
        assert post("segment-target/plain") == (200, None)
        assert post("segment-target/plain", {}) == (400, None)
        for key, status in STATUSES.items():
            assert post(f"segment-target/{key}")[0] == status
        assert post("segment-target/pattern", GOOD | {"action": "a", "members": [{"id": "a"}]})[0] == 500
        page = urllib3.request("GET", url).data.decode()
    assert "acme-c1" in page
    assert "&lt;i&gt;a" in page
    assert "<i>a" not in page


def test_without_a_directory(empty_sandbox: str) -> None:
    answer = urllib3.request("POST", f"{empty_sandbox}/api/v2/segment-target/acme", body=b"{}")
    assert answer.status == 404
    assert "--integrations" in answer.json()["message"]


CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "integrations"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the conformance corpus is not here")
def test_accepted_integrations() -> None:
    keys = [path.parent.name for path in CORPUS.glob("*/manifest.json") if '"syncedSegment"' in path.read_text()]
    assert keys
    with running(Options(integrations=CORPUS, render=lambda _, context: json.dumps(context))) as url:
        for key in keys:
            answer = urllib3.request("POST", f"{url}/api/v2/segment-target/{key}", body=b"{}")
            assert answer.status == 400, key
