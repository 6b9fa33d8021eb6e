"""``ldit new`` as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli.main import command
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

ROOT = Path(__file__).parents[2]

SITE = "https://acme-signals.io"
GIVEN = {
    "overview": "Measure your experiments with Acme events.",
    "description": "Create metrics from the events that you collect with Acme. Compare flag variations by them.",
    "links.site": SITE,
    "links.privacyPolicy": f"{SITE}/privacy",
    "supportEmail": "help@acme-signals.io",
}
SETTINGS = [part for key, value in GIVEN.items() for part in ("--set", f"{key}={value}")]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def new(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, ["new", *arguments], input=typed, prog_name="ldit")


def manifest(path: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads((path / "manifest.json").read_text())
    return data


def test_answers_on_the_command_line(tmp_path: Path) -> None:
    run = new("Ünïcode & Söhne GmbH", "--kind", "metric", *SETTINGS)
    assert run.exit_code == 0, run.output
    assert run.stdout == f"{tmp_path / 'unicode-sohne-gmbh'}\n"
    assert "1 integration, nothing found" in run.stderr
    assert "ldit lint" in run.stderr
    made = manifest(tmp_path / "unicode-sohne-gmbh")
    assert made["name"] == made["author"] == "Ünïcode & Söhne GmbH"
    assert made["otherCapabilities"] == ["external"]


def test_a_second_time_is_refused(tmp_path: Path) -> None:
    assert new("Acme", *SETTINGS).exit_code == 0
    before = (tmp_path / "acme" / "README.md").stat()
    run = new("Acme", *SETTINGS)
    assert run.exit_code == 2
    assert "acme exists already" in run.stderr
    assert run.stdout == ""
    assert (tmp_path / "acme" / "README.md").stat() == before


def test_a_fork_gets_it_under_integrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package.json").write_text("{}\n")
    inside = tmp_path / "integrations" / "other"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert new("Acme", *SETTINGS).stdout == f"{tmp_path / 'integrations' / 'acme'}\n"
    assert new("Acme", *SETTINGS, "--into", ".").stdout == "acme\n"
    assert (inside / "acme" / "manifest.json").is_file()


@pytest.mark.parametrize("form", ["json", "toml"])
def test_answers_in_a_file(tmp_path: Path, form: str) -> None:
    nested: dict[str, object] = {key: value for key, value in GIVEN.items() if "." not in key}
    nested |= {"name": "Acme", "links": {"site": SITE, "privacyPolicy": f"{SITE}/privacy"}}
    toml = "".join(f"{key} = {json.dumps(value)}\n" for key, value in GIVEN.items()) + 'name = "Acme"\n'
    answers = tmp_path / f"answers.{form}"
    answers.write_text(json.dumps(nested) if form == "json" else toml)
    run = new("--answers", str(answers), "--set", "categories=analytics, monitoring")
    assert run.exit_code == 0, run.output
    assert manifest(tmp_path / "acme")["categories"] == ["analytics", "monitoring"]
    assert manifest(tmp_path / "acme")["links"] == {
        "site": SITE,
        "launchdarklyDocs": "https://launchdarkly.com/docs/integrations/acme",
        "privacyPolicy": f"{SITE}/privacy",
    }


def test_the_command_line_outweighs_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GIVEN | {"name": "Filed", "version": "1.0.0"}))
    run = new("Acme", "--answers", "a.json", "--set", "version=2.0.0", "--directory", "acme-two")
    assert run.exit_code == 0, run.output
    assert manifest(tmp_path / "acme-two")["name"] == "Acme"
    assert manifest(tmp_path / "acme-two")["version"] == "2.0.0"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Acme"], "answers are missing: overview, description, links.site, links.privacyPolicy, supportEmail"),
        (["Acme"], "--set overview=..."),
        ([], "answers are missing: name, overview"),
        (["Acme", "--set", "links.sites=x"], "did you mean `links.site`?"),
        (["Acme", "--set", "links.site"], "is not KEY=VALUE"),
        (["Acme", *SETTINGS, "--set", "overview=No period here"], "overview does not end in a period"),
        (["Acme", *SETTINGS, "--set", "categories=monitorin"], "did you mean `monitoring`?"),
        (["Acme", *SETTINGS, "--directory", "../up"], "../up is not kebab-case"),
        (["🦄🦄🦄", *SETTINGS], "choose one with `--directory`"),
        (["Acme", *SETTINGS, "--kind", "metrics"], "'metrics' is not one of"),
        (["Acme", *SETTINGS, "--answers", "missing.json"], "does not exist"),
        (["Acme", *SETTINGS, "--into", "missing"], "does not exist"),
    ],
)
def test_what_cannot_be_made_exits_with_2_and_makes_nothing(tmp_path: Path, arguments: list[str], said: str) -> None:
    run = new(*arguments)
    assert run.exit_code == 2
    assert said in run.stderr
    assert run.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_every_wrong_answer_is_named() -> None:
    run = new("Ac", *SETTINGS, "--set", "supportEmail=nobody", "--set", "version=1")
    assert run.exit_code == 2
    for word in ("name is 2 characters", "supportEmail", "version"):
        assert word in run.stderr


@pytest.fixture
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.cli.new._on_terminal", lambda: True)


@pytest.mark.usefixtures("_terminal")
def test_a_terminal_is_asked_until_it_is_right(tmp_path: Path) -> None:
    lines = {
        "name": ["Ac", "Acme Signals"],
        "directory": ["Acme Signals", ""],
        "overview": ["No period here", ""],
        "description": [""],
        "categories": ["analytics, monitorin", "analytics,monitoring"],
        "author": [""],
        "links.site": ["", "acme-signals.io", SITE],
        "links.privacyPolicy": [""],
        "supportEmail": ["nobody", ""],
        "links.supportWebsite": [""],
        "links.launchdarklyDocs": [""],
        "details": [""],
        "version": [""],
    }
    run = new(typed="".join(f"{line}\n" for each in lines.values() for line in each))
    assert run.exit_code == 0, run.output
    assert run.stdout.splitlines()[-1] == str(tmp_path / "acme-signals")
    assert "Error: overview does not end in a period" in run.stderr
    assert "did you mean `monitoring`?" in run.stderr
    assert "Privacy policy [https://acme-signals.io/privacy]: " in run.stderr
    assert "1 integration, nothing found" in run.stderr
    made = manifest(tmp_path / "acme-signals")
    assert made["categories"] == ["analytics", "monitoring"]
    assert made["supportEmail"] == "support@acme-signals.io"
    assert "supportWebsite" not in json.dumps(made)


@pytest.mark.usefixtures("_terminal")
def test_a_terminal_is_asked_only_for_what_is_missing(tmp_path: Path) -> None:
    run = new("Acme", *SETTINGS, typed="\n" * 7)
    assert run.exit_code == 0, run.output
    assert "Overview" not in run.stderr
    assert "Author [Acme]: " in run.stderr
    assert manifest(tmp_path / "acme")["overview"] == GIVEN["overview"]


@pytest.mark.usefixtures("_terminal")
def test_a_taken_directory_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    run = new("Acme", *SETTINGS, typed="\nacme-two\n" + "\n" * 6)
    assert run.exit_code == 0, run.output
    assert "acme exists already" in run.stderr
    assert run.stdout == f"{tmp_path / 'acme-two'}\n"


@pytest.mark.usefixtures("_terminal")
def test_giving_up_makes_nothing(tmp_path: Path) -> None:
    run = new("Acme", typed="acme\n")
    assert run.exit_code == 1
    assert "Aborted!" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "toolkit", "new", b"Ac\xffme", *SETTINGS],
        env={"PYTHONPATH": str(root), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 2
    assert b"control character (U+DCFF)" in run.stderr
    assert b"Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_metric_creator_comes_with_it(tmp_path: Path) -> None:
    run = new("Acme", *SETTINGS, "--with-metric-creator", "service")
    assert run.exit_code == 0, run.output
    assert sorted(path.name for path in (tmp_path / "service").iterdir()) == [
        "metric_creator.mjs",
        "metric_creator.py",
        "metrics.json",
    ]
    with running(Options()) as url:
        environment = {"LAUNCHDARKLY_ACCESS_TOKEN": Options().token, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "service/metric_creator.py", Options().project, url]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.count(" created\n") == 3
    assert new("Other", *SETTINGS, "--with-metric-creator", "service").exit_code == 2
