"""`ldit new` of each kind in a real terminal; what it says stands in ``transcripts/``, as a person sees it.

``LDIT_TRANSCRIPTS=write`` writes the files anew; look at what changed before you commit it.
"""

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.terminal import transcript
from tests.conftest import ROOT
from toolkit import scaffold

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
TRANSCRIPTS = Path(__file__).parent / "transcripts"
SITE = "https://acme-signals.io"
TYPED = {
    "metric": ["", "Acme Signals", "", "", "", "analytics, monitorin", "analytics, monitoring", "", SITE, *[""] * 6],
    "card": ["2", "Acme Integration", "Acme Signals", *[""] * 5, "http://acme-signals.io", SITE, *[""] * 6],
    "webhook": ["webhook", "Acme Signals", "con", "", "No period", *[""] * 4, SITE, *[""] * 5],
    "trigger": ["4", "Acme Signals", *[""] * 5, SITE, *[""] * 6],
    "flag-link": ["flag", "5", "Acme Signals", *[""] * 5, SITE, "", "", "", "", "Acme ticket", ""],
    "synced-segment": ["6", "Other", "Other", "kohorts", *[""] * 4, SITE, *[""] * 5],
    "feature-store": ["7", "株式会社", "株式会社", "kaisha", "", "", "", "-", "Acme Inc", SITE, *[""] * 5],
    "approval": ["8", "Acme Signals", *[""] * 5, SITE, "", "support", "", "", "-", "2", ""],
}


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork in which one integration has a name already."""
    (tmp_path / "package.json").write_text("{}\n")
    (tmp_path / "integrations" / "other").mkdir(parents=True)
    (tmp_path / "integrations" / "other" / "manifest.json").write_text('{"name": "Other"}\n')
    return tmp_path


def run(fork: Path, *arguments: str, typed: list[str]) -> tuple[str, int]:
    shown, status = transcript(["new", *arguments], typed, fork, {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"})
    return shown.replace(str(fork), "~"), status


def without_report(shown: str) -> str:
    """A transcript without the report of lint, which has golden files of its own."""
    dialog, made, rest = re.split(r"^(~/integrations/[\w-]+\n)", shown, maxsplit=1, flags=re.MULTILINE)
    return f"{dialog}{made}...\n{rest[rest.index('next: ') :]}"


def test_every_kind_has_a_transcript() -> None:
    assert TYPED.keys() == scaffold.KINDS.keys()


@pytest.mark.parametrize("kind", TYPED)
def test_what_a_person_sees(fork: Path, kind: str) -> None:
    whole, status = run(fork, typed=TYPED[kind])
    shown = without_report(whole)
    file = TRANSCRIPTS / f"{kind}.txt"
    if os.environ.get("LDIT_TRANSCRIPTS") == "write":
        file.write_text(shown, encoding="utf-8")
    assert status == 0, whole
    assert "TODO" in whole
    assert shown == file.read_text(encoding="utf-8")
    (made,) = (path for path in (fork / "integrations").iterdir() if path.name != "other")
    assert set(json.loads((made / "manifest.json").read_text())) >= {"name", "icons"}


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_giving_up_leaves_nothing(fork: Path, key: str) -> None:
    shown, status = run(fork, typed=["", "Acme Signals", key])
    assert status != 0
    assert "Traceback" not in shown
    assert [path.name for path in (fork / "integrations").iterdir()] == ["other"]


def test_a_logo_is_checked_before_anything_is_asked(fork: Path) -> None:
    (fork / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>')
    shown, status = run(fork, "--logo", "logo.svg", typed=[])
    assert status == 2
    assert shown.startswith("error: logo.svg cannot be measured: it contains text")
