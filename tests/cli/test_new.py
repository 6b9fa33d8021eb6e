"""``ldit new`` as a user runs it."""

import json
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result

from toolkit import scaffold
from toolkit.cli.main import command
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running
from toolkit.scaffold import icons

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
    assert "next: write what README.md marks" in run.stderr
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
        "privacyPolicy": f"{SITE}/privacy",
    }


def test_the_command_line_outweighs_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GIVEN | {"name": "Filed", "version": "1.0.0"}))
    run = new("Acme", "--answers", "a.json", "--set", "version=2.0.0", "--directory", "acme-two")
    assert run.exit_code == 0, run.output
    assert manifest(tmp_path / "acme-two")["name"] == "Acme"
    assert manifest(tmp_path / "acme-two")["version"] == "2.0.0"


@pytest.mark.parametrize(
    ("arguments", "message"),
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
def test_what_cannot_be_made_exits_with_2_and_makes_nothing(tmp_path: Path, arguments: list[str], message: str) -> None:
    run = new(*arguments)
    assert run.exit_code == 2
    assert message in run.stderr
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
        "kind": ["9", "metrics", ""],
        "name": ["Ac", "Acme Signals"],
        "directory": ["Acme Signals", "con", ""],
        "overview": ["No period here", ""],
        "description": [""],
        "categories": ["analytics, monitorin", "analytics,monitoring"],
        "author": [""],
        "links.site": ["acme-signals.io", SITE],
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
    assert "Error: there is no kind `9`: write a number from 1 to 8, or one of metric, card" in run.stderr
    assert "Error: there is no kind `metrics`: did you mean `metric`?" in run.stderr
    assert "error: overview does not end in a period" in run.stderr
    assert "error: con is a reserved name on Windows" in run.stderr
    assert "did you mean `monitoring`?" in run.stderr
    assert "Privacy policy [https://acme-signals.io/privacy]: " in run.stderr
    made = manifest(tmp_path / "acme-signals")
    assert made["categories"] == ["analytics", "monitoring"]
    assert made["supportEmail"] == "support@acme-signals.io"
    assert made["links"] == {"site": SITE, "privacyPolicy": f"{SITE}/privacy"}


@pytest.mark.usefixtures("_terminal")
def test_what_lint_warns_of_is_asked_again_and_kept_by_enter(tmp_path: Path) -> None:
    (tmp_path / "package.json").touch()
    (tmp_path / "integrations" / "other").mkdir(parents=True)
    (tmp_path / "integrations" / "other" / "manifest.json").write_text('{"name": "Acme"}')
    typed = ["", "Acme Integration", "Acme", "Acme Orders", "", "", "", "http://acme-signals.io", *[""] * 6]
    arguments = [f"--set={key}={value}" for key, value in GIVEN.items() if key != "links.site"]
    run = new(*arguments, typed="\n".join(typed) + "\n")
    assert run.exit_code == 0, run.output
    assert "warning: the name ends with `Integration` (call it `Acme`)" in run.stderr
    assert "Name [Acme Integration]: " in run.stderr
    assert "warning: the integration other has the same name" in run.stderr
    assert "warning: links.site links to acme-signals.io with http" in run.stderr
    made = manifest(tmp_path / "integrations" / "acme-orders")
    assert made["name"] == "Acme Orders"
    assert "http://acme-signals.io" in json.dumps(made["links"])


@pytest.mark.usefixtures("_terminal")
@pytest.mark.parametrize(
    ("name", "typed", "printed", "directory", "member", "value"),
    [
        ("Acme", "\n\n-\nAcme Inc\n", "error: author is empty", "acme", "author", "Acme Inc"),
        ("株式会社", "\nkaisha\n\n\n", "Directory: ", "kaisha", "name", "株式会社"),
    ],
    ids=["a dash empties what is offered", "no directory follows from the name"],
)
def test_a_terminal_is_asked_until_there_is_an_answer(
    tmp_path: Path, name: str, typed: str, printed: str, directory: str, member: str, value: str
) -> None:
    run = new(name, *SETTINGS, "--kind", "metric", typed=typed + "\n" * 5)
    assert run.exit_code == 0, run.output
    assert printed in run.stderr
    assert manifest(tmp_path / directory)[member] == value


@pytest.mark.usefixtures("_terminal")
def test_a_terminal_is_asked_only_for_what_is_missing(tmp_path: Path) -> None:
    run = new("Acme", *SETTINGS, "--kind", "card", typed="\n" * 7)
    assert run.exit_code == 0, run.output
    assert "Overview" not in run.stderr
    assert "What does your integration do?" not in run.stderr
    assert "Author [Acme]: " in run.stderr
    assert manifest(tmp_path / "acme")["overview"] == GIVEN["overview"]


@pytest.mark.usefixtures("_terminal")
def test_an_answer_on_the_command_line_is_checked_before_anything_is_asked() -> None:
    run = new("Ac", *SETTINGS, "--kind", "card", "--set", "version=1")
    assert run.exit_code == 2
    assert "name is 2 characters" in run.stderr
    assert "version" in run.stderr
    assert "Directory" not in run.stderr


@pytest.mark.usefixtures("_terminal")
def test_a_warning_about_an_answer_on_the_command_line_is_shown_before_anything_is_asked() -> None:
    run = new("Acme Integration", *SETTINGS, "--kind", "card", typed="\n" * 7)
    assert run.exit_code == 0, run.output
    assert run.stderr.startswith("warning: the name ends with `Integration` (call it `Acme`)\n")


@pytest.mark.usefixtures("_terminal")
def test_a_taken_directory_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    run = new("Acme", *SETTINGS, "--kind", "card", typed="\nacme-two\n" + "\n" * 6)
    assert run.exit_code == 0, run.output
    assert "acme exists already" in run.stderr
    assert run.stdout == f"{tmp_path / 'acme-two'}\n"


@pytest.mark.usefixtures("_terminal")
def test_giving_up_makes_nothing(tmp_path: Path) -> None:
    run = new("Acme", "--kind", "card", typed="acme\n")
    assert run.exit_code == 1
    assert "Aborted!" in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_terminal")
def test_yes_asks_nothing(tmp_path: Path) -> None:
    run = new("Acme Signals", "--yes", "--set", f"links.site={SITE}")
    assert run.exit_code == 0, run.output
    made = manifest(tmp_path / "acme-signals")
    assert made["overview"] == "Measure your experiments with Acme Signals metrics."
    assert made["supportEmail"] == "support@acme-signals.io"
    assert made["links"] == {"site": SITE, "privacyPolicy": f"{SITE}/privacy"}


def test_a_dry_run_shows_everything_and_makes_nothing(tmp_path: Path) -> None:
    run = new("Acme", *SETTINGS, "--dry-run", "--with-metric-creator", "python")
    assert run.exit_code == 0, run.output
    made = ("manifest.json", "README.md", "assets/square.svg", "assets/horizontal.svg")
    expected = [tmp_path / "acme" / name for name in made]
    expected += [tmp_path / "acme-metric-creator" / name for name in ("metric_creator.py", "metrics.json")]
    assert sorted(run.stdout.splitlines()) == sorted(map(str, expected))
    assert "dry run: nothing was created" in run.stderr
    assert "TODO" in run.stderr
    assert list(tmp_path.iterdir()) == []
    assert "number" not in new("Ac", *SETTINGS, "--dry-run").stderr
    assert new("Ac", *SETTINGS, "--dry-run").exit_code == 2


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 60"><path fill="#205493" d="M9 9h{0}v40H9z"/></svg>'


def test_a_logo_becomes_both_icons(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO.format(60))
    run = new("Acme", *SETTINGS, "--logo", "logo.svg")
    assert run.exit_code == 0, run.output
    assert "note: logo.svg serves as both icons" in run.stderr
    for name in ("square.svg", "horizontal.svg"):
        assert 'd="M9 9h60v40H9z"' in (tmp_path / "acme" / "assets" / name).read_text()
    assert (tmp_path / "logo.svg").read_text() == LOGO.format(60)


def test_each_logo_becomes_its_icon(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO.format(60))
    (tmp_path / "name.svg").write_text(LOGO.format(200))
    run = new("Acme", *SETTINGS, "--logo", "logo.svg", "--logo-horizontal", "name.svg")
    assert run.exit_code == 0, run.output
    assert "note: " not in run.stderr
    assert "h60v40" in (tmp_path / "acme" / "assets" / "square.svg").read_text()
    assert "h200v40" in (tmp_path / "acme" / "assets" / "horizontal.svg").read_text()


def test_a_long_logo_leaves_the_square_icon_to_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "name.svg").write_text(LOGO.format(300))
    run = new("Acme", *SETTINGS, "--logo", "name.svg")
    assert run.exit_code == 0, run.output
    assert "note: name.svg does not serve as the square icon" in run.stderr
    assert (tmp_path / "acme" / "assets" / "square.svg").read_text() == icons.square("Acme")


