"""Where new directories go, and how they get there: all of them whole, or none at all."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

from toolkit.errors import LditError
from toolkit.integration.manifest import NAME
from toolkit.text import reason

fcntl: ModuleType | None
try:
    import fcntl
except ModuleNotFoundError:  # Windows has none
    fcntl = None

_FORK_MARKS = ("package.json", "schemas", "manifest.schema.json")
_PREFIX = ".ldit-new-"

Files = Mapping[str, bytes]
"""The content of a directory: path with ``/`` -> bytes."""


def place(cwd: Path, directory: str) -> Path:
    """The path for ``directory``: in the ``integrations/`` of the fork around ``cwd``, else in ``cwd`` itself."""
    fork = fork_around(cwd)
    return fork / "integrations" / directory if fork else cwd.absolute() / directory


def fork_around(cwd: Path) -> Path | None:
    """The root of the fork that ``cwd`` is in: the nearest directory with an ``integrations/`` like LaunchDarkly's."""
    cwd = cwd.absolute()
    return next((above for above in (cwd, *cwd.parents) if _is_fork(above)), None)


def _is_fork(path: Path) -> bool:
    integrations = path / "integrations"
    if not integrations.is_dir():
        return False
    if any((path / mark).exists() for mark in _FORK_MARKS) or any(integrations.glob(f"*/{NAME}")):
        return True
    with suppress(OSError):
        return not any(integrations.iterdir())
    return False


def beside(target: Path) -> dict[str, bytes]:
    """The manifests of the directories beside ``target``, by their path from it; unreadable ones are left out."""
    found: dict[str, bytes] = {}
    for manifest in sorted(target.parent.glob(f"*/{NAME}")):
        with suppress(OSError):
            if manifest.is_file():
                found[f"../{manifest.parent.name}/{NAME}"] = manifest.read_bytes()
    return found


def require_free(target: Path) -> None:
    """Raises LditError when ``target`` exists, or its parent does not."""
    if os.path.lexists(target):
        raise LditError(f"{target} exists already", "choose another `--directory`, or another place with `--into`")
    if not target.parent.is_dir():
        raise LditError(f"{target.parent} is not a directory", "create it first")


def require_apart(one: Path, other: Path) -> None:
    """Raises LditError when two directories to be created are the same, or one is within the other."""
    first, second = (Path(os.path.realpath(path)) for path in (one, other))
    if first.is_relative_to(second) or second.is_relative_to(first):
        raise LditError(f"{one} and {other} are in the same place", "choose a directory of its own for each")


def write(directories: Mapping[Path, Files]) -> None:
    """Creates each directory with its files; either all of them are there then, or none.

    Raises LditError when one exists, its parent does not, or writing fails. What a run that was killed left behind
    in the same parent is removed.
    """
    for target in directories:
        require_free(target)
    with ExitStack() as stack:
        _rename({target: stack.enter_context(_built(target, files)) for target, files in directories.items()})


def _rename(built: Mapping[Path, Path]) -> None:
    done: list[Path] = []
    try:
        for target, aside in built.items():
            with _naming(target):
                aside.rename(target)
            done.append(target)
    except BaseException:
        for target in done:
            shutil.rmtree(target, ignore_errors=True)
        raise


@contextmanager
def _built(target: Path, files: Files) -> Iterator[Path]:
    """A directory beside ``target`` that holds the files; it is gone at the end unless it was renamed."""
    with _naming(target):
        _remove_leftovers(target.parent)
        aside, lock = _locked(target.parent)
    try:
        with _naming(target):
            _fill(aside, files)
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _fill(root: Path, files: Files) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o644)
    for directory in (root, *(path for path in root.rglob("*") if path.is_dir())):
        directory.chmod(0o755)


def _locked(parent: Path) -> tuple[Path, int | None]:
    """A new hidden directory in ``parent``, locked while this process lives, where the system has such locks."""
    while True:
        directory = Path(mkdtemp(prefix=_PREFIX, dir=parent))
        lock = _lock(directory)
        if lock is None or directory.exists():  # not, where another run took it for a leftover before it was locked
            return directory, lock
        os.close(lock)


def _lock(directory: Path) -> int | None:
    """A lock on a directory, to be closed; None where somebody holds it, or the system has no such locks."""
    if fcntl is None:
        return None
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _remove_leftovers(parent: Path) -> None:
    """Removes what killed runs left in ``parent``: hidden directories that no living run has locked."""
    for directory in parent.glob(f"{_PREFIX}*"):
        if directory.is_symlink() or not directory.is_dir():
            continue
        if (lock := _lock(directory)) is not None:
            shutil.rmtree(directory, ignore_errors=True)
            os.close(lock)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Turns an OSError into a LditError that names ``target``."""
    try:
        yield
    except OSError as error:
        raise LditError(f"{target} cannot be written: {reason(error)}") from error
