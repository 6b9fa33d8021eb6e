"""From a branch to a pull request: pushing it, and opening the page that makes one."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from toolkit.errors import LditError
from toolkit.fork.base import OFFICIAL, remotes
from toolkit.fork.git import Git
from toolkit.regex import regex
from toolkit.submit.submission import Submission
from toolkit.text import printable

_GITHUB = regex(r"github\.com[:/]+([\w.-]+)/[\w.-]+?(?:\.git)?/?$", re.IGNORECASE)


def push(git: Git, remote: str, branch: str) -> None:
    """Pushes ``branch`` to the remote of that name, never by force. Raises LditError, GitError with git's reason."""
    require_remote(git, remote)
    ref = f"refs/heads/{branch}"
    git("push", "--quiet", "--no-follow-tags", "--", remote, f"{ref}:{ref}")


def require_remote(git: Git, remote: str) -> None:
    """Raises LditError for a name that is no remote."""
    known = remotes(git)
    if remote not in known:
        there = f"there are: {', '.join(known)}" if known else "git remote add origin URL-OF-YOUR-FORK"
        raise LditError(f"there is no remote {remote}", there)


def pushed_to(git: Git, branch: str, commit: str) -> str:
    """The remote that is known to have ``branch`` at ``commit``. Raises LditError where there is none."""
    for remote in remotes(git):
        ref = f"refs/remotes/{remote}/{branch}"
        if git.succeeds("rev-parse", "--verify", "--quiet", ref) and git("rev-parse", ref) == commit:
            return remote
    raise LditError(f"no remote has {branch} yet", "push it first: --push REMOTE")


def compare_page(submission: Submission, remote: str, branch: str) -> str:
    """The address of the page that makes a pull request. Raises LditError for a remote that is not on GitHub."""
    url = remotes(submission.git)[remote]
    found = _GITHUB.search(url)
    if not found:
        raise LditError(f"the remote {remote} is not on GitHub", "make the pull request where it is")
    target = submission.base.name.rpartition("/")[2]
    return f"https://github.com/{OFFICIAL}/compare/{quote(target)}...{found[1]}:{quote(branch)}?expand=1"


def open_request(submission: Submission, remote: str, branch: str, text: str) -> str:
    """Opens the form for a pull request, filled in where ``gh`` is there; what was done, in words. Raises LditError."""
    page = compare_page(submission, remote, branch)
    if program := shutil.which("gh"):
        return _with_gh(program, submission, f"{_owner(page)}:{branch}", text)
    import webbrowser

    return f"opened {page}" if webbrowser.open(page) else f"open {page}"


def _with_gh(program: str, submission: Submission, head: str, text: str) -> str:
    with tempfile.TemporaryDirectory(prefix="ldit-") as temporary:
        body = Path(temporary, "body.md")
        body.write_text(text, encoding="utf-8")
        target = submission.base.name.rpartition("/")[2]
        command = [program, "pr", "create", "--repo", OFFICIAL, "--base", target, "--head", head]
        command += ["--title", submission.title, "--body-file", str(body), "--web"]
        run = subprocess.run(command, cwd=submission.git.root, capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode:
        said = run.stderr.strip().splitlines() or ["no reason given"]
        raise LditError(f"gh pr create: {printable(said[0])}", "open the page yourself, see `gh auth status`")
    return "gh opened the form of the pull request"


def _owner(page: str) -> str:
    return page.partition("...")[2].partition(":")[0]
