"""``ldit request`` as a user runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli.main import command
from toolkit.examples import damaged
from toolkit.rules.examples import CONTENT, hook_endpoint

BASIC = {"name": "Authorization", "value": "Bearer {{{token}}}"}


def request(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["request", *map(str, arguments)], prog_name="ldit")


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A change history hook on disk."""
    directory = tmp_path / "integrations" / "acme"
    for path, file in damaged(hook_endpoint({"headers": [CONTENT, BASIC]})).files.items():
        if file.readable:
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_bytes(file.data)
    return directory


def test_a_request_is_shown(acme: Path) -> None:
    for path in (acme, acme / "manifest.json", acme.parent):
        run = request(path)
        assert run.exit_code == 0, run.output
        assert run.stdout.startswith(
            "# auditLogEventsHook: flag-toggled\n"
            "POST https://api.acme-signals.example/changes\n"
            "Content-Type: application/json\n"
            "Authorization: Bearer $TOKEN\n"
            "\n"
            '{\n  "title": "Ada Example turned on the flag New checkout in \'Production\'"\n}\n'
        )
        assert run.stderr == "not given: $TOKEN; fill them in with --var KEY=VALUE\n"


def test_curl_and_secrets(acme: Path) -> None:
    assert "'Authorization: Bearer '\"$TOKEN\"" in request(acme, "--curl").stdout
    masked = request(acme, "--curl", "--var", "token=it's")
    assert "'Authorization: Bearer ***'" in masked.stdout
    assert masked.stderr == ""
    shown = request(acme, "--curl", "--var", "token=it's", "--show-secrets")
    assert "it'\"'\"'s" in shown.stdout


def test_json(acme: Path) -> None:
    (found,) = json.loads(request(acme, "--format", "json", "--event", "flag-archived").stdout)
    assert found["name"] == "flag-archived"
    assert found["headers"][0] == {"name": "Content-Type", "value": "application/json"}
    assert "archived the flag" in json.loads(found["body"])["title"]
    assert request(acme, "--format", "json", "--capability", "approval").stdout == "[]\n"


def test_an_event_from_a_file(acme: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text('{"kind": "flag", "title": {"plainText": "An event of my own"}}')
    assert '"title": "An event of my own"' in request(acme, "--data", event).stdout
    event.write_text("[]")
    run = request(acme, "--data", event)
    assert (run.exit_code, run.stderr.splitlines()[0]) == (2, f"error: {event} holds no JSON object")


def test_nothing_to_show_is_said(acme: Path) -> None:
    run = request(acme, "--capability", "approval")
    assert (run.exit_code, run.stdout) == (0, "")
    assert run.stderr == "Acme Signals makes no request: LaunchDarkly sends nothing for approval\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--event", "flag-togled"), "error: there is no sample event flag-togled\nhelp: did you mean `flag-toggled`?"),
        (("--var", "tokn=1"), "error: there is no form variable tokn\nhelp: did you mean `token`?"),
        (("--var", "token"), "`token` is not KEY=VALUE"),
        (("--capability", "hook"), "'hook' is not one of"),
    ],
)
def test_what_cannot_be_asked(acme: Path, arguments: tuple[str, ...], message: str) -> None:
    run = request(acme, *arguments)
    assert run.exit_code == 2
    assert message in run.stderr


def test_one_integration_is_named(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no integration" in request(tmp_path / "empty").stderr
    (acme.parent / "other").mkdir()
    assert "holds 2 integrations" in request(acme.parent).stderr
    assert "no such file" in request(tmp_path / "nowhere").stderr
