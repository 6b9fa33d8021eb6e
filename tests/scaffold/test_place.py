import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from toolkit import scaffold
from toolkit.errors import LditError


@pytest.mark.parametrize(
    ("made", "cwd", "expected"),
    [
        (["integrations", "package.json"], ".", "integrations/acme"),
        (["integrations", "package.json"], "integrations", "integrations/acme"),
        (["integrations/other", "package.json"], "integrations/other", "integrations/acme"),
        (["integrations", "schemas/x", "docs/deep"], "docs/deep", "integrations/acme"),
        (["integrations/other/manifest.json"], ".", "integrations/acme"),
        (["integrations"], ".", "integrations/acme"),
        (["integrations/util.py"], ".", "acme"),
        (["integrations"], "integrations", "integrations/acme"),
        (["package.json"], ".", "acme"),
        (["src"], "src", "src/acme"),
    ],
)
def test_a_fork_is_found_from_anywhere_in_it(tmp_path: Path, made: list[str], cwd: str, expected: str) -> None:
    for name in made:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix else path.mkdir()
    assert scaffold.place(tmp_path / cwd, "acme") == tmp_path / expected


def test_only_a_directory_of_a_fork_is_in_a_fork(tmp_path: Path) -> None:
    (tmp_path / "integrations" / "other").mkdir(parents=True)
    (tmp_path / "integrations" / "other" / "manifest.json").touch()
    assert scaffold.fork_around(tmp_path / "integrations" / "other") == tmp_path
    assert scaffold.fork_around(tmp_path.parent) is None


def test_what_is_beside_a_target_is_known_by_its_manifest(tmp_path: Path) -> None:
    for name in ("one", "two", "none"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "manifest.json").write_bytes(b"{}")
    (tmp_path / "two" / "manifest.json").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "none" / "manifest.json")
    assert scaffold.beside(tmp_path / "acme") == {"../one/manifest.json": b"{}"}


def test_write_makes_plain_readable_files(tmp_path: Path) -> None:
    target = tmp_path / "acme"
    old = os.umask(0o077)
    try:
        scaffold.write({target: {"manifest.json": b"{}\n", "assets/square.svg": b"<svg/>\n"}})
    finally:
        os.umask(old)
    assert (target / "manifest.json").read_bytes() == b"{}\n"
    assert (target / "assets" / "square.svg").read_bytes() == b"<svg/>\n"
    assert names(tmp_path) == ["acme"]
    if os.name == "posix":
        modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
        assert modes == {
            "acme": 0o755,
            "acme/manifest.json": 0o644,
            "acme/assets": 0o755,
            "acme/assets/square.svg": 0o644,
        }


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("kind", ["directory", "file", "dangling"])
def test_write_refuses_what_exists(tmp_path: Path, kind: str, first: bool) -> None:
    target, other = tmp_path / "acme", tmp_path / "other"
    if kind == "directory":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")
    with pytest.raises(LditError, match="acme exists already") as raised:
        scaffold.write({path: {"manifest.json": b"{}"} for path in ((target, other) if first else (other, target))})
    assert "--directory" in raised.value.help
    assert names(tmp_path) == ["acme"]


def test_write_needs_a_directory_to_write_in(tmp_path: Path) -> None:
    with pytest.raises(LditError, match="is not a directory"):
        scaffold.write({tmp_path / "acme": {"a": b""}, tmp_path / "missing" / "acme": {}})
    assert names(tmp_path) == []


