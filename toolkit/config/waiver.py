"""A finding that is accepted as it is, for a reason."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.config.paths import is_within
from toolkit.finding import Finding
from toolkit.rules import RULES
from toolkit.rules.run import UNUSED_WAIVER, unused_waiver
from toolkit.rules.selectors import resolve


@dataclass(frozen=True)
class Waiver:
    """Findings of ``rule``, or of the rules of a room of that name, at or below ``path`` are accepted.

    The path may hold ``*`` and is relative to the directory of the configuration file ``origin``.
    """

    rule: str
    path: str
    reason: str
    origin: str

    @cached_property
    def rules(self) -> frozenset[str]:
        """The ids of the rules. Raises LditError where the name is neither a rule's nor a room's."""
        return resolve([self.rule])

    def covers(self, finding: Finding, path: str) -> bool:
        """Whether it accepts a finding of the integration at ``path``."""
        return finding.rule in self.rules and is_within(f"{path}/{finding.problem.place.file}", self.path)

    def concerns(self, path: str) -> bool:
        """Whether it was written for the integration at ``path``, or for a file in it, and for no other."""
        return path == "." or f"{posixpath.normpath(self.path)}/".startswith(f"{path}/")


def waived(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...], path: str) -> Iterator[Finding]:
    """The findings of the integration at ``path`` that no waiver covers, and a warning for each unused waiver.

    A waiver for many integrations is never called unused: one of the others may need it.
    """
    used = set()
    for finding in findings:
        covering = [waiver for waiver in waivers if waiver.covers(finding, path)]
        used.update(covering)
        if not covering:
            yield finding
    for waiver in waivers:
        if waiver.concerns(path) and waiver not in used:
            problem = unused_waiver(waiver.rule, waiver.origin)
            yield Finding(UNUSED_WAIVER, RULES[UNUSED_WAIVER].severity, (), problem, None)
