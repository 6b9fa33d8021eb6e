"""Logging in: against the sandbox's OAuth, through a real browser and by hand."""

import hashlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3
from click.testing import Result

from tests.metrics.browser import browsing
from tests.metrics.servers import TOKEN
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.failures import ApiError
from toolkit.metrics.oauth import Login, LoginError
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

POOL = urllib3.PoolManager()
CLICKS = MetricDefinition(kind="count", key="clicks", event_key="Clicked")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(Options()) as url:
        yield url


@pytest.fixture
def login(url: str) -> Login:
    """A login of a client that is registered."""
    return registered(url)


def registered(url: str, **changes: str) -> Login:
    redirect = f"http://127.0.0.1:{free_port()}/back"
    body = json.dumps({"name": "<b>Acme</b>", "redirectUri": redirect}).encode()
    made = urllib3.request("POST", f"{url}/api/v2/oauth/clients", body=body, headers={"Authorization": TOKEN}).json()
    return Login(url, made["_clientId"], made["_clientSecret"], redirect, **changes)


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def decide(url: str, decision: str, **changes: str) -> None:
    """Does what a browser does whose member presses a button, and follows the redirect in the background."""
    page = urllib3.request("GET", url).data.decode()
    form = form_of(page) | {"decision": decision} | changes
    threading.Thread(target=follow, args=(url, form)).start()


def follow(url: str, form: dict[str, str]) -> None:
    answer = POOL.request("POST", url.split("?")[0], fields=form, encode_multipart=False, redirect=False)
    if answer.status == 303:
        urllib3.request("GET", answer.headers["Location"], retries=False)


def test_in_a_real_browser(url: str, login: Login, tmp_path: Path) -> None:
    with browsing(tmp_path / "profile") as page:

        def press(address: str) -> None:
            page.open(address)
            page.wait("!!document.querySelector('button[value=allow]')")
            assert page.run("document.querySelector('strong').textContent") == "<b>Acme</b>"
            page.run("document.querySelector('button[value=allow]').click()")

        token = login.token(press, 20)
        page.wait("document.body && document.body.textContent.includes('Back to your terminal')")
    client = MetricsClient(token, "default", host=url)
    assert client.caller()["authKind"] == "oauth"
    assert client.create(CLICKS).created
    client.delete("clicks")


def test_the_command_logs_in_and_creates(
    url: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    attempt = registered(url)

    def browser(address: str) -> bool:
        decide(address, "allow")
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    monkeypatch.setenv("LAUNCHDARKLY_CLIENT_SECRET", attempt.client_secret)
    options = ("--client-id", attempt.client_id, "--redirect-uri", attempt.redirect_uri, "--host", url)
    create = ("create", "--kind", "count", "--key", "clicks", "--event-key", "Clicked")
    done = run("login", *options, *create)
    assert (done.exit_code, done.stdout) == (0, 'created  clicks  count  event key "Clicked"\n'), done.output
    assert run("login", *options).stdout.startswith("logged in (")
    printed = run("login", *options, "--print-token")
    assert MetricsClient(printed.stdout.strip(), "default", host=url).get("clicks")["key"] == "clicks"
    reader = run("login", *options, "--scope", "reader", "delete", "clicks", "--yes")
    assert isinstance(reader.exception, ApiError)
    assert "deleteMetric" in reader.exception.help
    assert "scope `writer`" in reader.exception.help
    MetricsClient(TOKEN, "default", host=url).delete("clicks")
    assert attempt.client_secret not in done.output + printed.stderr + repr(attempt)


def test_denied(login: Login) -> None:
    with pytest.raises(LoginError, match="denied access"):
        login.token(lambda address: decide(address, "deny"), 10)


def test_another_state(login: Login) -> None:
    with pytest.raises(LoginError, match="another state"):
        login.token(lambda address: decide(address, "allow", state="forged"), 10)


def test_nobody_comes_back(login: Login) -> None:
    with pytest.raises(LoginError, match="in time"):
        login.token(lambda address: None, 0.3)


def test_another_secret(url: str, login: Login) -> None:
    forged = Login(url, login.client_id, "forged", login.redirect_uri)
    with pytest.raises(LoginError, match="401 invalid_client") as caught:
        forged.token(lambda address: decide(address, "allow"), 10)
    assert caught.value.help == "check the client's id and secret"


def test_what_else_comes_to_the_port_is_not_the_redirect(login: Login) -> None:
    def open_page(address: str) -> None:
        port = urlsplit(login.redirect_uri).port
        for path, host in (("/favicon.ico", "127.0.0.1"), ("/back?code=x", "acme.test")):
            sent = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            connection = socket.create_connection(("127.0.0.1", port or 0))
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            connections.append(connection)
        decide(address, "allow")

    connections: list[socket.socket] = []
    assert login.token(open_page, 10)
    assert [each.recv(100).split()[1] for each in connections] == [b"404", b"404"]
    for each in connections:
        each.close()


def test_only_redirects_to_this_machine(url: str) -> None:
    with pytest.raises(LoginError, match="is not on this machine"):
        Login(url, "id", "secret", "https://acme.example/back")


def test_a_port_that_is_taken(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        uri = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(LoginError, match="cannot listen on port"):
            Login(url, "id", "secret", uri).token(lambda address: None)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_what_the_page_sends_back(login: Login, change: dict[str, str], error: str) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(login.authorize_url).query).items()} | change
    answer = urllib3.request("GET", f"{login.host}/trust/oauth/authorize?{urlencode(query)}", redirect=False)
    location = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (answer.status, location["error"], location["state"]) == (303, [error], [login.state])


