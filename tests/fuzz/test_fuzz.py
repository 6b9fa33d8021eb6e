"""The fuzzers themselves: each target takes cases, and what is planted is found, made small, and kept."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz import targets
from tests.fuzz.case import Case, Failure, decoded, encoded, load, save
from tests.fuzz.check import checked, failing, made, peak_memory, shrunk
from tests.fuzz.targets import TARGETS
from tests.fuzz.tree import ARGUMENTS, run_tree, scratch
from toolkit.reports import FORMATS

ROOT = Path(__file__).parents[2]
SEED = "test"


@pytest.mark.parametrize("target", TARGETS)
def test_a_few_cases_of_each(target: str) -> None:
    for number in range(4):
        seed = f"{SEED}.{number}"
        assert made(target, seed) == made(target, seed)
        assert checked(target, made(target, seed))[0] == "", seed


def test_no_outcome_depends_on_where_the_case_lies() -> None:
    for name in FORMATS:
        outcome = run_tree({ARGUMENTS: f"--format {name}".encode(), "manifest.json": b"{"})
        assert scratch().name[-8:] not in repr(outcome), name


def planted(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    monkeypatch.setitem(targets.TARGETS, "planted", TARGETS["template"]._replace(run=run))


def test_a_crash_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(case: Case) -> None:
        if b"{{#" in case["template"]:
            raise RuntimeError("planted")

    planted(monkeypatch, run)
    found = filter(None, (failing("planted", str(seed), made("planted", str(seed))) for seed in range(1_000)))
    failure = next(found)
    assert failure.message == "RuntimeError: planted"
    small = shrunk(failure, lambda case: bool(checked("planted", case)[0]))
    assert small.case == {"template": b"{{#"}
    assert load(save(small, tmp_path)) == small


def test_slow_large_and_different_are_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: Case) -> None:
        end = time.process_time() + 2.1
        while time.process_time() < end:
            pass

    planted(monkeypatch, slow)
    assert checked("planted", {"template": b""})[0].startswith("slow: 2")
    planted(monkeypatch, lambda _: time.process_time())
    assert checked("planted", {"template": b""})[0].startswith("different: ")
    monkeypatch.setattr("tests.fuzz.check.BYTES", 1)
    planted(monkeypatch, lambda _: len(b"x" * (peak_memory() + 1)))
    if sys.platform != "win32":
        assert checked("planted", {"template": b""})[0].startswith("large: ")


def test_any_bytes_can_be_kept(tmp_path: Path) -> None:
    case = {"a": b"\xff\0", "é": "é\r\n\ud800".encode("utf-8", "surrogatepass"), "": b""}
    assert decoded(encoded(case)) == case
    assert load(save(Failure("json", "1", "m", case), tmp_path)).case == case


def test_the_command(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.fuzz",
        "--seconds",
        "1",
        "--seed",
        SEED,
        "--save",
        str(tmp_path),
        "json",
        "toml",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"0 failures, seed {SEED}" in run.stdout
    assert not list(tmp_path.iterdir())
