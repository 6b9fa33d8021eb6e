"""A finding that is accepted as it is, for a reason."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.config.paths import is_within
from toolkit.finding import Finding, Place, Problem, Severity

UNUSED = "unused-waiver"
"""The rule's name under which a waiver is reported that waives nothing."""


class Waiver(NamedTuple):
    """Findings of ``rule`` at or below ``path`` are accepted.

    The path may hold ``*`` and is relative to the directory of the configuration file ``origin``.
    """

    rule: str
    path: str
    reason: str
    origin: str

    def covers(self, finding: Finding, path: str) -> bool:
        """Whether it accepts a finding of the integration at ``path``."""
        return finding.rule == self.rule and is_within(f"{path}/{finding.problem.place.file}", self.path)

    def concerns(self, path: str) -> bool:
        """Whether it was written for the integration at ``path``, or for a file in it, and for no other."""
        return path == "." or f"{posixpath.normpath(self.path)}/".startswith(f"{path}/")


def waived(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...], path: str) -> Iterator[Finding]:
    """The findings of the integration at ``path`` that no waiver covers, and a warning for each idle waiver.

    A waiver for many integrations is never called idle: one of the others may need it.
    """
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
