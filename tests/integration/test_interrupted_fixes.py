"""Errors of the system while integrations of the conformance corpus, if present, are fixed: nothing is left half."""

import errno
import os
import random
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command

SEED = int(os.environ.get("LDIT_SEED", "12"))
CALLS = ("tempfile.mkstemp", "os.fdopen", "os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace")
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT)
ROUNDS = int(os.environ.get("LDIT_ROUNDS", "4"))
"""Each with three errors."""


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


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
    source = rng.choice(
        sorted(path for path in (corpus / "integrations").iterdir() if (path / "manifest.json").is_file())
    )
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
