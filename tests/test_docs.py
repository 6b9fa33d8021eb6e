"""The documentation tells the truth: generated pages are current, and every command in it runs."""

import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from toolkit.config import load
from toolkit.reports.pages import page
from toolkit.rules import RULES

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


@pytest.mark.parametrize(("path", "text"), GENERATE["documents"]().items(), ids=lambda value: Path(value).name[:40])
def test_the_generated_pages_are_current(path: Path, text: str) -> None:
    assert path.read_text() == text, "run .venv/bin/python docs/generate.py"


def test_a_page_shows_only_what_its_examples_add_to_the_sample() -> None:
    shown = page(RULES["placeholder-host"])
    assert "yourcompany.com in links.site" in shown
    assert "in README.md" not in shown


def test_the_counts_are_current(corpus: Path) -> None:
    assert GENERATE["accepted_counts"](corpus / "integrations") == GENERATE["counts"]()


def test_the_page_on_icons_says_what_their_rules_flag() -> None:
    table = GENERATE["icon_rates"]()
    assert "| [icon-viewbox](rules/icon_shape.md#icon-viewbox) | warning | 9 of 65 (14%) |\n" in table
    assert "icon-script" not in table, "an error flags none"
    assert table in (ROOT / "docs" / "pages" / "icons.md").read_text()


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
def test_a_command_of_the_documentation_runs(command: str, fork: Path) -> None:
    if command == 'ldit new "Acme Signals"':
        pytest.skip("asks on a terminal; tests/cli/test_new.py answers it")
    shutil.rmtree(fork / "integrations" / "acme-signals") if "ldit new" in command else None
    program = f"{shlex.quote(sys.executable)} -m toolkit"
    line = command.replace("ldit ", program + " ", 1).replace("| ldit ", f"| {program} ")
    run = subprocess.run(
        ["bash", "-c", line],
        cwd=fork,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
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
