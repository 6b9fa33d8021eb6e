"""Where the repository is that holds a path, found without asking git."""

import os
from pathlib import Path

from toolkit.integration.discovery import TREE


def repository_around(start: Path) -> Path | None:
    """The root of the working tree that holds ``start``: the nearest directory above it, or itself, with a ``.git``."""
    here = Path(os.path.realpath(start))
    return next((above for above in (here, *here.parents) if os.path.lexists(above / ".git")), None)


def fork_around(start: Path) -> Path | None:
    """The root of the repository that holds ``start``, if it is a fork: one with a directory of integrations."""
    root = repository_around(start)
    return root if root and (root / TREE).is_dir() else None


def from_root(path: str | Path) -> str:
    """``path`` from the root of its repository, with ``/``; outside a repository from the current directory."""
    return rooted(path)[1]


def rooted(path: str | Path) -> tuple[str, str]:
    """The root of the repository that holds ``path``, or the current directory; and the path from there."""
    real = Path(os.path.realpath(path))
    root = repository_around(real.parent) or Path(os.path.realpath("."))
    return root.as_posix(), real.relative_to(root).as_posix() if real.is_relative_to(root) else real.as_posix()
