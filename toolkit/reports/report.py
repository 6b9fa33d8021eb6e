"""What every format reports: the results of a run and their sums."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.engine import Result
from toolkit.finding import Finding, Severity
from toolkit.integration import Integration


@dataclass(frozen=True)
class Report:
    """The results of one run, in the order of the integrations' paths."""

    results: tuple[Result, ...]

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, integration by integration."""
        for result in self.results:
            yield from result.findings

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the gravest first."""
        counter = Counter(finding.severity for finding in self.findings)
        return {severity: counter[severity] for severity in sorted(Severity, reverse=True)}

    def fixable(self) -> int:
        """How many findings have a fix."""
        return sum(finding.fixable for finding in self.findings)


def location(integration: Integration, finding: Finding, file: str | None = None) -> str:
    """The path of a finding, or of another ``file`` of its integration, as the user's paths go, without a ``./``."""
    return posixpath.normpath(f"{integration.path}/{finding.problem.place.file if file is None else file}")
