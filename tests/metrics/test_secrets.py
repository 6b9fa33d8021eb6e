"""A planted token appears nowhere: in no output, log, traceback or file, whatever goes wrong."""

import json
import logging
import os
import pty
import select
import subprocess
import sys
import time
import traceback
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.metrics.servers import Reply, Script
from toolkit.cli.sandbox import sandbox as sandbox_command
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

PLANTED = "api-planted-0f1e2d3c"
METRIC = ("create", "--kind", "count", "--key", "clicks", "--event-key", "Clicked")
COMMANDS = [
    METRIC,
    ("create", "--from", "metrics.json"),
    ("list",),
    ("show", "clicks"),
    ("delete", "clicks", "--yes"),
    ("send-event", "Clicked", "--environment", "test", "--context", "user:ada"),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and the token in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAUNCHDARKLY_ACCESS_TOKEN", PLANTED)
    Path("metrics.json").write_text('{"kind": "count", "key": "clicks", "eventKey": "Clicked"}')
    return tmp_path


@pytest.fixture(scope="module")
def planted_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(Options(PLANTED, data=tmp_path_factory.mktemp("data") / "data")) as url:
        yield url


def everything(result: Result, caplog: pytest.LogCaptureFixture, place: Path) -> str:
    found = [result.output, result.stdout, result.stderr, caplog.text, repr(result)]
    if result.exception:
        error = traceback.TracebackException.from_exception(result.exception, capture_locals=True)
        found += [*error.format(), str(getattr(result.exception, "help", ""))]
    found += [each.read_text("utf-8", "replace") for each in place.rglob("*") if each.is_file()]
    return "\n".join(found)


@pytest.mark.parametrize("extra", [(), ("--dry-run",), ("--format", "json")], ids=["text", "dry", "json"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_commands_that_work(
    command: tuple[str, ...],
    extra: tuple[str, ...],
    planted_sandbox: str,
    place: Path,
    caplog: pytest.LogCaptureFixture,
    run: Callable[..., Result],
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(*command, *extra, "--host", planted_sandbox)
    assert "planted" not in everything(result, caplog, place)


ECHO = Reply(400, {"message": f"bad {PLANTED}", "Authorization": PLANTED})
FAILURES = {
    "unauthorized": Reply(401, {"message": f"Invalid access token {PLANTED}"}),
    "forbidden": Reply(403, {"message": PLANTED}),
    "missing": Reply(404, {"message": PLANTED}),
    "echo": ECHO,
    "elsewhere": Reply(302, None, {"Location": "https://elsewhere.example"}),
    "odd": Reply(200, "odd"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_commands_that_fail(
    command: tuple[str, ...],
    failure: str,
    script: Script,
    place: Path,
    caplog: pytest.LogCaptureFixture,
    run: Callable[..., Result],
) -> None:
    caplog.set_level(logging.DEBUG)
    script.says(FAILURES[failure])
    result = run(*command, "--host", script.url)
    assert result.exit_code
    assert script.requests[0][2]["Authorization"] == PLANTED
    assert "planted" not in everything(result, caplog, place)


def encodings(token: str) -> dict[str, str]:
    data = token.encode()
    return {
        "plain": token,
        "percent": "".join(f"%{byte:02x}" for byte in data),
        "percent twice": "".join(f"%25{byte:02X}" for byte in data),
        "one escape": token.replace("p", "\\u0070"),
        "html": "".join(f"&#{byte};" for byte in data),
        "html hex": "".join(f"&#x{byte:X};" for byte in data),
        "backslashes": token.replace("-", "\\-"),
        "hex": data.hex(),
        "base64": b64encode(data).decode(),
        "base64 inside": b64encode(b"user:" + data + b"\n").decode(),
        "base64 url": urlsafe_b64encode(b"Bearer " + data).decode(),
    }


# With what Base64 writes as `+` and `/`; nothing of 6 letters or more of any form of it may stay.
ODD_TOKEN = "api-~~~???>>>-planted".replace("?", "_").replace(">", "~")


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("encoding", encodings(ODD_TOKEN))
def test_the_token_in_any_encoding(encoding: str, status: int, script: Script, run: Callable[..., Result]) -> None:
    written = encodings(ODD_TOKEN)[encoding]
    body = {"key": "clicks", "kind": "custom", "message": f"a {written} b", f"field {written}": [{"x": written}]}
    for raw in (json.dumps(body), json.dumps(body).replace("a", "\\u0061")):
        script.says(Reply(status, body, raw=raw))
        result = run("show", "clicks", "--host", script.url, env={"LAUNCHDARKLY_ACCESS_TOKEN": ODD_TOKEN})
        output = result.output + str(result.exception)
        assert "***" in output
        assert not any(part in output for part in (written[len(written) // 2 :][:8], written[-8:-2], "planted"))


@pytest.mark.parametrize("command", [METRIC, COMMANDS[-1]], ids=["create", "send-event"])
def test_no_connection(
    command: tuple[str, ...],
    place: Path,
    caplog: pytest.LogCaptureFixture,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("time.sleep", lambda _: None)
    result = run(*command, "--host", "http://127.0.0.1:1")
    assert "no answer from 127.0.0.1:1" in str(result.exception)
    assert "planted" not in everything(result, caplog, place)


@pytest.mark.parametrize("text", ["sdk-planted", "mob-planted", "api-planted with a blank", "Bearer planted"])
def test_credentials_that_are_refused(
    text: str, place: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAUNCHDARKLY_ACCESS_TOKEN", text)
    for extra in ((), ("--dry-run",)):
        result = run("list", *extra)
        assert result.exception
        printed = "".join(traceback.format_exception(result.exception))
        assert "planted" not in result.output + printed


def test_the_sandbox_command(run: Callable[..., Result], place: Path) -> None:
    result = run("--token", PLANTED, "--port", "0", "--data", "absent/data", group=sandbox_command)
    assert "cannot use absent/data" in str(result.exception)
    assert "planted" not in result.output + repr(Options(PLANTED))


def test_the_prompt_hides_it(planted_sandbox: str, tmp_path: Path) -> None:
    code = "import sys; from toolkit.cli.metric import metric; metric(sys.argv[1:])"
    command = [sys.executable, "-c", code, "list", "--host", planted_sandbox]
    # getpass reads from the controlling terminal, which only a session of its own can be given.
    spawn = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    master, slave = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAUNCHDARKLY")}
    environment["PYTHONPATH"] = str(Path.cwd())
    with subprocess.Popen(
        [sys.executable, "-c", spawn, *command], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as process:
        output = _until(master, b"Access token: ")
        time.sleep(0.1)
        os.write(master, PLANTED.encode() + b"\n")
        assert process.wait(10) == 0
        output += _until(master, b"\n", 0.2)
    os.close(master)
    os.close(slave)
    assert b"planted" not in output


def _until(terminal: int, text: bytes, seconds: float = 10) -> bytes:
    output, deadline = b"", time.monotonic() + seconds
    while text not in output and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.05)[0]:
            output += os.read(terminal, 1000)
    return output
