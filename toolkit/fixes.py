"""Applies the edits of findings, round by round, until nothing is left to mend."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.config import Settings
from toolkit.finding import Finding
from toolkit.integration import Integration
from toolkit.integration.places import Change
from toolkit.json_text import JsonSyntaxError, read
from toolkit.lint import Result, lint_with

ROUNDS = 50
"""A mend may uncover another, such as a layout that a new key spoils; each round applies what does not overlap."""


class _Mender(NamedTuple):
    settings: Settings
    unsafe: bool

    def offered(self, finding: Finding) -> bool:
        """Whether a finding has edits, and all of them may be applied."""
        edits = finding.problem.edits
        return bool(edits) and (self.unsafe or all(edit.safe for edit in edits))

    def after(self, result: Result, chosen: Sequence[Finding]) -> Result | None:
        """The result of a round: the edits of the chosen findings, or of those of them that bring up nothing new.

        None when nothing would change.
        """
        changed = _changed(result.integration, chosen)
        if not changed:
            return None
        after = lint_with(self.settings, result.integration.replaced(changed))
        if not self.is_worse(result, after):
            return after
        middle = len(chosen) // 2
        halves = (chosen[:middle], chosen[middle:]) if middle else ()
        return next((better for half in halves if (better := self.after(result, half))), None)

    def is_worse(self, before: Result, after: Result) -> bool:
        """Whether a rule finds more than before that cannot be mended in turn."""
        left = Counter(finding.rule for finding in after.findings if not self.offered(finding))
        return bool(left - Counter(finding.rule for finding in before.findings))


def mend(integration: Integration, settings: Settings, *, unsafe: bool = False) -> Result:
    """The integration, in memory, with the safe edits applied (``unsafe``: every edit) of the findings that it gets.

    A set of edits that would make a JSON file unreadable, or bring up another finding, is left out whole. What could
    not be mended is in the result's findings. Compare the files with those of ``integration`` to see what changed.
    """
    mender = _Mender(settings, unsafe)
    result = lint_with(settings, integration)
    for _ in range(ROUNDS):
        after = mender.after(result, [finding for finding in result.findings if mender.offered(finding)])
        if after is None:
            break
        result = after
    return result


def changes(before: Integration, after: Integration) -> dict[str, bytes]:
    """The new bytes of every file that differs, by path."""
    both = ((path, file, before.files[path]) for path, file in after.files.items() if file.readable)
    return {path: new.data for path, new, old in both if new is not old and new.data != old.data}


def diff(before: Integration, after: Integration) -> Iterator[str]:
    """The changes as a unified diff, line by line."""
    from difflib import unified_diff

    for path in changes(before, after):
        old, new = (one.files[path].source.splitlines(keepends=True) for one in (before, after))
        for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _changed(integration: Integration, findings: Iterable[Finding]) -> dict[str, bytes]:
    """The new bytes of the files that the edits of the findings change, the first of overlapping ones winning."""
    taken: dict[str, list[Change]] = defaultdict(list)
    for finding in findings:
        placed = [(edit.place.file, integration.change(edit)) for edit in finding.problem.edits]
        if all(change and _free(change, taken[path]) for path, change in placed):
            for path, change in placed:
                if change:
                    taken[path].append(change)
    texts = {path: _applied(integration, path, chosen) for path, chosen in taken.items() if chosen}
    return {path: text.encode() for path, text in texts.items() if text is not None}


def _free(change: Change, taken: list[Change]) -> bool:
    return all(change.end <= other.start or other.end <= change.start for other in taken) and change[:2] not in (
        other[:2] for other in taken
    )


def _applied(integration: Integration, path: str, chosen: list[Change]) -> str | None:
    file = integration.files[path]
    source = text = file.source
    shift = len(source) - len(file.text)
    for change in sorted(chosen, reverse=True):
        text = text[: change.start + shift] + change.text + text[change.end + shift :]
    if integration.document(path):
        try:
            read(text.encode("utf-8", "surrogatepass"))
        except JsonSyntaxError:
            return None
    return text if text != source else None
