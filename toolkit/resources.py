"""Finds the directories that ship with the package: ``templates`` and ``schemas``."""

from pathlib import Path

from toolkit.errors import LditError
from toolkit.install import remedy

_PACKAGE = Path(__file__).parent


def path(name: str) -> Path:
    """The shipped file or directory called ``name``, such as ``schemas/metric.json``.

    A wheel carries it inside the package; a checkout and an editable install have it beside the package.
    Raises LditError when the installation lacks it.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        if (found := base / name).exists():
            return found
    raise LditError(f"the installation lacks {name}", remedy())
