"""Writes files so that a reader, or a crash, sees the old bytes or the new ones, never a part."""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit.errors import LditError
from toolkit.text import printable, reason

PREFIX = ".ldit-"
"""How the names of files begin that are ours while we write; a killed run leaves one behind."""


def is_inside(path: Path, directory: Path) -> bool:
    """Whether what stands at ``path``, after following links, is in a directory."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(directory))


def write_text(path: Path, text: str) -> None:
    """Writes UTF-8 text to ``path``: a new file, in place of one, or into a pipe or a device. Raises LditError."""
    data = text.encode("utf-8", "backslashreplace")
    if path.exists() and not path.is_file():
        with _refused(path):
            path.write_bytes(data)
    else:
        replace_file(path, data)


def replace_file(path: Path, data: bytes, *, was: bytes | None = None) -> None:
    """Puts ``data`` in place of the file at ``path``, following a link, with its owner, mode and extended attributes.

    ``was`` are the bytes that it must have at that moment. Raises LditError, and writes nothing, for a file that has
    other bytes by now, is read-only, has other names (hard links), or cannot keep its owner or attributes.
    """
    target = Path(os.path.realpath(path))
    with _refused(path):
        status = require_replaceable(path, was)
        temporary = _written(target, data, status)
        try:
            require_replaceable(path, was)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def replace_files(
    directory: Path, contents: Mapping[str, bytes], before: Mapping[str, bytes | None], new: Collection[str]
) -> None:
    """Puts ``contents``, by path from ``directory``, in place of its files, each as ``replace_file`` does.

    ``before`` are the bytes that they must have, where these are known; at ``new`` paths nothing may stand. Raises
    LditError, before anything is written, for a link out of the directory and for a file that cannot be replaced.
    """
    for path in contents:
        target = directory / path
        if not is_inside(target, directory):
            raise LditError(f"{path} is a link out of the directory and is not written", "fix it where it is")
        if path in new and os.path.lexists(target):
            raise LditError(f"{path} is there meanwhile and is not written", "run it again")
        require_replaceable(target, before[path])
    for path, data in contents.items():
        replace_file(directory / path, data, was=before[path])


def require_replaceable(path: Path, was: bytes | None = None) -> os.stat_result | None:
    """The status of the file at ``path``, or None where there is none. Raises LditError as ``replace_file`` does."""
    target = Path(os.path.realpath(path))
    with _refused(path):
        try:
            status = target.stat()
        except FileNotFoundError:
            if was is not None:
                raise LditError(f"{_shown(path)} is gone and is not written", "run it again") from None
            return None
        if not stat.S_ISREG(status.st_mode):
            raise LditError(f"{_shown(path)} is not a regular file and is not written")
        if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
            raise LditError(f"{_shown(path)} is read-only and is not written", "make it writable first")
        if status.st_nlink > 1:
            help_ = "copy it over itself first, so that it is a file of its own"
            raise LditError(f"{_shown(path)} has {status.st_nlink} names (hard links) and is not written", help_)
        if was is not None and target.read_bytes() != was:
            raise LditError(f"{_shown(path)} was changed meanwhile and is not written", "run it again")
        return status


def remove_leftovers(directory: Path) -> None:
    """Removes what killed runs left below ``directory``; the files of one that still runs stay."""
    for parent, _, names in os.walk(directory):
        for name in names:
            path = Path(parent, name)
            if name.startswith(PREFIX) and stat.S_ISREG(path.lstat().st_mode):
                with suppress(OSError):  # somebody else's: it stays, and is not reported
                    _remove_unheld(path)


def _written(target: Path, data: bytes, like: os.stat_result | None) -> Path:
    """A new file beside ``target`` with ``data`` on disk, owned and marked ``like`` it."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            _hold(handle)
            file.write(data)
            file.flush()
            if like is None:
                Path(name).chmod(0o644)
            else:
                _mark(target, Path(name), like)
            os.fsync(handle)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _mark(target: Path, new: Path, like: os.stat_result) -> None:
    """Gives ``new`` the owner, the group, the mode (but for setuid and its kin) and the attributes of ``target``."""
    own = new.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        os.chown(new, like.st_uid, like.st_gid)
    new.chmod(stat.S_IMODE(like.st_mode) & 0o777)
    if hasattr(os, "listxattr"):
        for attribute in os.listxattr(target):
            value = os.getxattr(target, attribute)
            if attribute not in os.listxattr(new) or os.getxattr(new, attribute) != value:
                os.setxattr(new, attribute, value)


def _hold(handle: int) -> None:
    """Marks a file as in use for as long as it is open; Windows does not let go of open files anyway."""
    if os.name == "posix":
        import fcntl

        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove_unheld(path: Path) -> None:
    """Removes a file that no other process holds. Raises OSError when one does."""
    if os.name == "posix":
        import fcntl

        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe would wait for its other end
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(handle)
    path.unlink()


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LditError(f"{_shown(path)} cannot be written: {reason(error)}") from error


def _shown(path: Path) -> str:
    return printable(str(path))
