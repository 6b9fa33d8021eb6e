"""Applies the edits of findings, round by round, until nothing is left to mend."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.config import Settings
from toolkit.finding import Edit, Finding
from toolkit.integration import Integration
from toolkit.json_text import JsonSyntaxError, read
from toolkit.lint import Result, lint_with

ROUNDS = 10
"""A mend may uncover another, such as a layout that a new key spoils; each round applies what does not overlap."""


class _Change(NamedTuple):
    start: int
    end: int
    text: str


def mend(integration: Integration, settings: Settings, *, unsafe: bool = False) -> Result:
    """The integration, in memory, with every safe edit applied (``unsafe``: every edit) of the findings that it gets.

    A set of edits that would make a JSON file unreadable is left out whole. What could not be mended is in the result's
    findings. Compare the files with those of ``integration`` to see what changed.
    """
    result = lint_with(settings, integration)
    for _ in range(ROUNDS):
        changed = _round(result.integration, result.findings, unsafe)
        if not changed:
            break
        result = lint_with(settings, result.integration.replaced(changed))
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


def _round(integration: Integration, findings: Iterable[Finding], unsafe: bool) -> dict[str, bytes]:
    """One round: the new bytes of the files that change."""
    taken: dict[str, list[_Change]] = defaultdict(list)
    for finding in findings:
        edits = finding.problem.edits
        if edits and (unsafe or all(edit.safe for edit in edits)):
            placed = [(edit.place.file, _placed(integration, edit)) for edit in edits]
            if all(change and _free(change, taken[path]) for path, change in placed):
                for path, change in placed:
                    if change:
                        taken[path].append(change)
    texts = {path: _applied(integration, path, chosen) for path, chosen in taken.items() if chosen}
    return {path: text.encode() for path, text in texts.items() if text is not None}


def _placed(integration: Integration, edit: Edit) -> _Change | None:
    """The edit as a change of the file's source, or None where it cannot be made."""
    file = integration.files.get(edit.place.file)
    if file is None or not file.readable or not file.is_utf8:
        return None
    span = integration.span(edit.place, member=edit.text is None)
    shift = len(file.source) - len(file.text)
    return span and _Change(span[0] + shift, span[1] + shift, edit.text or "")


def _free(change: _Change, taken: list[_Change]) -> bool:
    return all(change.end <= other.start or other.end <= change.start for other in taken) and change[:2] not in (
        other[:2] for other in taken
    )


def _applied(integration: Integration, path: str, chosen: list[_Change]) -> str | None:
    source = text = integration.files[path].source
    for change in sorted(chosen, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    if integration.document(path):
        try:
            read(text.encode("utf-8", "surrogatepass"))
        except JsonSyntaxError:
            return None
    return text if text != source else None
