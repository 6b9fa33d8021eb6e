"""``ldit metric``, run in this process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.metrics.servers import TOKEN, Reply, Script
from toolkit.errors import LditError
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition

Run = Callable[..., Result]
CLICKS = ("--kind", "count", "--key", "clicks", "--event-key", "Clicked")
METRICS = [
    {"kind": "binary", "key": "signup", "eventKey": "Signed up"},
    {"kind": "numeric", "key": "load", "eventKey": "Loaded", "unit": "ms", "success": "lower"},
]


@pytest.fixture
def at(sandbox: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sandbox that commands use when no other host is said."""
    monkeypatch.setenv("LAUNCHDARKLY_API_HOST", sandbox)
    monkeypatch.setenv("LAUNCHDARKLY_ACCESS_TOKEN", TOKEN)
    return sandbox


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "metrics.json"
    path.write_text(json.dumps(METRICS))
    return path


def done(result: Result) -> str:
    assert (result.exit_code, result.exception) == (0, None), result.output
    return result.stdout


def test_one_metric_from_first_to_last(run: Run, at: str) -> None:
    assert done(run("create", *CLICKS)) == 'created  clicks  count  event key "Clicked"\n'
    assert done(run("create", *CLICKS)) == 'already there  clicks  count  event key "Clicked"\n'
    assert done(run("list")) == 'clicks  count  event key "Clicked"\n'
    shown = done(run("show", "clicks")).splitlines()
    assert shown[0] == 'clicks  count  event key "Clicked"'
    assert '  unitAggregationType: "sum"' in shown
    assert (
        done(run("send-event", "Clicked", "--environment", "test", "--context", "user:a:b", "--value", "2"))
        == "sent  Clicked\n"
    )
    assert done(run("delete", "clicks", "--yes")) == "deleted  clicks\n"
    empty = run("list")
    assert (empty.stdout, empty.stderr, empty.exit_code) == ("", "the project default has no metrics\n", 0)


def test_the_same_as_json(run: Run, at: str) -> None:
    made = json.loads(done(run("create", *CLICKS, "--format", "json")))
    assert made["created"] is True
    assert json.loads(done(run("list", "--format", "json"))) == [made["metric"]]
    assert json.loads(done(run("show", "clicks", "--format", "json"))) == made["metric"]
    sent = json.loads(
        done(run("send-event", "Clicked", "--environment", "test", "--context", "user:ada", "--format", "json"))
    )
    assert sent["sent"][0]["contextKeys"] == {"user": "ada"}
    assert json.loads(done(run("delete", "clicks", "--yes", "--format", "json"))) == {"deleted": "clicks"}


def test_every_flag(run: Run) -> None:
    flags = {
        "--kind": "numeric", "--key": "load", "--event-key": "Loaded", "--name": "Load", "--description": "d",
        "--unit": "ms", "--success": "lower", "--aggregation": "sum", "--percentile": "95",
        "--units-without-events": "excluded", "--analysis-unit": "account", "--tag": "acme",
    }  # fmt: skip
    result = run("create", "--dry-run", "--format", "json", *(word for pair in flags.items() for word in pair))
    definition = MetricDefinition(
        kind="numeric", key="load", event_key="Loaded", name="Load", description="d", unit="ms",
        success="lower", aggregation="sum", percentile=95, units_without_events="excluded",
        analysis_units=("account",), tags=("acme",),
    )  # fmt: skip
    assert json.loads(done(result))[0]["body"] == definition.body()


def test_from_a_file(run: Run, at: str, file: Path) -> None:
    result = run("create", "--from", str(file))
    assert done(result) == "signup  created\nload    created\n"
    assert result.stderr == "2 of 2 metrics: 2 created\n"
    again = json.loads(done(run("create", "--from", str(file), "--format", "json")))
    assert [row["result"] for row in again] == ["already there", "already there"]


def test_from_a_file_with_one_that_differs(run: Run, at: str, file: Path) -> None:
    run("create", "--kind", "count", "--key", "signup", "--event-key", "Signed up")
    result = run("create", "--from", str(file))
    assert result.exit_code == 1
    assert result.stdout.startswith("signup  failed  metric `signup` exists and differs: unitAggregationType should be")
    assert result.stdout.endswith("load    created\n")
    assert result.stderr == (
        "2 of 2 metrics: 1 failed, 1 created\nhelp: change these fields with `ldit metric update`, or use another key\n"
    )


def test_what_was_done_is_shown_before_the_error(run: Run, script: Script, file: Path) -> None:
    script.says(Reply(201, MetricDefinition.from_json(METRICS[0]).body()), Reply(401))
    result = run("create", "--from", str(file), "--host", script.url, env={"LAUNCHDARKLY_ACCESS_TOKEN": "api-x"})
    assert result.stdout == "signup  created\n"
    assert isinstance(result.exception, LditError)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("create",), "a metric needs --kind, --key"),
        (("create", "--kind", "count", "--key", "a"), "eventKey is missing"),
        (("create", *CLICKS, "--unit", "ms"), "unit means nothing for a count metric"),
        (("create", "--from", "absent.json"), "cannot read absent.json: no such file"),
        (("create", "--from", "absent.json", "--key", "a"), "--from takes no flags"),
        (("list",), "there is no access token"),
        (("list", "--host", "nowhere"), "`nowhere` is not a host"),
        (("list", "--sandbox", "--agent", "curl/8"), "is not the User-Agent"),
        (("send-event", "e", "--environment", "test", "--context", "ada", "--sandbox"), "the event names no context"),
        (
            ("send-event", "e", "--environment", "test", "--context", "user:ada", "--value", "nan"),
            "must be a finite number",
        ),
    ],
)
def test_refused_offline(run: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], message: str) -> None:
    if "nowhere" in args:
        monkeypatch.setenv("LAUNCHDARKLY_ACCESS_TOKEN", TOKEN)
    result = run(*args)
    assert isinstance(result.exception, LditError)
    assert message in str(result.exception)


