"""Which integrations a branch changes, from what git says about files."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.fork.base import find_base
from toolkit.fork.git import Git, GitError, split
from toolkit.fork.hook import Hook, hook_around
from toolkit.fork.place import repository_around
from toolkit.integration.discovery import TREE
from toolkit.integration.files import UNLISTED
from toolkit.integration.manifest import NAME

_DIFF = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
_STATUS = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")


class UnknownChangeError(LditError):
    """What changed cannot be determined; the message is the reason."""


class Changed(NamedTuple):
    """The integrations that differ from ``since``, by their paths from the root, sorted.

    ``note`` says what is inexact about it; ``how`` they have to do with ``since``, where they do not differ from it.
    """

    directories: list[str]
    since: str
    note: str = ""
    how: str = "differs from"


def changed(root: Path, base: str = "", environment: Mapping[str, str] = os.environ) -> Changed | None:
    """What the fork at ``root`` changes: in commits, staged, unstaged, untracked; None where everything is meant.

    ``base`` is a commit to compare with; without it, inside pre-commit, what pre-commit checks, else the base of the
    fork. Raises UnknownChangeError where that cannot be found, LditError for a ``base`` that git does not know.
    """
    git = Git(root)
    if base:
        if not git.succeeds("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"):
            raise LditError(f"there is no commit {base} to compare with", "name a branch, a tag or a commit")
        return _since(git, base, base)
    try:
        if hook := hook_around(environment):
            return _in_hook(git, hook)
        found = find_base(git, environment)
        if not found.ref:
            raise UnknownChangeError(found.missing)
        if not git.succeeds("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
            raise UnknownChangeError("this branch has no commits yet")
        return _since(git, found.ref, found.name)
    except GitError as error:
        raise UnknownChangeError(str(error)) from error


def _since(git: Git, ref: str, name: str) -> Changed:
    status = git.start(*_STATUS)
    paths, note = _between(git, ref, "HEAD", name)
    return Changed(integrations(git.root, paths | _listed(status.answer())), name, note)


def changed_paths(git: Git, ref: str) -> set[str]:
    """Every path that differs from where the branch left ``ref``, from the root. Raises GitError."""
    status = git.start(*_STATUS)
    return _between(git, ref, "HEAD", ref)[0] | _listed(status.answer())


def _listed(status: str) -> set[str]:
    return {entry[3:] for entry in split(status)}


def _between(git: Git, start: str, end: str, name: str) -> tuple[set[str], str]:
    """The paths that differ at ``end`` from where it left ``start``; from its tip where a shallow clone ends before."""
    try:
        return set(git.names(*_DIFF, f"{start}...{end}", "--")), ""
    except GitError:
        note = f"this clone does not reach back to where the branch left {name}: compared with its tip"
        return set(git.names(*_DIFF, start, end, "--")), note


def _in_hook(git: Git, hook: Hook) -> Changed | None:
    if hook.everything:
        return None
    if hook.start:
        paths, note = _between(git, hook.start, hook.end, hook.start)
        return Changed(integrations(git.root, paths), hook.start, note)
    if hook.files:
        return Changed(integrations(git.root, hook.files), "the files that are given", how="holds one of")
    return Changed(integrations(git.root, _staged(git)), "the next commit", how="is staged for")


def _staged(git: Git) -> set[str]:
    """What the next commit changes; of a merge, only what differs from both sides."""
    paths = set(git.names(*_DIFF, "--cached", "--"))
    if paths and git.succeeds("rev-parse", "--verify", "--quiet", "MERGE_HEAD"):
        paths &= set(git.names(*_DIFF, "--cached", "MERGE_HEAD", "--"))
    return paths


def deleted(path: Path) -> list[Path] | None:
    """What is left of the integration that a missing ``path`` belonged to; None when git does not know the path."""
    root = repository_around(next((above for above in path.absolute().parents if above.is_dir()), path))
    real = Path(os.path.realpath(path.absolute().parent), path.name)
    if root is None or not real.is_relative_to(root):
        return None
    name = real.relative_to(root).as_posix()
    git = Git(root, {"GIT_LITERAL_PATHSPECS": "1"})
    try:
        known = git.names("ls-files", "-z", "--", name) or git.names(
            "ls-tree", "-rz", "--name-only", "HEAD", "--", name
        )
    except GitError:
        return None
    return [root / directory for directory in integrations(root, known)] if known else None


def integrations(root: Path, paths: Iterable[str]) -> list[str]:
    """The integrations that files at ``paths`` belong to, from the root, sorted, without those that are gone."""
    found = {directory for path in paths if (directory := _around(root, path))}
    return sorted(directory for directory in found if _is_there(root / directory))


def _around(root: Path, path: str) -> str:
    parts = path.rstrip("/").split("/")
    if parts[0] == TREE and len(parts) > 1:
        return "/".join(parts[:2])
    if not UNLISTED.isdisjoint(parts):
        return ""
    above = ("/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((one for one in above if path == f"{one}/{NAME}" or (root / one / NAME).is_file()), "")


def _is_there(directory: Path) -> bool:
    """Whether a directory holds any file that is not hidden: one with only ``.DS_Store`` is what a deletion left."""
    return any(
        not name.startswith(".") for _parent, _directories, names in os.walk(directory) for name in names
    ) and not os.path.basename(directory).startswith(".")  # noqa: PTH119
