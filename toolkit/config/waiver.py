"""A finding that is accepted as it is, for a reason."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from toolkit.finding import Finding, Place, Problem, Severity

UNUSED = "unused-waiver"
"""The rule's name under which a waiver is reported that waives nothing."""


class Waiver(NamedTuple):
    """Findings of ``rule`` below ``path`` are accepted.

    The path may hold ``*`` and is relative to the directory of the configuration file ``origin``.
    """

    rule: str
    path: str
    reason: str
    origin: str

    def covers(self, finding: Finding, path: str) -> bool:
        """Whether it accepts a finding of the integration at ``path``."""
        if finding.rule != self.rule:
            return False
        where = f"{path}/{finding.problem.place.file}".rstrip("/")
        return fnmatchcase(where, self.path) or fnmatchcase(where, f"{self.path.rstrip('/')}/*")

    def concerns(self, path: str) -> bool:
        """Whether it speaks of the integration at ``path``, or of a file in it."""
        parts = self.path.rstrip("/").split("/")
        return fnmatchcase(path, "/".join(parts[: len(path.split("/"))]))


def waived(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...], path: str) -> Iterator[Finding]:
    """The findings of the integration at ``path`` that no waiver covers, and a warning for each idle waiver."""
    used = set()
    for finding in findings:
        covering = [waiver for waiver in waivers if waiver.covers(finding, path)]
        used.update(covering)
        if not covering:
            yield finding
    for waiver in waivers:
        if waiver.concerns(path) and waiver not in used:
            message = f"the waiver of {waiver.rule} in {waiver.origin} is no longer needed"
            yield Finding(UNUSED, Severity.warning, None, Problem(Place(""), message, "remove it"), None)
