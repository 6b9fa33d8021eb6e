"""The documentation tells the truth: generated pages are current, and every command in it runs."""

import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests import program
from toolkit.config import load
from toolkit.finding import Severity
from toolkit.reports.pages import page
from toolkit.rules import ROOMS, RULES
from toolkit.rules.run import RUN

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs" / "pages").glob("*.md")])
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
COMMAND = re.compile(r"^\$ (ldit [^#\n]*)", re.MULTILINE)
SERVING = re.compile(r"ldit sandbox --port.*|ldit preview [\w/]+")
"""Commands that run until they are interrupted; their own tests do that."""
COMMANDS = [
    pytest.param(match[1].strip(), id=f"{page.name}: {match[1].strip()}"[:90])
    for page in PAGES
    for match in COMMAND.finditer(page.read_text())
    if not SERVING.fullmatch(match[1].strip())
]


def test_the_generated_pages_are_current() -> None:
    stale = [path.name for path, text in GENERATE["documents"]().items() if path.read_text() != text]
    assert stale == [], "run .venv/bin/python docs/generate.py"


def test_a_page_shows_only_what_its_examples_add_to_the_sample() -> None:
    shown = page(RULES["placeholder-host"])
    assert "www.yourcompany.com is a placeholder host" in shown
    assert "sample-integration/README.md" not in shown


def test_the_counts_are_current(corpus: Path) -> None:
    assert GENERATE["accepted_counts"](corpus / "integrations") == GENERATE["counts"]()


def test_the_icon_page_says_what_is_flagged() -> None:
    """A new rule about icons needs no number: one that flags nothing is not in the table."""
    ours, table = GENERATE["counts"](), GENERATE["icon_rates"]()
    milder = {rule.id for rule in RULES.values() if rule.room == "icons" and rule.severity < Severity.error}
    assert set(re.findall(r"rules/icons\.md#([a-z-]+)", table)) == milder & ours.keys()
    count = ours["icon-without-viewbox"]
    assert f"| {count} of 65 ({count / 65 * 100:.0f} %) |\n" in table


def test_every_room_has_a_page_in_the_navigation() -> None:
    pages = {
        str(path.relative_to(ROOT / "docs" / "pages")) for path in (ROOT / "docs" / "pages" / "rules").glob("*.md")
    }
    assert pages == {f"rules/{room}.md" for room in (*ROOMS, RUN)}
    navigation = yaml.safe_load((ROOT / "docs" / "mkdocs.yml").read_text())["nav"]
    (rules,) = [entry["Rules"] for entry in navigation if isinstance(entry, dict) and "Rules" in entry]
    assert {page for entry in rules for page in entry.values()} == pages | {"rules.md"}


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork as the documentation imagines it."""
    for name in ("acme", "acme-signals"):
        shutil.copytree(ROOT / "sample-integration", tmp_path / "integrations" / name)
    (tmp_path / "package.json").write_text("{}\n")
    (tmp_path / "unsaved-text").write_bytes((ROOT / "sample-integration" / "manifest.json").read_bytes())
    (tmp_path / "acme.toml").write_text(toml_of(ROOT / "docs" / "pages" / "scaffold.md"))
    (tmp_path / "ldit-baseline.json").write_text('{"version": 1, "findings": {}}\n')
    return tmp_path


def toml_of(page: Path) -> str:
    found = re.search(r"```toml\n(.*?)```", page.read_text(), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documentation_runs(
    command: str, fork: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if command == 'ldit new "Acme Signals"':
        pytest.skip("asks on a terminal; tests/cli/test_new.py answers it")
    shutil.rmtree(fork / "integrations" / "acme-signals") if "ldit new" in command else None
    programs = program.executable(tmp_path_factory.mktemp("bin") / "ldit").parent
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=fork,
        env={"PYTHONPATH": str(ROOT), "PATH": f"{programs}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode in (0, 1), run.stderr
    assert "Traceback" not in run.stderr


def test_the_configuration_of_the_documentation_is_valid(tmp_path: Path) -> None:
    text = toml_of(ROOT / "docs" / "pages" / "lint.md")
    (tmp_path / "ldit.toml").write_text(text)
    (tmp_path / "integrations" / "acme.ai").mkdir(parents=True)
    assert load(tmp_path / "ldit.toml").waivers[0].reason == tomllib.loads(text)["waive"][0]["reason"]
