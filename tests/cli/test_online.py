"""``ldit lint --online`` as a user runs it, against a server on this machine."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        asked.append(self.path)
        self.send_response({"/gone": 404, "/moved": 301, "/closed": 403}.get(self.path, 200))
        self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing."""


asked: list[str] = []


@pytest.fixture
def port() -> Iterator[int]:
    asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def acme(tmp_path: Path, port: int) -> Path:
    """An integration whose README links to the server; nothing else in it is meant to be asked."""
    names = ("fine", "gone", "moved#part", "closed", "gone?again")
    links = " ".join(f"[{name}](http://127.0.0.1:{port}/{name})" for name in names)
    never = f"[a](https://example.com/) [b](http://jo:pw@127.0.0.1:{port}/user) http://127.0.0.1:{port}/bare `x`"
    (tmp_path / "manifest.json").write_text("{}\n")
    (tmp_path / "README.md").write_text(f"# Acme\n\n{links} {never} [again](http://127.0.0.1:{port}/gone)\n")
    return tmp_path


def lint(acme: Path, *options: str) -> tuple[list[tuple[str, str]], str]:
    """Each finding about a visit with its message, and what was said on standard error."""
    command = [sys.executable, "-m", "toolkit", "lint", str(acme), "--format", "json", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    findings = json.loads(run.stdout)["integrations"][0]["findings"]
    visits = [(each["rule"], each["message"]) for each in findings if each["rule"] in ("dead-link", "moved-link")]
    return visits, run.stderr


def test_dead_and_moved_links_are_findings(acme: Path, port: int) -> None:
    findings, errors = lint(acme, "--online", "--allow-private")
    host = f"http://127.0.0.1:{port}"
    assert findings == [
        ("dead-link", f"{host}/gone in README.md is dead: 404"),
        ("moved-link", f"{host}/moved in README.md has moved to {host}/new"),
        ("dead-link", f"{host}/gone in README.md is dead: 404"),
    ]
    assert errors == (
        f"5 links checked: 1 dead, 1 moved, 1 could not be checked\n  could not check {host}/closed: status 403\n"
    )
    assert sorted(asked) == ["/closed", "/closed", "/fine", "/gone", "/gone", "/gone?again", "/moved", "/new"]


def test_private_hosts_are_left_alone_unless_allowed(acme: Path) -> None:
    findings, errors = lint(acme, "--online")
    assert findings == []
    assert errors.count("127.0.0.1 is at a private address") == 5
    assert asked == []


def test_nothing_is_asked_unless_wished(acme: Path) -> None:
    assert lint(acme) == ([], "")
    assert asked == []


def test_a_moved_link_is_mended(acme: Path, port: int) -> None:
    lint(acme, "--online", "--allow-private", "--fix", "--unsafe-fixes")
    assert f"[moved#part](http://127.0.0.1:{port}/new#part)" in (acme / "README.md").read_text()


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare to be without a network")
def test_without_a_network_it_is_one_line(acme: Path) -> None:
    (acme / "README.md").write_text(
        "# Acme\n\n[a](https://acme.com/a) [b](https://bolt.com/b) [c](https://8.8.8.8/c)\n"
    )
    command = ["unshare", "-rn", sys.executable, "-m", "toolkit", "lint", str(acme), "--online"]
    run = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    if "unshare" in run.stderr:
        pytest.skip("may not be without a network")
    assert run.stderr == "none of 3 links could be checked: there is no network\n"
