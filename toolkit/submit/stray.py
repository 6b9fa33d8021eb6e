"""What the branch changes besides the directory that is submitted, and how each change is taken back."""

from collections.abc import Iterator
from shlex import quote

from toolkit.integration.discovery import TREE
from toolkit.submit.submission import Submission

SHOWN = 10
"""Changes of one kind that are listed."""


def strays(submission: Submission) -> Iterator[tuple[str, str, list[str]]]:
    """For other integrations and for everything else: topic, where it is, and a command for each change."""
    outside = [path for path in submission.changed if not path.startswith(f"{submission.directory}/")]
    others = [path for path in outside if path.startswith(f"{TREE}/")]
    yield "others", "in other integrations", _commands(submission, others)
    rest = [path for path in outside if not path.startswith(f"{TREE}/")]
    yield "outside", f"outside {TREE}/", _commands(submission, rest)


def _commands(submission: Submission, paths: list[str]) -> list[str]:
    git = submission.git
    if not paths:
        return []
    known = set(git.names("ls-tree", "-r", "-z", "--name-only", submission.commit))
    tracked = set(git.names("ls-files", "-z", "--", *paths[:SHOWN]))
    source = quote(submission.base.name)
    commands = []
    for path in paths[:SHOWN]:
        if path in known:
            commands.append(f"git restore --source={source} --staged --worktree -- {quote(path)}")
        else:
            commands.append(f"{'git rm' if path in tracked else 'rm'} -- {quote(path)}")
    return [*commands, f"... and {len(paths) - SHOWN} more"] if len(paths) > SHOWN else commands
