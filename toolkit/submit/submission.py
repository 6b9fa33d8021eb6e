"""What is submitted: one directory, and the base that it goes onto."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.errors import LditError
from toolkit.fork.base import Base, find_base
from toolkit.fork.changed import changed_paths, integrations
from toolkit.fork.git import Git, GitError
from toolkit.fork.place import repository_around
from toolkit.integration import Integration
from toolkit.integration.discovery import TREE, discover
from toolkit.integration.manifest import NAME
from toolkit.json_text import read
from toolkit.text import printable

_OFFICIAL_URL = "https://github.com/launchdarkly/integration-framework"
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Submission:
    """An ``integration`` in ``directory`` (from the root, with ``/``) that goes onto ``base``, now at ``commit``.

    ``start`` is the commit at which the current branch left the base; the base itself where they have none in common.
    """

    git: Git
    directory: str
    base: Base
    commit: str
    start: str
    integration: Integration

    @cached_property
    def is_new(self) -> bool:
        """Whether the base has no such directory."""
        return not self.git.succeeds("cat-file", "-e", f"{self.commit}:{self.directory}")

    @cached_property
    def accepted(self) -> Any:
        """The value of the manifest that the base has; None where it has none that can be read."""
        try:
            return read(self.git("cat-file", "blob", f"{self.commit}:{self.directory}/{NAME}").encode()).value
        except LditError:
            return None

    @cached_property
    def changed(self) -> list[str]:
        """Every path that the working tree and this branch change, from the root, sorted."""
        return sorted(changed_paths(self.git, self.commit))

    @property
    def branch(self) -> str:
        """The name that the branch gets unless another is asked for."""
        return f"{'add' if self.is_new else 'update'}-{self.integration.name}"

    @property
    def title(self) -> str:
        """The line that says what the commit and the pull request do."""
        name = printable(" ".join(self.integration.title.split()))[:_LONGEST_NAME].strip()
        return f"{'Add' if self.is_new else 'Update'} {name}"


def find(path: Path | None, base: str = "") -> Submission:
    """The submission of the integration at ``path``; without it, of the only one that the branch changes.

    ``base`` names a branch or commit other than the official main. Raises LditError where there is no fork, no base, or
    not exactly one integration.
    """
    root = repository_around(path or Path())
    if root is None or not (root / TREE).is_dir():
        raise LditError(
            f"{path or 'here'} is not in a fork of {_OFFICIAL_URL}", "clone your fork, and work in the clone"
        )
    git = Git(root, {"GIT_LITERAL_PATHSPECS": "1"})
    found = _base(git, base)
    commit = git("rev-parse", "--verify", "--end-of-options", f"{found.ref}^{{commit}}")
    directory = _directory(path, root) if path else _only_one(git, commit, found.name)
    integration = Integration.read(os.path.relpath(root / directory))
    return Submission(git, directory, found, commit, _start(git, commit), integration)


def _base(git: Git, name: str) -> Base:
    if not name:
        found = find_base(git, {})
        if not found.ref:
            remedy = f"git remote add upstream {_OFFICIAL_URL} && git fetch upstream, or name a branch with --base"
            raise LditError(f"there is nothing to submit to: {found.missing}", remedy)
        return found
    if not git.succeeds("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"):
        raise LditError(f"there is no branch or commit {name} to submit to", "name one that was fetched")
    full = git("rev-parse", "--symbolic-full-name", "--end-of-options", name).removeprefix("--end-of-options\n")
    return Base(full or name)


def _directory(path: Path, root: Path) -> str:
    found = discover([path])
    places = [Path(os.path.realpath(directory)) for directory in found]
    if len(places) != 1 or places[0].parent != root / TREE:
        what = f"{len(places)} integrations" if len(places) != 1 else "an integration"
        raise LditError(f"{path} holds {what}, not one of {TREE}/", f"name one directory in {TREE}/")
    return f"{TREE}/{places[0].name}"


def _only_one(git: Git, commit: str, name: str) -> str:
    changed = [one for one in integrations(git.root, changed_paths(git, commit)) if one.startswith(f"{TREE}/")]
    if len(changed) != 1:
        what = ", ".join(changed) if changed else "no integration"
        raise LditError(
            f"{what} differs from {name}" if not changed else f"several differ from {name}: {what}", "name one"
        )
    return changed[0]


def _start(git: Git, commit: str) -> str:
    try:
        return git("merge-base", commit, "HEAD")
    except GitError:
        return commit
