"""Starting and stopping a sandbox."""

import importlib.util
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.metrics.servers import SANDBOX, TOKEN, start
from toolkit.errors import LditError
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_its_url_and_stops_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    faults = ("--faults", "slow=1,delay=0", "--token", TOKEN)
    with start(SANDBOX, "--port", "0", "--project", "other", "--data", data, *faults) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        headers = {"Authorization": Options().token}
        pool = urllib3.PoolManager()
        assert pool.request("GET", f"{url}/api/v2/metrics/other", headers=headers).status == 200
        command = process.stdout.readline()
        assert command == f"LAUNCHDARKLY_ACCESS_TOKEN={TOKEN} ldit metric list --project other --host {url}\n"
        process.send_signal(number)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0
    with pytest.raises(urllib3.exceptions.MaxRetryError):
        pool.request("GET", url, retries=0)


def test_the_printed_command_works_as_it_is_and_the_token_is_random() -> None:
    tokens = []
    for _ in range(2):
        with start(SANDBOX, "--port", "0", "--project", "a b,c") as process:
            assert process.stdout
            process.stdout.readline()
            command = process.stdout.readline().replace(" ldit ", f" {sys.executable} -m toolkit ")
            done = subprocess.run(command, shell=True, capture_output=True, text=True)
            process.terminate()
            assert process.wait(5) == 0
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "the project a b has no metrics\n")
        tokens.append(command.split()[0])
    assert len(set(tokens)) == 2
    assert all(re.fullmatch("LAUNCHDARKLY_ACCESS_TOKEN=api-[0-9a-f]{32}", token) for token in tokens)


def test_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(LditError, match=f"cannot listen on 127.0.0.1 port {port}"),
            running(Options(), port=port),
        ):
            pass


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_address_of_another(host: str) -> None:
    with pytest.raises(LditError, match=f"cannot listen on {host}"), running(Options(), host):
        pass


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    find: Any = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else find(name))
    with (
        pytest.raises(LditError, match="the sandbox needs starlette and uvicorn") as caught,
        running(Options()),
    ):
        pass
    assert caught.value.help == "run `pip install '.[serve]'` in your checkout of ldit"
