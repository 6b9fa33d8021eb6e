"""How ldit and its extras are installed, and where its pages are, in one place.

The names on the package index are not ours, so it is installed from a checkout; publishing it changes ``_SOURCE``.
"""

import os
from functools import cache
from pathlib import Path

_SOURCE = "."
_DISTRIBUTION = "ld-integration-toolkit"
_PAGES = "docs/pages/rules"
EXTRAS = ("serve", "watch", "all")
"""The optional parts that a message may ask for, as in pyproject.toml."""
PAGES_VARIABLE = "LDIT_PAGES"
"""The environment variable that says where the pages of the rules are: an address, without the name of a page."""


def command(extra: str = "") -> str:
    """The line that installs ldit with an extra: ``pip install '.[serve]'``; without one ``pip install .``."""
    return f"pip install '{_SOURCE}[{extra}]'" if extra else f"pip install {_SOURCE}"


def remedy(extra: str = "") -> str:
    """What to do where a part is missing: ``run `pip install '.[serve]'` in your checkout of ldit``."""
    return f"run `{command(extra)}` in your checkout of ldit"


@cache
def pages() -> str:
    """The address of the directory with the pages of the rules, or nothing where it is not known.

    What LDIT_PAGES says; the commit that was installed from a git URL, as PEP 610 records it; or the checkout.
    """
    if named := os.environ.get(PAGES_VARIABLE, ""):
        return named.rstrip("/")
    checkout = Path(__file__).resolve().parent.parent / _PAGES
    return checkout.as_uri() if checkout.is_dir() else _recorded_pages()


def _recorded_pages() -> str:
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        recorded = json.loads(distribution(_DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    return pages_of(str(recorded.get("url", "")), str(recorded.get("vcs_info", {}).get("commit_id", "")))


def pages_of(url: str, commit: str) -> str:
    """The pages in a checkout (``file:``), or at a commit of a repository that is browsed over HTTPS."""
    if url.startswith("file:") and not commit:
        from urllib.parse import unquote, urlsplit

        checkout = Path(unquote(urlsplit(url).path)) / _PAGES
        return checkout.as_uri() if checkout.is_dir() else ""
    address = url.removesuffix("/").removesuffix(".git")
    return (
        f"{address}/blob/{commit}/{_PAGES}" if address.startswith("https://") and "@" not in address and commit else ""
    )
