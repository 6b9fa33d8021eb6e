"""Writes files so that a reader, or a crash, sees the old bytes or the new ones, never a part."""

import os
from pathlib import Path

from toolkit.errors import LditError


def is_inside(path: Path, directory: Path) -> bool:
    """Whether what stands at ``path``, after following links, is in a directory."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(directory))


def write_text(path: Path, text: str) -> None:
    """Writes UTF-8 text to ``path``, a new file or in place of one. Raises LditError."""
    replace_file(path, text.encode("utf-8", "backslashreplace"))


def replace_file(path: Path, data: bytes) -> None:
    """Puts ``data`` in place of the file at ``path``, following a link, with its permissions. Raises LditError."""
    import tempfile

    target = path.resolve()
    try:
        mode = target.stat().st_mode if target.exists() else 0o644
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LditError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
