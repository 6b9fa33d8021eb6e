"""Where a new integration goes, and how it gets there: whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from toolkit.errors import LditError

_FORK_MARKS = ("package.json", "schemas", "manifest.schema.json")


def place(cwd: Path, directory: str) -> Path:
    """The path for ``directory``: in the ``integrations/`` of the fork around ``cwd``, else in ``cwd`` itself."""
    cwd = cwd.absolute()
    for above in (cwd, *cwd.parents):
        if _is_fork(above):
            return above / "integrations" / directory
    return cwd / directory


def _is_fork(path: Path) -> bool:
    integrations = path / "integrations"
    if not integrations.is_dir():
        return False
    return any((path / mark).exists() for mark in _FORK_MARKS) or any(integrations.glob("*/manifest.json"))


def require_free(target: Path) -> None:
    """Raises LditError when ``target`` exists, or its parent does not."""
    if os.path.lexists(target):
        raise LditError(f"{target} exists already", "choose another `--directory`, or another place with `--into`")
    if not target.parent.is_dir():
        raise LditError(f"{target.parent} is not a directory", "make it first")


def write(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the directory ``target`` with ``files`` (path with ``/`` -> content), all or nothing.

    Raises LditError when ``target`` exists, its parent does not, or writing fails.
    """
    require_free(target)
    try:
        _write(target, files)
    except OSError as error:
        raise LditError(f"{target} cannot be written: {error.strerror}") from error


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    beside = Path(mkdtemp(prefix=".ldit-", dir=target.parent))
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o644)
        for directory in (beside, *(path for path in beside.rglob("*") if path.is_dir())):
            directory.chmod(0o755)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
