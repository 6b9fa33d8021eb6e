import os
from pathlib import Path

import pytest

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
        (["integrations"], ".", "acme"),
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


def test_write_makes_plain_readable_files(tmp_path: Path) -> None:
    target = tmp_path / "acme"
    old = os.umask(0o077)
    try:
        scaffold.write(target, {"manifest.json": b"{}\n", "assets/square.svg": b"<svg/>\n"})
    finally:
        os.umask(old)
    assert (target / "manifest.json").read_bytes() == b"{}\n"
    assert (target / "assets" / "square.svg").read_bytes() == b"<svg/>\n"
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]
    if os.name == "posix":
        modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
        assert modes == {
            "acme": 0o755,
            "acme/manifest.json": 0o644,
            "acme/assets": 0o755,
            "acme/assets/square.svg": 0o644,
        }


@pytest.mark.parametrize("kind", ["directory", "file", "dangling"])
def test_write_refuses_what_exists(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "acme"
    if kind == "directory":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")
    with pytest.raises(LditError, match="acme exists already") as raised:
        scaffold.write(target, {"manifest.json": b"{}"})
    assert "--directory" in raised.value.help
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


def test_write_needs_a_directory_to_write_in(tmp_path: Path) -> None:
    with pytest.raises(LditError, match="is not a directory"):
        scaffold.write(tmp_path / "missing" / "acme", {})
    assert list(tmp_path.iterdir()) == []


def test_write_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(LditError, match="cannot be written"):
        scaffold.write(tmp_path / "acme", {"a": b"", "a/b": b""})
    assert list(tmp_path.iterdir()) == []


def test_write_leaves_nothing_when_it_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        scaffold.write(tmp_path / "acme", {"a": b""})
    assert list(tmp_path.iterdir()) == []
