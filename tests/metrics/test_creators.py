"""The metric creators that partners copy, one file each, run by themselves as their first lines say."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.metrics.servers import TOKEN, Reply, Script, hasty
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import load_metrics
from toolkit.metrics.sandbox.options import Faults, Options
from toolkit.metrics.sandbox.server import running
from toolkit.scaffold import metric_creator

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample-integration"
ANSWERS: dict[str, Any] = {"name": "Acme Signals", "directory": "acme-signals", "version": "1.0.0"}
FILES = metric_creator(ANSWERS)
NAMES = ("metric_creator.py", "metric_creator.mjs")
# The pauses of the copies, so that a test does not wait.
HURRY = ((b"PAUSE, LONGEST_WAIT = {429, 500, 502, 503, 504}, 10, 0.5, 30",
          b"PAUSE, LONGEST_WAIT = {429, 500, 502, 503, 504}, 15, 0.001, 0.01"),
         (b"[10, 500, 30_000]", b"[15, 1, 10]"))  # fmt: skip
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(params=NAMES)
def creator(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy beside the sample's metrics, with nothing of this project in reach."""
    if request.param.endswith("mjs") and not shutil.which("node"):
        pytest.skip("node is not installed")
    content = FILES[request.param]
    for slow, quick in HURRY:
        content = content.replace(slow, quick)
    assert content != FILES[request.param]
    path: Path = tmp_path / request.param
    path.write_bytes(content)
    shutil.copy(SAMPLE / "metrics.json", tmp_path)
    return path


def command(creator: Path, *args: str) -> list[str]:
    start = ["node"] if creator.suffix == ".mjs" else [sys.executable, "-I", "-W", "error"]
    return [*start, str(creator), *args]


@pytest.fixture
def run(creator: Path) -> Run:
    def invoke(*args: str, token: str = TOKEN) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": os.environ["PATH"], "LAUNCHDARKLY_ACCESS_TOKEN": token}
        return subprocess.run(command(creator, *args), capture_output=True, text=True, env=environment)

    return invoke


def results(output: str) -> list[str]:
    return [line.split("  ", 1)[1] for line in output.splitlines()]


def test_the_sample_has_the_python_one() -> None:
    assert FILES["metric_creator.py"] == (SAMPLE / "metric_creator.py").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_one_short_file_that_needs_nothing(name: str) -> None:
    text = FILES[name].decode()
    assert text.count("\n") <= 150
    assert max(map(len, text.splitlines())) <= 120
    imports = re.findall(r"^(?:from|import) ([\w.]+)|^import .* from \"(.*)\"", text, re.MULTILINE)
    roots = {(python or javascript).split(".")[0].split(":")[0] for python, javascript in imports}
    assert roots <= sys.stdlib_module_names | {"node"}
    assert "install" not in text


def test_nothing_that_partners_copy_sends_an_event() -> None:
    for text in (*FILES.values(), *(path.read_bytes() for path in SAMPLE.iterdir() if path.is_file())):
        assert not re.search(rb"event-data-import|send_event|/bulk|production", text)


def test_no_document_sends_an_event_without_naming_an_environment() -> None:
    documents = [ROOT / "README.md", *SAMPLE.glob("*.md"), *(ROOT / "docs" / "pages").glob("*.md")]
    lines = [line for path in documents for line in path.read_text("utf-8").splitlines()]
    commands = [line for line in lines if re.search(r"ldit metric send-event\b.*--", line)]
    assert commands
    assert all("--environment" in line and "production" not in line for line in commands)


def test_it_creates_and_keeps(run: Run) -> None:
    with running(Options()) as url:
        first, second = run("default", url), run("default", url)
        assert urllib3.request("GET", f"{url}/events").json()["items"] == []
        metrics = {each["key"]: each for each in MetricsClient(TOKEN, "default", host=url).list()}
    assert (first.returncode, first.stderr, results(first.stdout)) == (0, "", ["created"] * 3)
    assert (second.returncode, second.stderr, results(second.stdout)) == (0, "", ["already there"] * 3)
    for definition in load_metrics(SAMPLE / "metrics.json"):
        assert definition.difference(metrics[definition.key], created=True) == []


