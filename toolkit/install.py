"""How ldit and its extras are installed, in one place.

The names on the package index are not ours, so it is installed from a checkout; publishing it changes ``_SOURCE``.
"""

_SOURCE = "."
EXTRAS = ("serve", "watch", "all")
"""The optional parts that a message may ask for, as in pyproject.toml."""


def command(extra: str = "") -> str:
    """The line that installs ldit with an extra: ``pip install '.[serve]'``; without one ``pip install .``."""
    return f"pip install '{_SOURCE}[{extra}]'" if extra else f"pip install {_SOURCE}"


def remedy(extra: str = "") -> str:
    """What to do where a part is missing: ``run `pip install '.[serve]'` in your checkout of ldit``."""
    return f"run `{command(extra)}` in your checkout of ldit"
