"""Applies the edits of findings, round by round, until nothing is left to fix."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.config import Settings
from toolkit.engine import Result, lint
from toolkit.finding import Finding, Severity
from toolkit.integration import Integration
from toolkit.integration.places import Change
from toolkit.json_text import JsonSyntaxError, read
from toolkit.text_edits import apply

UNREAD = "invalid-json"
"""The rule that says that a file cannot be read as JSON, so that nothing in it is judged."""
ROUNDS = 50
"""A fix may uncover another, such as a layout that a new key spoils; each round applies what does not overlap."""


class _Round(NamedTuple):
    """What becomes of an integration when the edits of these findings are made."""

    fixed: tuple[Finding, ...]
    result: Result


class _Fixer(NamedTuple):
    settings: Settings
    unsafe: bool

    def offered(self, finding: Finding) -> bool:
        """Whether a finding has edits, and all of them may be applied."""
        edits = finding.problem.edits
        return bool(edits) and (self.unsafe or all(edit.safe for edit in edits))

    def fixed(self, result: Result) -> Result:
        for _ in range(ROUNDS):
            after = self.after(result)
            if after is result:
                break
            result = after
        return result

    def after(self, result: Result) -> Result:
        """The result of a round: the edits of all findings, but for those that would bring up something new."""
        chosen = [finding for finding in result.findings if self.offered(finding)]
        return self._with(result, chosen, _Round((), result)).result

    def _with(self, result: Result, more: Sequence[Finding], so_far: _Round) -> _Round:
        """A round with as many of the findings in ``more`` as go together with those that are fixed ``so_far``."""
        findings = (*so_far.fixed, *more)
        changed = _changed(result.integration, findings)
        if not more or not changed:
            return so_far
        after = lint(result.integration.replaced(changed), self.settings)
        if not self.is_worse(result, after):
            return _Round(findings, after)
        middle = len(more) // 2
        for half in (more[:middle], more[middle:]) if middle else ():
            so_far = self._with(result, half, so_far)
        return so_far

    def is_worse(self, before: Result, after: Result) -> bool:
        """Whether there is an error that was not there before, or a rule finds more than before, for good.

        Where a file can be read at last, what is found in it was there before.
        """
        if _unread(after) < _unread(before):
            return False
        left = [finding for finding in after.findings if not self.offered(finding)]
        more = Counter(finding.rule for finding in left) - Counter(finding.rule for finding in before.findings)
        return bool(more) or bool(_errors(left) - _errors(before.findings))

    def final(self, result: Result) -> Result:
        """The result after the last round: what that left out no longer counts as fixable."""
        findings = (
            finding._replace(problem=finding.problem._replace(edits=())) if self.offered(finding) else finding
            for finding in result.findings
        )
        return result._replace(findings=tuple(findings))


def _unread(result: Result) -> int:
    """How many JSON files cannot be read."""
    return sum(finding.rule == UNREAD for finding in result.findings)


def _errors(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    """The errors among findings, by what stays when lines move."""
    return Counter(
        (finding.rule, finding.problem.place.file, finding.problem.message)
        for finding in findings
        if finding.severity is Severity.error
    )


def fix(integration: Integration, settings: Settings | None = None, *, unsafe: bool = False) -> Result:
    """The integration, in memory, with the safe edits applied (``unsafe``: every edit) of the findings that it gets.

    Edits that would make a JSON file unreadable, or bring up another finding, are left out. What could not be fixed is
    in the result's findings, as not fixable where its edits were left out. ``Integration.changed_since``
    says which files changed.
    """
    settings = settings or Settings()
    return fix_found(lint(integration, settings), settings, unsafe=unsafe)


def fix_found(result: Result, settings: Settings, *, unsafe: bool = False) -> Result:
    """The same for an integration that has been linted with these settings."""
    fixer = _Fixer(settings, unsafe)
    return fixer.final(fixer.fixed(result))


def fix_result(result: Result, settings: Settings, *, unsafe: bool = False) -> Result:
    """The same, with its findings as the linter gives them."""
    return _Fixer(settings, unsafe).fixed(result)


def diff(before: Integration, after: Integration) -> Iterator[str]:
    """The changes as a unified diff, line by line."""
    from difflib import unified_diff

    for path in after.changed_since(before):
        old, new = (one.files[path].source.splitlines(keepends=True) for one in (before, after))
        for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _changed(integration: Integration, findings: Iterable[Finding]) -> dict[str, bytes]:
    """The new bytes of the files that the edits of the findings change, the narrowest of overlapping ones winning."""
    taken: dict[str, list[Change]] = defaultdict(list)
    offers = [[(edit.place.file, integration.change(edit)) for edit in finding.problem.edits] for finding in findings]
    for placed in sorted(offers, key=_width):
        if all(change and _free(change, taken[path]) for path, change in placed):
            for path, change in placed:
                if change:
                    insort(taken[path], change)
    texts = {path: _applied(integration, path, chosen) for path, chosen in taken.items() if chosen}
    return {path: text.encode() for path, text in texts.items() if text is not None}


def _width(placed: Iterable[tuple[str, Change | None]]) -> int:
    return sum(change.end - change.start for _path, change in placed if change)


def _free(change: Change, taken: list[Change]) -> bool:
    """Whether a change overlaps none of those before it, which are sorted and do not overlap, and is none of them."""
    place = bisect_left(taken, change)
    before, after = taken[max(place - 1, 0) : place], taken[place : place + 1]
    return all(
        change[:2] != other[:2] and (change.end <= other.start or other.end <= change.start)
        for other in (*before, *after)
    )


def _applied(integration: Integration, path: str, chosen: list[Change]) -> str | None:
    """The file's text after these changes, or None where JSON is none any more."""
    file = integration.files[path]
    shift = len(file.source) - len(file.text)  # a byte order mark stands before the text, at -1
    text = apply(file.source, ((start + shift, end + shift, new) for start, end, new in chosen))
    if integration.document(path):
        try:
            read(text.encode("utf-8", "surrogatepass"))
        except JsonSyntaxError:
            return None
    return text if text != file.source else None
