import os
import subprocess
import sys
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


KILLED = """
import os, sys
from pathlib import Path
from toolkit import scaffold

class Killing(dict):
    def items(self):
        for number in range(20):
            if number == int(sys.argv[2]):
                os.kill(os.getpid(), 9)
            yield f"file-{number}", b"x" * 1000

scaffold.write({Path(sys.argv[1]) / "acme": Killing()})
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "7"], cwd=ROOT, check=False)
    assert run.returncode == -9
    (left,) = names(tmp_path)
    assert left.startswith(".ldit-")
    assert len(names(tmp_path / left)) == 7
    scaffold.write({tmp_path / "acme": {"a": b""}})
    assert names(tmp_path) == ["acme"]


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