def test_a_logo_that_cannot_be_an_icon_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg")
    run = new("Acme", *SETTINGS, "--logo", "logo.svg")
    assert run.exit_code == 2
    assert "error: logo.svg:1:" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["logo.svg"]


def test_everything_is_rendered_drawn_and_linted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()

    def counted(module: str, name: str) -> None:
        original = getattr(import_module(module), name)

        def counting(*arguments: object, **named: object) -> object:
            counts[name] += 1
            return original(*arguments, **named)

        monkeypatch.setattr(f"{module}.{name}", counting)

    for module, name in (
        ("planning", "files"),
        ("planning", "lint"),
        ("checks", "lint"),
        ("icons", "square"),
    ):
        counted(f"toolkit.scaffold.{module}", name)
    assert new("Acme", *SETTINGS).exit_code == 0
    assert counts == {"files": 1, "lint": 1, "square": 1}


@pytest.mark.parametrize("closed", ["<&-", "< /dev/null"])
def test_without_an_input_what_is_missing_is_said(tmp_path: Path, closed: str) -> None:
    command = f"{shlex.quote(sys.executable)} -W error -m toolkit new {closed}"
    run = subprocess.run(
        ["/bin/sh", "-c", command], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.startswith("error: answers are missing: name, overview")
    assert "Traceback" not in run.stderr
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


@pytest.mark.parametrize("language", ["python", "node"])
def test_a_metric_creator_comes_with_it(tmp_path: Path, language: str) -> None:
    program = sys.executable if language == "python" else shutil.which("node")
    file = scaffold.CREATORS[language]
    if not program or not (ROOT / "templates" / "metric-creator" / f"{file}.jinja").exists():
        pytest.skip(f"needs {language}, and a creator that is written in it")
    run = new("Acme", *SETTINGS, "--with-metric-creator", language)
    assert run.exit_code == 0, run.output
    assert run.stdout == f"{tmp_path / 'acme'}\n{tmp_path / 'acme-metric-creator'}\n"
    service = tmp_path / "acme-metric-creator"
    assert sorted(path.name for path in service.iterdir()) == [file, "metrics.json"]
    options = Options()
    with running(options) as url:
        environment = {"LAUNCHDARKLY_ACCESS_TOKEN": options.token, "PYTHONPATH": str(ROOT)}
        command = [program, str(service / file), options.project, url]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        asked = Request(f"{url}/api/v2/metrics/{options.project}", headers={"Authorization": options.token})
        with urlopen(asked) as answer:
            made = [metric["key"] for metric in json.load(answer)["items"]]
    assert sorted(made) == ["acme-error", "acme-response-time", "acme-sign-up"]


def test_a_metric_creator_is_never_among_the_integrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "integrations").mkdir()
    monkeypatch.chdir(tmp_path / "integrations")
    assert new("Acme", *SETTINGS, "--with-metric-creator", "python").exit_code == 0
    assert [path.name for path in (tmp_path / "integrations").iterdir()] == ["acme"]
    assert (tmp_path / "acme-metric-creator" / "metrics.json").is_file()


@pytest.mark.parametrize(
    ("directory", "message"),
    [("acme", "are in the same place"), ("acme/service", "are in the same place"), ("taken", "taken exists already")],
)
def test_the_integration_is_not_made_without_its_metric_creator(tmp_path: Path, directory: str, message: str) -> None:
    (tmp_path / "taken").mkdir()
    run = new("Acme", *SETTINGS, "--with-metric-creator", "python", "--creator-directory", directory)
    assert run.exit_code == 2
    assert message in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
