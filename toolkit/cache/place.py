"""Where the cache is: in the user's cache directory, or where ``LDIT_CACHE_DIR`` says."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from toolkit.integration.discovery import TREE

VARIABLE = "LDIT_CACHE_DIR"


def cache_directory(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """The directory of the cache, whether it is there or not; None where nobody can say whose home this is.

    As the systems want it: ``XDG_CACHE_HOME`` (XDG Base Directory Specification 0.8: relative paths are ignored) or
    ``~/.cache``, on macOS ``~/Library/Caches``, on Windows ``%LOCALAPPDATA%``.
    """
    if chosen := environment.get(VARIABLE):
        return Path(chosen).absolute()
    home = environment.get("USERPROFILE" if platform == "win32" else "HOME", "")
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or (home and f"{home}/AppData/Local")
    elif platform == "darwin":
        base = home and f"{home}/Library/Caches"
    else:
        named = environment.get("XDG_CACHE_HOME", "")
        base = named if os.path.isabs(named) else home and f"{home}/.cache"  # noqa: PTH117
    return Path(base, "ldit") if base else None


def is_in_fork(directory: Path) -> bool:
    """Whether a directory is part of a repository of integrations, where no cache belongs."""
    real = Path(os.path.realpath(directory))
    return any(os.path.lexists(above / ".git") and (above / TREE).is_dir() for above in (real, *real.parents))