def test_its_headers(run: Run, script: Script) -> None:
    script.says(Reply(500))
    run("default", script.url)
    _, path, headers, _ = script.requests[0]
    named = {name.lower(): value for name, value in headers.items()}
    assert path == "/api/v2/metrics/default"
    assert named["user-agent"] == "MetricImport-Acme-Signals-int/1.0.0"
    assert (named["authorization"], named["ld-api-version"]) == (TOKEN, "20240415")
    run("default", script.url, token="eyJ.oauth")
    assert (
        script.requests[-1][2].get("Authorization", script.requests[-1][2].get("authorization")) == "Bearer eyJ.oauth"
    )


@pytest.mark.parametrize(
    ("reply", "lines", "message"),
    [
        (Reply(401, {"message": f"no {TOKEN}"}), 0, "401 no ***: check the token"),
        (Reply(404, {"message": "Invalid resource identifier"}), 0, "404 Invalid resource identifier: check PROJECT"),
        (Reply(403, {"message": "no"}), 3, "failed: 403 no: it needs the action createMetric"),
        (Reply(400, {"message": f"bad {TOKEN}"}), 3, "failed: 400 bad ***"),
        (Reply(302, None, {"Location": "https://elsewhere.example"}), 3, "failed: 302 "),
        (Reply(201, {"key": "acme-checkout"}), 3, "failed: it differs in"),
        (Reply(409, {"code": "optimistic_locking_error"}), 1, "failed: 409 again and again"),
        (Reply(0), 0, "no answer from 127.0.0.1"),
        (Reply(503, ["no object"]), 1, "failed: 503"),
    ],
)
def test_refusals(run: Run, creator: Path, script: Script, reply: Reply, lines: int, message: str) -> None:
    script.says(reply)
    if lines == 1:
        creator.with_name("metrics.json").write_text(json.dumps(KINDS[0]))
    done = run("default", script.url)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == lines
    assert message in done.stdout + done.stderr
    assert TOKEN not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "    at " not in done.stderr


@pytest.mark.parametrize(
    ("args", "token", "message"),
    [
        ((), TOKEN, "metric_creator"),
        (("default",), "", "set LAUNCHDARKLY_ACCESS_TOKEN"),
        (("default",), "sdk-1", "set LAUNCHDARKLY_ACCESS_TOKEN"),
        (("default", "http://acme.example"), TOKEN, "https"),
        (("default", "http://localhost.acme.example"), TOKEN, "https"),
        (("default", "asia"), TOKEN, "asia"),
    ],
)
def test_refused_before_any_call(run: Run, args: tuple[str, ...], token: str, message: str) -> None:
    done = run(*args, token=token)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr


def test_what_differs_fails_alone(run: Run, client: MetricsClient, sandbox: str) -> None:
    run("default", sandbox)
    client.patch("acme-checkout", [{"path": "/name", "value": "theirs"}, {"path": "/tags", "value": []}])
    client.patch("acme-help-requested", [{"path": "/unitAggregationType", "value": "average"}])
    client.patch("acme-page-load-time", [{"path": "/archived", "value": True}])
    done = run("default", sandbox)
    assert done.returncode == 1
    assert results(done.stdout) == [
        "already there",
        "failed: it differs in unitAggregationType; change these in LaunchDarkly, or use another key",
        "failed: it exists and is archived; restore it in LaunchDarkly, or use another key",
    ]


KINDS: list[dict[str, Any]] = [
    {"kind": "binary", "key": "a", "eventKey": "e", "analysisUnits": ["org"], "tags": []},
    {"kind": "count", "key": "b", "eventKey": "e", "percentile": 90, "description": "d"},
    {"kind": "numeric", "key": "c", "eventKey": "e", "unit": "s", "success": "lower", "unitsWithoutEvents": "excluded"},
    {"kind": "numeric", "key": "d", "eventKey": "e", "unit": "s", "success": "higher", "aggregation": "sum"},
    {"kind": "numeric", "key": "e", "eventKey": "e", "unit": "s", "success": "higher", "percentile": 50},
    {"kind": "click", "key": "f", "urls": [{"kind": "exact", "url": "https://a.example"}], "selector": "#a"},
    {"kind": "pageview", "key": "g", "urls": [{"kind": "substring", "substring": "a"}], "success": "lower"},
]