def test_update_shows_asks_and_changes(run: Run, at: str, file: Path) -> None:
    run("create", "--kind", "count", "--key", "signup", "--event-key", "signed up", "--name", "Theirs")
    run("create", "--kind", "binary", "--key", "load", "--event-key", "Loaded")
    refused = run("update", "--from", str(file), input="n\n")
    assert refused.exit_code == 1
    assert '  eventKey: "signed up" -> "Signed up"' in refused.stderr
    assert "Change 2 of 2 metrics?" in refused.stderr
    assert done(run("show", "load")).startswith("load  binary")
    assert done(run("update", "--from", str(file), "--yes")).splitlines() == [
        'updated  signup  binary  event key "Signed up"',
        'updated  load  numeric  event key "Loaded"',
    ]
    assert '  name: "Theirs"' in done(run("show", "signup")).splitlines()
    assert done(run("update", "--from", str(file))) == "nothing to change\n"
    assert done(run("create", "--from", str(file))) == "signup  already there\nload    already there\n"


def test_restore(run: Run, at: str, client: MetricsClient) -> None:
    done(run("create", *CLICKS))
    client.patch("clicks", [{"path": "/archived", "value": True}])
    assert done(run("list")) == 'clicks  count  event key "Clicked"  archived\n'
    archived = run("create", *CLICKS)
    assert "is archived" in str(archived.exception)
    assert done(run("create", *CLICKS, "--restore")) == 'restored  clicks  count  event key "Clicked"\n'


def test_what_is_passed_on_is_noted(run: Run, at: str, file: Path) -> None:
    file.write_text(json.dumps(METRICS[0] | {"winsorization": {"high": 99}, "novelty": 1}))
    result = run("create", "--from", str(file))
    assert done(result) == "signup  created  LaunchDarkly did not keep novelty\n"
    assert "note: passed on as they are, ldit does not know them: novelty, winsorization" in result.stderr


def test_an_event_needs_an_environment(run: Run, at: str) -> None:
    result = run("send-event", "Clicked", "--context", "user:ada")
    assert result.exit_code == 2
    assert "--environment" in result.stderr


def test_delete_asks(run: Run, at: str) -> None:
    run("create", *CLICKS)
    assert run("delete", "clicks", input="n\n").exit_code == 1
    assert done(run("list"))
    done(run("delete", "clicks", input="y\n"))
    assert done(run("list")) == ""


def test_a_sandbox_of_its_own(run: Run) -> None:
    assert done(run("create", *CLICKS, "--sandbox")).startswith("created  clicks")
    assert done(run("list", "--sandbox", "--project", "other")) == ""


@pytest.mark.parametrize(
    "args",
    [
        ("create", *CLICKS),
        ("list",),
        ("show", "clicks"),
        ("delete", "clicks"),
        ("send-event", "Clicked", "--environment", "test", "--context", "user:ada"),
    ],
)
def test_dry_run(run: Run, args: tuple[str, ...]) -> None:
    text = done(run(*args, "--dry-run"))
    (call,) = json.loads(done(run(*args, "--dry-run", "--format", "json")))
    assert text.startswith(f"{call['method']} {call['url']}\nUser-Agent: MetricImport-ldit-int/")
    assert "Authorization: ***\n" in text
    assert '--header "Authorization: $LAUNCHDARKLY_ACCESS_TOKEN"' in call["curl"]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_curl_command_works(run: Run, at: str) -> None:
    hostile = 'it\'s a "test" $HOME `id` \\ \n end'
    result = run("create", "--kind", "count", "--key", "a", "--event-key", hostile, "--dry-run", "--format", "json")
    command = json.loads(done(result))[0]["curl"]
    answer = subprocess.run(["sh", "-c", f"{command} --silent"], capture_output=True, check=True, env=dict(os.environ))
    assert json.loads(answer.stdout)["eventKey"] == hostile


def test_oauth_in_the_curl_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHDARKLY_ACCESS_TOKEN", "oauth-planted")
    assert '"Authorization: Bearer $LAUNCHDARKLY_ACCESS_TOKEN"' in done(run("list", "--dry-run"))


def test_what_a_terminal_would_obey_is_not_printed(run: Run, script: Script) -> None:
    script.says(Reply(200, {"items": [{"key": "a\x1b[2J", "kind": "custom", "eventKey": "b\ud800"}]}))
    result = run("list", "--host", script.url, env={"LAUNCHDARKLY_ACCESS_TOKEN": "api-x"})
    assert done(result) == 'a\\x1b[2J  binary  event key "b\\ud800"\n'


def test_nothing_heavy_is_imported() -> None:
    heavy = ["urllib3", "starlette", "uvicorn", "jsonschema", "jinja2", "jsonpatch", "sqlite3", "difflib"]
    code = "import sys, toolkit.cli.metric, toolkit.cli.sandbox; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not set(heavy) & set(loaded.stdout.split())
