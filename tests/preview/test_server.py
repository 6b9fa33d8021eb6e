"""Who may ask a preview for what: over HTTP, without a browser."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.preview.examples import EVERYTHING, write
from toolkit.errors import LditError
from toolkit.preview.guard import HEADERS
from toolkit.preview.server import running

PATHS = ("", "page.css", "page.js")


def origin(address: str) -> str:
    return "/".join(address.split("/")[:3])


def ask(method: str, url: str, body: object = None, **headers: str | None) -> Any:
    """The answer to a request, from the page itself unless the headers say otherwise."""
    own = {"Origin": origin(url)} if method == "POST" else {}
    sent = {name.replace("_", "-"): value for name, value in {**own, **headers}.items() if value is not None}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return urllib3.request(
        method, url, body=data if method == "POST" else None, headers=sent, redirect=False, retries=False
    )


def test_every_answer_keeps_to_itself(address: str) -> None:
    for path in (*PATHS, "../", "nothing", "../nothing/"):
        answer = ask("GET", address + path)
        assert answer.status == (404 if "nothing" in path else 200)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_nobody_else_reads_or_writes(address: str, headers: dict[str, str], status: int) -> None:
    for path in PATHS:
        assert ask("GET", address + path, **headers).status == status
    for path in ("render", "fix", "apply"):
        assert ask("POST", address + path, {}, **headers).status == status
    assert ask("GET", address + "changes", **headers).status == status


def test_a_change_needs_an_origin(address: str) -> None:
    assert ask("POST", address + "apply", {}, Origin=None).status == 403


@pytest.mark.parametrize("token", ["", "x", "%00", "..", "é"])
def test_nothing_is_known_without_the_token(address: str, token: str) -> None:
    base = origin(address)
    for url in (base, f"{base}/", f"{base}/{token}/", f"{base}/{token}/acme/", f"{base}/acme/", f"{base}/page.js"):
        answer = ask("GET", url)
        assert answer.status == 404
        assert b"acme" not in answer.data.lower()


@pytest.mark.parametrize(
    "path",
    ["../../../../etc/passwd", "..%2f..%2fmanifest.json", "manifest.json", "%2e%2e/", "acme", "assets/square.svg"],
)
def test_no_path_leads_to_a_file(address: str, path: str) -> None:
    host, port = origin(address).removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as raw:  # urllib3 would resolve the dots
        target = address.removeprefix(origin(address)) + path
        raw.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        data = b"".join(iter(lambda: raw.recv(65536), b""))
    assert data.startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b"[" * 100_000, 400), (b'{"a": "' + b"x" * 10_000_000 + b'"}', 413)],
)
def test_what_cannot_be_shown_is_refused(address: str, body: bytes, status: int) -> None:
    try:
        assert ask("POST", address + "render", body).status == status
    except urllib3.exceptions.ProtocolError:
        assert status == 413  # it stopped listening before all was said
    assert ask("POST", address + "render", {"variable:title": "a"}).status == 200


def test_what_is_typed_is_rendered(address: str) -> None:
    text = ask("POST", address + "render", {"variable:title": "Good evening", "event": "member-updated"}).data.decode()
    assert "Good evening" in text
    assert ask("GET", address).data.decode().count("Good evening") == 0


def test_a_fix_is_made_only_as_it_was_shown(acme: Path) -> None:
    write(acme, {**EVERYTHING, "overview": "Send what changes in LaunchDarkly to Acme"})
    manifest = acme / "manifest.json"
    before = manifest.read_bytes()
    with running([acme]) as address:
        proposal = ask("POST", address + "fix", {"rule": "", "unsafe": True}).json()
        assert '+  "overview": "Send what changes in LaunchDarkly to Acme.",' in proposal["diff"]
        assert manifest.read_bytes() == before
        for digest in ("", "0" * 64, None):
            assert ask("POST", address + "apply", {"rule": "", "unsafe": True, "digest": digest}).status == 409
        manifest.write_bytes(before.replace(b"to Acme", b"to Acme and others"))
        refused = ask("POST", address + "apply", {"rule": "", "unsafe": True, "digest": proposal["digest"]})
        assert (refused.status, refused.data) == (409, b"the files have changed since; look at the difference again")
        again = ask("POST", address + "fix", {"rule": "", "unsafe": True}).json()
        assert ask("POST", address + "apply", {"rule": "", "unsafe": True, "digest": again["digest"]}).status == 204
        assert b"to Acme and others." in manifest.read_bytes()


def test_a_fix_of_no_rule(address: str) -> None:
    answer = ask("POST", address + "fix", {"rule": "nothing-of-the-kind", "unsafe": False})
    assert answer.status == 409
    assert b"there is no rule" in answer.data


def test_an_integration_that_has_gone(acme: Path, address: str) -> None:
    (acme.parent / "bolt").mkdir()
    acme.rename(acme.parent / "acme-away")
    answer = ask("GET", address)
    assert (answer.status, answer.data) == (404, b"the integration acme is gone")


def test_a_defect_of_ours_is_said_and_is_not_the_end(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("toolkit.preview.library.page", lambda _: 1 / 0)
        answer = ask("GET", address)
    assert (answer.status, answer.headers.get("Content-Security-Policy")) == (500, HEADERS["Content-Security-Policy"])
    assert answer.data == b"ZeroDivisionError: division by zero; this is a bug in ldit, please report it"
    assert ask("GET", address).status == 200


def test_many_at_once(address: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: ask("POST", address + "render", {"variable:title": f"n{n}"}), range(24)))
    assert all(answer.status == 200 and f"n{n}" in answer.data.decode() for n, answer in enumerate(answers))


def test_several_with_the_same_name(tmp_path: Path) -> None:
    for parent in ("one", "two"):
        write(tmp_path / parent / "acme", {"name": f"Acme {parent}"})
    with running([tmp_path / "one", tmp_path / "two"]) as address:
        text = ask("GET", address).data.decode()
        assert 'href="acme/"' in text
        assert 'href="acme~2/"' in text
        assert b"Acme two" in ask("GET", address + "acme~2/").data


def test_what_keeps_it_from_starting(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LditError, match="no integration"), running([tmp_path / "empty"]):
        pass
    with running([acme]) as address:
        port = int(address.split("/")[2].partition(":")[2])
        with (
            pytest.raises(LditError, match=f"cannot listen on port {port}: address already in use"),
            running([acme], port),
        ):
            pass


def test_tokens_differ(acme: Path) -> None:
    with running([acme]) as one, running([acme]) as other:
        tokens = {address.split("/")[3] for address in (one, other)}
    assert len(tokens) == 2
    assert all(len(token) >= 22 for token in tokens)