def test_every_kind_as_ldit_creates_it(run: Run, creator: Path, client: MetricsClient, sandbox: str) -> None:
    creator.with_name("metrics.json").write_text(json.dumps(KINDS))
    assert results(run("default", sandbox).stdout) == ["created"] * 7
    assert results(run("default", sandbox).stdout) == ["already there"] * 7
    metrics = {each["key"]: each for each in client.list()}
    for definition in load_metrics(creator.with_name("metrics.json")):
        assert definition.difference(metrics[definition.key], created=True) == []


def test_it_runs_with_one_metric_that_is_no_list(run: Run, creator: Path, sandbox: str) -> None:
    creator.with_name("metrics.json").write_text(json.dumps(KINDS[0]))
    assert results(run("default", sandbox).stdout) == ["created"]


def restarted(creator: Path, url: str, seed: int, kills: int) -> Iterator[str]:
    """What each run prints that is killed at a random moment, and then what one prints that is not."""
    draw = random.Random(seed)
    environment = {"PATH": os.environ["PATH"], "LAUNCHDARKLY_ACCESS_TOKEN": TOKEN}
    for left in reversed(range(kills + 1)):
        with subprocess.Popen(command(creator, "default", url), stdout=subprocess.PIPE, env=environment) as process:
            if left:
                time.sleep(draw.uniform(0.1, 0.8))
                process.kill()
            output, _ = process.communicate()
        yield output.decode()


def test_killed_and_started_again(creator: Path, tmp_path: Path) -> None:
    count, seed = int(os.environ.get("LDIT_CREATOR_METRICS", "120")), 16
    definitions = [{"kind": ("binary", "count")[n % 2], "key": f"m{n}", "eventKey": f"e{n}"} for n in range(count)]
    creator.with_name("metrics.json").write_text(json.dumps(definitions))
    faults = Faults.parse("429=0.2,500=0.1,reset=0.1,seed=16")
    with running(Options(data=tmp_path / "data", faults=faults)) as url:
        *killed, last = restarted(creator, url, seed, kills=2)
        client = MetricsClient(TOKEN, "default", host=url, retry=hasty(total=50))
        metrics = list(client.list())
        assert [each["key"] for each in metrics] == [f"m{n}" for n in range(count)]
        assert [each["_version"] for each in metrics] == [1] * count
        assert len(last.splitlines()) == count
        assert set(results(last)) <= {"created", "already there"}
        assert not any("failed" in output for output in killed)
        for number in range(0, count, 10):
            client.patch(f"m{number}", [{"path": "/name", "value": "theirs"}, {"path": "/tags", "value": ["a"]}])
    with running(Options(data=tmp_path / "data")) as url:
        (again,) = restarted(creator, url, seed, kills=0)
        assert results(again) == ["already there"] * count, f"seed {seed}"


@pytest.mark.parametrize("name", ['A"b\\c\n', "日本", "`${x}`", "'''", "Été"])
def test_any_name_stays_a_name(name: str, tmp_path: Path, script: Script) -> None:
    files = metric_creator(ANSWERS | {"name": name})
    assert not files["metric_creator.py"].decode().count("\n") > 150
    script.says(Reply(401))
    shutil.copy(SAMPLE / "metrics.json", tmp_path)
    for file in NAMES if shutil.which("node") else NAMES[:1]:
        (tmp_path / file).write_bytes(files[file])
        environment = {"PATH": os.environ["PATH"], "LAUNCHDARKLY_ACCESS_TOKEN": TOKEN}
        done = subprocess.run(
            command(tmp_path / file, "p", script.url), capture_output=True, text=True, env=environment
        )
        assert "401" in done.stderr
        agent = {key.lower(): value for key, value in script.requests[-1][2].items()}["user-agent"]
        assert re.fullmatch(r"MetricImport-[A-Za-z0-9_.-]+-int/1\.0\.0", agent)
