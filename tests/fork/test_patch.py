"""A patch says exactly what changed, as git and patch read it."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fork.forks import git, ldit
from toolkit.fork.patch import patch

LINES = st.lists(st.text(st.sampled_from("ab-+@ \\\r\u2028\x0c\x85é"), max_size=4), max_size=6)


def applied(directory: Path, path: str, before: str, after: str) -> bytes:
    (directory / path).write_bytes(before.encode())
    text = "".join(patch(path, before, after))
    if text:
        command = ["git", "apply", "--whitespace=nowarn", "-"]
        run = subprocess.run(command, cwd=directory, input=text.encode(), capture_output=True, check=False)
        assert run.returncode == 0, run.stderr
    return (directory / path).read_bytes()


@given(LINES, LINES, st.booleans(), st.booleans())
@settings(max_examples=60)
def test_git_applies_any_change(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], ends: bool, ended: bool
) -> None:
    old, new = "x\n" + "\n".join(before) + "\n" * ends, "x\n" + "\n".join(after) + "\n" * ended
    assert applied(tmp_path_factory.mktemp("patch"), "file", old, new) == new.encode()


@pytest.mark.parametrize("name", ["with space.json", 'a"b.json', "back\\slash", "tab\there", "über.json", "new\nline"])
def test_git_finds_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    assert applied(tmp_path, name, "old\n", "new\n") == b"new\n"


def damage(fork: Path) -> dict[Path, str]:
    """Breaks the overview of each integration; the texts before."""
    before = {}
    for manifest in sorted(fork.glob("integrations/*/manifest.json")):
        before[manifest] = manifest.read_text()
        manifest.write_text(before[manifest].replace('log."', 'log"'))
    return before


@pytest.mark.parametrize("where", [".", "integrations/acme"])
@pytest.mark.parametrize("program", [["git", "apply"], ["patch", "-p1", "-s"]], ids=lambda program: program[0])
def test_the_patch_of_three_integrations(fork: Path, where: str, program: list[str]) -> None:
    before = damage(fork)
    run = ldit(fork / where, "lint", "--diff")
    assert (run.returncode, run.stderr) == (1, "")
    assert "+++ b/integrations/acme/manifest.json" in run.stdout
    subprocess.run(program, cwd=fork, input=run.stdout, text=True, check=True)
    assert {manifest: manifest.read_text() for manifest in before} == before
    assert git(fork, "status", "--porcelain") == ""
