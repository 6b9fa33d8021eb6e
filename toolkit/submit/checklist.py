"""What is done, and what is still missing, before an integration is submitted."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from toolkit.finding import Finding, Severity
from toolkit.submit.stray import strays
from toolkit.submit.submission import Submission
from toolkit.submit.unfinished import unfinished
from toolkit.submit.version import version


class State(Enum):
    """How far an item is; the value is its mark."""

    done = "[x]"
    todo = "[ ]"
    stop = "[!]"
    ask = "[?]"


class Item(NamedTuple):
    """One line of the checklist; ``steps`` say what to do. ``ask`` is what only a person can know."""

    state: State
    topic: str
    text: str
    steps: tuple[str, ...] = ()


def checklist(submission: Submission, findings: tuple[Finding, ...]) -> list[Item]:
    """Every item, in the order in which people work. ``findings`` are those of ``ldit lint``."""
    lint = [_lint(submission, findings)]
    return lint + [item for check in _CHECKS for item in check(submission)]


def _lint(submission: Submission, findings: tuple[Finding, ...]) -> Item:
    path = submission.integration.path
    counts = {
        severity: sum(finding.severity is severity for finding in findings)
        for severity in (Severity.error, Severity.warning)
    }
    if any(counts.values()):
        found = " and ".join(_count(count, severity.name) for severity, count in counts.items() if count)
        state = State.stop if counts[Severity.error] else State.todo
        return Item(state, "lint", f"ldit lint finds {found}", (f"ldit lint {path}",))
    return Item(State.done, "lint", "ldit lint finds no errors and no warnings")


def _unfinished(submission: Submission) -> Iterator[Item]:
    found = tuple(unfinished(submission.integration))
    if found:
        yield Item(State.todo, "made up", "this is as `ldit new` or an example made it", found)
    else:
        yield Item(State.done, "made up", "no drawn icon, no marked passage, no host of an example is left")


def _readme(submission: Submission) -> Iterator[Item]:
    if submission.integration.readme:
        yield Item(State.done, "README", "README.md says how to maintain and test the integration")
    else:
        yield Item(State.todo, "README", "there is no README.md", ("say how to maintain and test the integration",))


def _docs(submission: Submission) -> Iterator[Item]:
    manifest = submission.integration.manifest
    link = manifest.text("/links/launchdarklyDocs") if manifest else ""
    if link:
        yield Item(State.ask, "docs", f"is {link} the page that LaunchDarkly has agreed on with you?")
    else:
        text = "have you sent your user documentation to LaunchDarkly? links.launchdarklyDocs is added when it is there"
        yield Item(State.ask, "docs", text)


def _people(submission: Submission) -> Iterator[Item]:
    yield Item(State.ask, "partner", "have you submitted LaunchDarkly's Become a Partner form?")
    step = f"ldit preview {submission.integration.path} --png card.png"
    yield Item(State.ask, "preview", "have you looked at what customers see?", (step,))


def _base(submission: Submission) -> Iterator[Item]:
    git, name = submission.git, submission.base.name
    behind = int(git("rev-list", "--count", f"{submission.start}..{submission.commit}"))
    date = git("show", "--no-patch", "--format=%cs", submission.commit)
    theirs = git.names("diff", "--name-only", "-z", submission.start, submission.commit, "--", submission.directory)
    if theirs and not git.succeeds("diff", "--quiet", submission.commit, "--", submission.directory):
        text = f"{name} has changed this directory since your branch left it: {', '.join(theirs[:3])}"
        yield Item(State.stop, "base", text, (f"git merge {name}",))
    else:
        since = f", {_count(behind, 'commit')} further than your branch; none of them is in the way" if behind else ""
        yield Item(State.done, "base", f"{name} is at {submission.commit[:9]} of {date}{since}")


def _files(submission: Submission) -> Iterator[Item]:
    git, directory = submission.git, submission.directory
    files = [file for file in submission.integration.files.values() if file.readable]
    size = sum(file.size for file in files)
    largest = max(files, key=lambda file: file.size, default=None)
    ignored = git.names("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", directory)
    if ignored:
        text = f"git ignores {', '.join(ignored[:3])}, which is not submitted"
        yield Item(State.todo, "files", text, (f"git add --force -- {ignored[0]}", "or remove it"))
    else:
        most = f", the largest is {largest.path} with {_size(largest.size)}" if largest else ""
        yield Item(State.done, "files", f"{_count(len(files), 'file')}, {_size(size)}{most}")


def _outside(submission: Submission) -> Iterator[Item]:
    for topic, kind, found in strays(submission):
        if found:
            text = (
                f"{_count(len(found), 'change')} {kind}, which no pull request may contain; the branch leaves them out"
            )
            yield Item(State.todo, topic, text, tuple(found))
        else:
            yield Item(State.done, topic, f"nothing is changed {kind}")


def _version(submission: Submission) -> Iterator[Item]:
    if not submission.is_new:
        wrong, text, step = version(submission)
        yield Item(State.todo if wrong else State.done, "version", text, (step,) if wrong else ())


_CHECKS: tuple[Callable[[Submission], Iterator[Item]], ...] = (
    _outside,
    _unfinished,
    _readme,
    _docs,
    _people,
    _base,
    _version,
    _files,
)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _size(size: int) -> str:
    return f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"
