"""A branch with exactly one directory, made beside the working tree, the index and everything else."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.fork.git import Git, GitError
from toolkit.submit.submission import Submission
from toolkit.text import printable

_PROTECTED = frozenset({"main", "master", "HEAD"})
_WHO = ("-c", "user.useConfigOnly=true")
"""Nobody is made up from the name of the machine."""


class Plan(NamedTuple):
    """The commit on ``branch`` that follows ``parent``; ``tip`` is where the branch is now, if it is there."""

    branch: str
    parent: str
    tip: str


class Made(NamedTuple):
    """The ``commit`` that ``branch`` ends with; ``is_new`` unless it was there before. ``files`` from the root."""

    branch: str
    commit: str
    is_new: bool
    files: tuple[str, ...]


def plan(submission: Submission, name: str = "") -> Plan:
    """Where the commit goes. Raises LditError for a name that cannot be used, or that is used for something else."""
    git, branch = submission.git, name or submission.branch
    if branch in _PROTECTED or branch == submission.base.name.partition("/")[2]:
        raise LditError(f"{branch} is not a branch to submit from", "name another with --branch")
    if not git.succeeds("check-ref-format", "--branch", branch):
        raise LditError(
            f"git does not take `{printable(branch)}` as the name of a branch", "name another with --branch"
        )
    ref = f"refs/heads/{branch}"
    tip = git("rev-parse", "--verify", ref) if git.succeeds("rev-parse", "--verify", "--quiet", ref) else ""
    if tip and (others := _outside(submission, tip)):
        message = f"the branch {branch} is there already, and changes {others[0]}"
        raise LditError(message, "name another with --branch")
    return Plan(branch, tip or submission.commit, tip)


def make(submission: Submission, planned: Plan) -> Made:
    """Makes the commit and lets the branch point to it, at once. Raises LditError when there is nothing to commit.

    Working tree, index, stash, hooks and other branches stay as they are: the index is a temporary one.
    """
    git = submission.git
    tree = _tree(submission, planned.parent)
    if tree == git("rev-parse", f"{planned.parent}^{{tree}}"):
        if not planned.tip:
            raise LditError(
                f"{submission.directory} is the same in {submission.base.name}", "there is nothing to submit"
            )
        return Made(planned.branch, planned.tip, False, ())
    if f"branch refs/heads/{planned.branch}" in git("worktree", "list", "--porcelain").splitlines():
        message = f"{planned.branch} is checked out, so that it cannot be changed beside the working tree"
        raise LditError(message, "commit there yourself, or name another branch with --branch")
    _require_identity(git)
    commit = git(*_WHO, "commit-tree", tree, "-p", planned.parent, "-m", submission.title)
    files = git.names("diff-tree", "-r", "-z", "--name-only", "--no-renames", planned.parent, commit)
    if strays := [path for path in files if not path.startswith(f"{submission.directory}/")]:
        raise LditError(f"the commit would change {strays[0]} too", "this is a bug in ldit; report it")
    git("update-ref", "-m", "ldit submit", f"refs/heads/{planned.branch}", commit, planned.tip or "0" * len(commit))
    return Made(planned.branch, commit, True, tuple(files))


def _tree(submission: Submission, parent: str) -> str:
    """The tree of ``parent`` with the directory as it is in the working tree."""
    git, directory = submission.git, submission.directory
    with tempfile.TemporaryDirectory(prefix="ldit-") as temporary:
        beside = replace(git, environment={**git.environment, "GIT_INDEX_FILE": os.path.join(temporary, "index")})  # noqa: PTH118
        tracked = [path for path in git.names("ls-files", "-z", "--", directory) if os.path.lexists(git.root / path)]
        beside("read-tree", parent)
        beside("add", "--all", "--", directory)
        if tracked:  # also what is ignored, but was added all the same
            names = "\0".join(tracked)
            beside("add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul", given=os.fsencode(names))
        for entry in beside.names("ls-files", "-z", "--stage", "--", directory):
            if entry.startswith("160000 "):
                path = entry.partition("\t")[2]
                raise LditError(f"{path} is a git repository of its own", f"remove {Path(path, '.git')}")
        return beside("write-tree")


def _outside(submission: Submission, tip: str) -> list[str]:
    """What a branch changes besides the directory; everything that it has where it does not come from the base."""
    git = submission.git
    try:
        start = git("merge-base", submission.commit, tip)
        paths = git.names("diff-tree", "-r", "-z", "--name-only", "--no-renames", start, tip)
    except GitError:
        paths = git.names("ls-tree", "-r", "-z", "--name-only", tip)
    return [path for path in paths if not path.startswith(f"{submission.directory}/")]


def _require_identity(git: Git) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        if not git.succeeds(*_WHO, "var", f"GIT_{who}_IDENT"):
            remedy = 'git config user.name "Your Name" && git config user.email you@example.com'
            raise LditError("git does not know who you are", remedy)
