"""Who may do what, and from where: roles, schemes, hosts, pages of others, slow and silent connections."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import urllib3

from tests.metrics.servers import TOKEN
from toolkit.errors import LditError
from toolkit.metrics.sandbox.options import ROLES, Options, parse_token
from toolkit.metrics.sandbox.server import running

METRICS = "/api/v2/metrics/default"
CUSTOM = {"key": "a", "kind": "custom", "eventKey": "e"}
EVENT = {"kind": "custom", "key": "e", "creationDate": 1, "contextKeys": {"user": "ada"}}
CREATOR = ROLES["reader"] | {"createMetric"}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    tokens = {"api-reader": ROLES["reader"], "api-creator": CREATOR}
    with running(Options(projects=("default", "second"), tokens=tokens, origins=("https://app.acme.test",))) as url:
        yield url


def ask(url: str, method: str, path: str, body: object = None, token: str = TOKEN, **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if body is None else json.dumps(body).encode()
    return urllib3.request(method, url + path, body=content, headers={"Authorization": token, **names}, retries=False)


@pytest.mark.parametrize(
    ("token", "method", "path", "status"),
    [
        ("api-reader", "GET", METRICS, 200),
        ("api-reader", "POST", METRICS, 403),
        ("api-reader", "DELETE", f"{METRICS}/a", 403),
        ("api-reader", "POST", "/v2/event-data-import/default/test", 403),
        ("api-creator", "PATCH", f"{METRICS}/a", 403),
        ("api-creator", "POST", METRICS, 400),
        (f"Bearer {TOKEN}", "GET", METRICS, 401),
        ("api-nobody", "GET", METRICS, 401),
        ("", "GET", METRICS, 401),
        ("api-é", "GET", METRICS, 401),
    ],
)
def test_roles(url: str, token: str, method: str, path: str, status: int) -> None:
    answer = ask(url, method, path, {}, token=token.encode().decode("latin-1"))
    assert answer.status == status
    assert answer.json()["code"] if status >= 400 else True


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("api-x", ROLES["admin"]),
        ("api-x=reader", ROLES["reader"]),
        ("api-x=createMetric,importEventData", CREATOR | {"importEventData"}),
    ],
)
def test_tokens_of_the_command_line(text: str, allowed: frozenset[str]) -> None:
    assert parse_token(text) == ("api-x", allowed)


def test_an_unknown_role() -> None:
    with pytest.raises(LditError, match="unknown role or action `raeder`") as caught:
        parse_token("api-x=raeder")
    assert caught.value.help == "did you mean `reader`?"


def test_several_projects(url: str) -> None:
    keys = [each["key"] for each in ask(url, "GET", "/api/v2/projects").json()["items"]]
    assert keys == ["default", "second"]
    assert ask(url, "POST", METRICS.replace("default", "second"), CUSTOM).status == 201
    assert ask(url, "GET", METRICS).json()["totalCount"] == 0
    assert ask(url, "GET", METRICS.replace("default", "third")).status == 404
    assert ask(url, "GET", "/api/v2/projects/second").json()["key"] == "second"
    assert ask(url, "GET", "/api/v2/projects/third").status == 404
    assert "projects" in ask(url, "GET", "/api/v2").json()["links"]


def test_environments_and_their_credentials(url: str) -> None:
    project = ask(url, "GET", "/api/v2/projects/second?expand=environments").json()
    items = ask(url, "GET", "/api/v2/projects/second/environments").json()["items"]
    assert project["environments"]["items"] == items
    test = ask(url, "GET", "/api/v2/projects/second/environments/test").json()
    assert test in items
    assert ask(url, "GET", "/api/v2/projects/second/environments/nope").status == 404
    ask(url, "POST", METRICS.replace("default", "second"), CUSTOM | {"key": "b"})
    assert ask(url, "POST", "/bulk", [EVENT], token=test["apiKey"]).status == 202
    assert ask(url, "POST", "/mobile", [EVENT], token=test["mobileKey"]).status == 202
    assert ask(url, "POST", "/mobile", [EVENT], token="sdk-x").status == 401
    assert ask(url, "POST", f"/events/bulk/{test['_id']}", [EVENT], token="").status == 202
    events = ask(url, "GET", "/events").json()["items"]
    assert [(each["environment"], "b" in each["metrics"]) for each in events] == [("test", True)] * 3


@pytest.mark.parametrize("host", ["acme.test", "acme.test:8765", "localhost.acme.test", "", "127.0.0.1.nip.io", "[::"])
def test_a_name_that_another_may_point_here(url: str, host: str) -> None:
    for path in ("/", "/events", METRICS, "/bulk"):
        assert ask(url, "GET", path, Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1", "[::1]:8765", "192.168.0.7"])
def test_names_that_are_ours(url: str, host: str) -> None:
    assert ask(url, "GET", "/events", Host=host).status == 200


EVIL, LOCAL, NAMED = "https://evil.test", "http://localhost:3000", "https://app.acme.test"


@pytest.mark.parametrize(
    ("path", "origin", "token", "status", "readable"),
    [
        (METRICS, EVIL, "", 401, "*"),
        (METRICS, EVIL, TOKEN, 400, "*"),
        ("/events/bulk/0", EVIL, "", 403, None),
        ("/events/bulk/0", "null", "", 403, None),
        ("/events/bulk/0", "http://localhost.evil.test", "", 403, None),
        ("/events/bulk/0", LOCAL, "", 202, LOCAL),
        ("/events/bulk/0", NAMED, "", 202, NAMED),
        ("/diagnostic", EVIL, "", 403, None),
        ("/bulk", EVIL, "sdk-x", 403, None),
        ("/api/v2/segment-target/x", EVIL, "", 403, None),
        ("/trust/oauth/authorize", EVIL, "", 403, None),
        ("/trust/oauth/authorize", LOCAL, "", 403, None),
    ],
)
def test_writes_of_pages(url: str, path: str, origin: str, token: str, status: int, readable: str | None) -> None:
    answer = ask(url, "POST", path, [], token=token, Origin=origin)
    assert (answer.status, answer.headers.get("Access-Control-Allow-Origin")) == (status, readable)


@pytest.mark.parametrize("path", ["/", "/events", "/changes", "/openapi.json"])
def test_no_page_reads_what_is_the_sandboxs_own(url: str, path: str) -> None:
    for origin in (EVIL, LOCAL, NAMED):
        assert "Access-Control-Allow-Origin" not in ask(url, "GET", path, Origin=origin).headers


def test_preflight(url: str) -> None:
    answer = ask(url, "OPTIONS", METRICS, Origin=EVIL, Access_Control_Request_Method="PATCH")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert ask(url, "OPTIONS", "/events/bulk/0", Origin=EVIL).status == 403
    assert ask(url, "OPTIONS", "/", Origin=EVIL).status == 403


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX-A: ",
    ],
    ids=["nothing", "half a line", "a request", "half a second one"],
)
def test_idle_connections_are_closed(sent: bytes) -> None:
    with running(Options(), patience=0.3) as url:
        port = urlsplit(url).port
        with socket.create_connection(("127.0.0.1", port or 0), timeout=5) as connection:
            start = time.monotonic()
            connection.sendall(sent)
            while connection.recv(65536):
                pass
            assert 0.2 < time.monotonic() - start < 3


def test_a_slow_answer_is_no_idle_connection() -> None:
    with running(Options(), patience=0.2) as url:
        answer = urllib3.request("GET", f"{url}/all", preload_content=False)
        assert b"event: put" in answer.read1()
        time.sleep(0.5)
        assert not answer.closed
        start = time.monotonic()
        answer.close()
    assert time.monotonic() - start < 1


def test_a_bug_is_said_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(template: str, context: dict[str, object]) -> str:
        raise ZeroDivisionError

    (tmp_path / "acme").mkdir()
    parser = {"environmentIdPath": "/env", "cohortIdPath": "/c", "cohortNamePath": "/c", "memberArrayParser": {}}
    capability = {"requestParser": parser, "jsonResponseBody": "x"}
    (tmp_path / "acme" / "manifest.json").write_text(json.dumps({"capabilities": {"syncedSegment": capability}}))
    with running(Options(integrations=tmp_path, render=broken)) as url:
        assert ask(url, "POST", "/api/v2/segment-target/acme", {}).status == 500
        assert ask(url, "GET", "/events").status == 200
    assert "ZeroDivisionError" in caplog.text