def test_write_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(LditError, match="b cannot be written: "):
        scaffold.write({tmp_path / "a": {"a": b""}, tmp_path / "b": {"a": b"", "a/b": b""}})
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), PermissionError(13, "Permission denied")])
def test_what_was_written_first_is_undone_with_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException
) -> None:
    renames: list[Path] = []
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        renames.append(target)
        if len(renames) > number:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else LditError) as raised:
        scaffold.write({tmp_path / "acme": {"a": b""}, tmp_path / "creator": {"b": b""}})
    assert len(renames) == number + 1
    assert isinstance(raised.value, KeyboardInterrupt) or "permission denied" in str(raised.value)
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_a_run_that_is_killed_anywhere_leaves_nothing_half(tmp_path: Path) -> None:
    """Killed before each call to the system that writes; the next run removes what is left.

    Two directories are there from one moment to the next, so a kill between the two last calls leaves the first one.
    """
    program = [sys.executable, str(Path(__file__).with_name("killed.py")), str(tmp_path)]
    run = subprocess.run(program, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    states = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(states) > 30
    whole = [state["whole"] for state in states]
    assert whole[-1] == ["acme", "creator"]
    assert [one for one in whole if one] in ([["acme"], *[["acme", "creator"]] * n] for n in range(1, 9))
    assert all(state["torn"] == [] for state in states)
    assert any(state["left"] for state in states)
    assert all(state["left_after"] == [] for state in states)


@pytest.mark.parametrize("call", ["mkdir", "write_bytes", "chmod", "rename"])
def test_an_error_of_the_system_anywhere_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    original = getattr(Path, call)
    calls = failing_call = 0

    def failing(self: Path, *arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == failing_call:
            raise OSError(28, "No space left on device")
        return original(self, *arguments, **named)

    monkeypatch.setattr(Path, call, failing)
    files = {"a": b"", "b/c": b"", "b/d": b""}
    for number in range(1, 30):
        failing_call = number
        calls = 0
        try:
            scaffold.write({tmp_path / "acme": files, tmp_path / "creator": files})
        except LditError as error:
            assert "no space left on device" in str(error)
            assert names(tmp_path) == []
        else:
            break
    assert failing_call > 2
    assert names(tmp_path) == ["acme", "creator"]


@pytest.mark.skipif(os.name != "posix", reason="needs locks on directories")
def test_what_a_living_run_writes_is_let_alone(tmp_path: Path) -> None:
    class Other(dict[str, bytes]):
        def items(self) -> Any:
            scaffold.write({tmp_path / "other": {"a": b""}})
            return {"b": b""}.items()

    scaffold.write({tmp_path / "acme": Other()})
    assert names(tmp_path) == ["acme", "other"]


def test_the_directories_lie_apart(tmp_path: Path) -> None:
    scaffold.require_apart(tmp_path / "acme", tmp_path / "acme-metric-creator")
    for other in ("acme", "acme/creator", "."):
        with pytest.raises(LditError, match="are in the same place"):
            scaffold.require_apart(tmp_path / "acme", tmp_path / "x" / ".." / other)


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_the_command_killed_while_it_writes_leaves_nothing_half(tmp_path: Path) -> None:
    """LDIT_KILLS runs are killed (-9) at moments that LDIT_SEED chooses, from the first directory that they make on."""
    seed, kills = int(os.environ.get("LDIT_SEED", "12")), int(os.environ.get("LDIT_KILLS", "2"))
    moments = random.Random(seed)
    site = "links.site=https://acme-signals.io"
    command = [
        sys.executable,
        "-m",
        "toolkit",
        "new",
        "Acme",
        "--yes",
        "--set",
        site,
        "--with-metric-creator",
        "python",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def started() -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)

    assert started().wait() == 0
    whole = contents(tmp_path)
    hits = 0
    while hits < kills:
        for place in ("acme", "acme-metric-creator"):
            shutil.rmtree(tmp_path / place, ignore_errors=True)
        before = names(tmp_path)
        process = started()
        while process.poll() is None and names(tmp_path) == before:
            time.sleep(0.0001)
        time.sleep(moments.random() * 0.004)
        process.kill()
        process.wait()
        left = contents(tmp_path)
        ours = {path: data for path, data in left.items() if not path.startswith(".ldit-new-")}
        hits += left != whole
        for place in ("acme/", "acme-metric-creator/"):
            there = {path: data for path, data in ours.items() if path.startswith(place)}
            assert there in ({}, {path: data for path, data in whole.items() if path.startswith(place)}), seed
    for place in ("acme", "acme-metric-creator"):
        shutil.rmtree(tmp_path / place, ignore_errors=True)
    assert started().wait() == 0
    assert contents(tmp_path) == whole, "the next run removes what was left"


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
