"""The metric creator of the sample integration runs as its own docstring says."""

import os
import subprocess
import sys
from pathlib import Path

import urllib3

from tests.metrics.servers import TOKEN

CREATOR = Path(__file__).parents[2] / "sample-integration" / "metric_creator.py"


def run(*args: str, token: str = TOKEN) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"LAUNCHDARKLY_ACCESS_TOKEN": token, "PYTHONPATH": str(Path.cwd())}
    return subprocess.run([sys.executable, str(CREATOR), *args], capture_output=True, text=True, env=environment)


def test_it_creates_and_reports(sandbox: str) -> None:
    first, second = run("default", sandbox), run("default", sandbox)
    assert [line.split()[1:] for line in first.stdout.splitlines()] == [["created"]] * 3
    assert [line.split()[1:] for line in second.stdout.splitlines()] == [["already", "there"]] * 3
    events = urllib3.request("GET", f"{sandbox}/events").json()["items"]
    ours = [event for event in events if event["key"].startswith("acme.")]
    assert len(ours) == 6
    assert not any(event["problem"] for event in ours)


def test_it_says_what_is_wrong(empty_sandbox: str) -> None:
    result = run("nope", empty_sandbox)
    assert result.returncode == 1
    assert result.stderr == "there is no project `nope`\nsay --project; the token sees `default`\n"
    assert "set LAUNCHDARKLY_ACCESS_TOKEN" in run(token="").stderr
