"""Writes files so that a reader, or a crash, sees the old bytes or the new ones, never a part."""

import os
import tempfile
from pathlib import Path

from toolkit.errors import LditError


def replace_file(path: Path, data: bytes) -> None:
    """Puts ``data`` in place of the file at ``path``, following a link, with its permissions. Raises LditError."""
    target = path.resolve()
    try:
        mode = target.stat().st_mode
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