@pytest.mark.parametrize("change", [{"client_id": "nope"}, {"redirect_uri": "https://evil.test/"}])
def test_nothing_is_sent_to_a_uri_that_is_not_registered(login: Login, change: dict[str, str]) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(login.authorize_url).query).items()} | change
    answer = urllib3.request("GET", f"{login.host}/trust/oauth/authorize?{urlencode(query)}", redirect=False)
    assert answer.status == 400


def exchange(login: Login, **changes: str) -> tuple[int, Any]:
    page = urllib3.request("GET", login.authorize_url).data.decode()
    form = form_of(page) | {"decision": "allow"}
    where = login.authorize_url.split("?")[0]
    answer = POOL.request("POST", where, fields=form, encode_multipart=False, redirect=False)
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": login.redirect_uri,
        "client_id": login.client_id,
        "client_secret": login.client_secret,
        "code_verifier": login.verifier,
    } | changes
    url = f"{login.host}/trust/oauth/token"
    POOL.request("POST", url, fields=fields, encode_multipart=False) if changes.get("twice") else None
    answer = POOL.request("POST", url, fields=fields, encode_multipart=False)
    return answer.status, answer.json()


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"code_verifier": hashlib.sha256(b"x").hexdigest()}, 400, "invalid_grant"),
        ({"code": "x"}, 400, "invalid_grant"),
        ({"twice": "yes"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://evil.test"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400, "invalid_grant"),
        ({"client_secret": "x"}, 401, "invalid_client"),
    ],
)
def test_codes_that_are_no_token(login: Login, change: dict[str, str], status: int, error: str) -> None:
    assert exchange(login, **change) == (status, {"error": error})


def test_a_refreshed_token(login: Login) -> None:
    status, first = exchange(login)
    assert (status, first["token_type"], first["scope"]) == (200, "Bearer", "writer")
    status, second = exchange(login, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert status == 200
    assert MetricsClient(second["access_token"], "default", host=login.host).caller()["authKind"] == "oauth"


def test_the_schemes_of_both_kinds(login: Login) -> None:
    _, made = exchange(login)
    for header, status in ((made["access_token"], 401), (f"Bearer {made['access_token']}", 200)):
        answer = urllib3.request("GET", f"{login.host}/api/v2/projects", headers={"Authorization": header})
        assert answer.status == status
    answer = urllib3.request("GET", f"{login.host}/api/v2/projects", headers={"Authorization": f"Bearer {TOKEN}"})
    assert "without Bearer" in answer.json()["message"]


def test_the_form_is_the_sandboxs_own(login: Login) -> None:
    form = {"decision": "allow", "client_id": login.client_id, "form_token": "guessed"}
    where = f"{login.host}/trust/oauth/authorize"
    assert POOL.request("POST", where, fields=form, encode_multipart=False).status == 403


@pytest.mark.parametrize(
    ("uri", "strict", "status"),
    [
        ("https://acme.example/back", True, 201),
        ("http://localhost:1/back", False, 201),
        ("http://localhost:1/back", True, 400),
        ("http://acme.example/back", False, 400),
        ("https://acme.example/back?a=1", False, 400),
        ("https://acme.example/#a", False, 400),
        ("https://[", False, 400),
        ("back", False, 400),
    ],
)
def test_redirect_uris_that_are_registered(uri: str, strict: bool, status: int) -> None:
    with running(Options(strict=strict)) as url:
        body = json.dumps({"name": "Acme", "redirectUri": uri}).encode()
        headers = {"Authorization": TOKEN}
        answer = POOL.request("POST", f"{url}/api/v2/oauth/clients", body=body, headers=headers)
        assert answer.status == status
        clients = POOL.request("GET", f"{url}/api/v2/oauth/clients", headers=headers).json()["items"]
        assert len(clients) == (status == 201)
        assert "_clientSecret" not in str(clients)
        if clients:
            one = f"{url}/api/v2/oauth/clients/{clients[0]['_clientId']}"
            statuses = [POOL.request(method, one, headers=headers).status for method in ("GET", "DELETE", "GET")]
            assert statuses == [200, 204, 404]
