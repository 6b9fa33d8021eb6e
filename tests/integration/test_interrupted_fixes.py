"""Errors and kills while integrations of the conformance corpus, if present, are fixed: nothing is left half."""

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command

ROOT = Path(__file__).parents[2]
SEED = int(os.environ.get("LDIT_SEED", "12"))
CALLS = ("tempfile.mkstemp", "os.fdopen", "os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace")
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT)
ROUNDS = int(os.environ.get("LDIT_ROUNDS", "4"))
"""Each with three errors."""
KILLS = int(os.environ.get("LDIT_KILLS", "2"))
FIX = [sys.executable, "-m", "toolkit", "lint", "--isolated", "--fix", "--no-cache", "--"]


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def integrations(corpus: Path) -> list[Path]:
    return sorted(path for path in (corpus / "integrations").iterdir() if (path / "manifest.json").is_file())


def damaged(source: Path, place: Path) -> None:
    """A copy in which two files or more can be fixed."""
    shutil.copytree(source, place, copy_function=shutil.copyfile)
    for path in (place / "manifest.json", *sorted(place.rglob("*.md")), *sorted(place.rglob("*.svg"))):
        path.write_bytes(path.read_bytes().rstrip() + b" \n\n")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_each_file_is_the_old_or_the_new_one(
    corpus: Path, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(f"{SEED} {number}")
    source = rng.choice(integrations(corpus))
    good = tmp_path / "good" / source.name
    damaged(source, good)
    old = contents(good)
    lint(good)
    new = contents(good)
    writes = sum(old[path] != new[path] for path in old)
    assert writes
    for turn in range(3):
        place = tmp_path / str(turn) / source.name
        damaged(source, place)
        call, error, at = rng.choice(CALLS), rng.choice(ERRORS), rng.randrange(writes)
        with monkeypatch.context() as patched:
            seen = failing(patched, call, error, at)
            status = lint(place)
        assert seen[0] > at, (SEED, call, at)
        assert status == 2, (SEED, call, error, at)
        left = contents(place)
        assert left.keys() == old.keys(), (SEED, call, error, at)
        assert all(left[path] in (old[path], new[path]) for path in left), (SEED, call, error, at)
        lint(place)
        assert contents(place) == new, "the next run finishes it"


def lint(place: Path) -> int:
    return (
        CliRunner().invoke(command, ["lint", "--isolated", "--fix", "--", str(place)], catch_exceptions=False).exit_code
    )


def failing(patched: pytest.MonkeyPatch, call: str, error: int, at: int) -> list[int]:
    """Lets one of the calls fail, the first being number 0; how many there were."""
    seen = [0]
    owner, name = call.rsplit(".", 1)
    real = getattr(Path if owner == "pathlib.Path" else import_module(owner), name)

    def refuse(*arguments: Any, **options: Any) -> Any:
        writes = call != "os.fdopen" or "wb" in arguments
        seen[0] += writes
        if writes and seen[0] - 1 == at:
            raise OSError(error, os.strerror(error))
        return real(*arguments, **options)

    patched.setattr(call, refuse)
    return seen


@pytest.mark.skipif(os.name != "posix", reason="kills processes")
def test_each_file_is_the_old_or_the_new_one_when_killed(corpus: Path, tmp_path: Path) -> None:
    """LDIT_KILLS runs are killed (-9) at moments that LDIT_SEED chooses, from their first write on."""
    rng = random.Random(SEED)
    place = tmp_path / "integrations"
    for source in rng.sample(integrations(corpus), 8):
        damaged(source, place / source.name)
    old = contents(place)
    started = fixing(place)
    assert started.wait() in (0, 1)
    new = contents(place)
    changed = sorted(path for path in old if old[path] != new[path])
    hits = torn = 0
    while hits < KILLS:
        restore(place, old, changed)
        process = fixing(place)
        while process.poll() is None and all((place / path).read_bytes() == old[path] for path in changed[:3]):
            time.sleep(0.0005)
        time.sleep(rng.random() * 0.05)
        hits += process.poll() is None
        process.kill()
        process.wait()
        left = contents(place)
        assert all(left[path] in (old[path], new[path]) for path in old), f"LDIT_SEED={SEED}"
        assert all(Path(path).name.startswith(".ldit-") for path in left.keys() - old.keys()), f"LDIT_SEED={SEED}"
        torn += left != old and left != new
    assert torn, "some were killed in the middle"
    assert fixing(place).wait() in (0, 1)
    assert contents(place) == new, "the next run finishes it, and leaves nothing"


def fixing(place: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*FIX, str(place)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def restore(place: Path, old: dict[str, bytes], changed: list[str]) -> None:
    for path in changed:
        (place / path).write_bytes(old[path])
