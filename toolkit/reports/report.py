"""What every format reports: the results of a run, what was fixed and hidden, and the sums."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.engine import Result
from toolkit.finding import Finding, Severity
from toolkit.integration import Integration


class Located(NamedTuple):
    """A finding, with the integration that it is in."""

    integration: Integration
    finding: Finding

    @property
    def path(self) -> str:
        """The path of the file, as the user's paths go."""
        return location(self.integration, self.finding)

    @property
    def place(self) -> str:
        """``path:line:column``, or the path alone where there is no line to show."""
        region = self.finding.region
        return f"{self.path}:{region.line}:{region.column}" if region else self.path


class Hidden(NamedTuple):
    """How many findings are not reported: known to the baseline, and less grave than ``least``.

    ``gone`` are the entries of the baseline that nothing was found for, as ``integration: rule``.
    """

    baseline: int = 0
    severity: int = 0
    least: str = ""
    gone: tuple[str, ...] = ()


class View(NamedTuple):
    """How the text for people looks: without closing lines, with every fix, with links below ``pages``, if any."""

    quiet: bool = False
    show_fixes: bool = False
    pages: str = ""


@dataclass(frozen=True)
class Report:
    """The results of one run, in the order of the integrations' paths.

    ``fail_on`` has the least severity that fails the run by the path of the integration; else it is error. ``root`` is
    the directory that paths start from, where that is not the current one.
    """

    results: tuple[Result, ...]
    fixed: tuple[Located, ...] = ()
    hidden: Hidden = field(default_factory=Hidden)
    fail_on: Mapping[str, Severity] = field(default_factory=dict)
    view: View = field(default_factory=View)
    root: str = ""

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, integration by integration."""
        for result in self.results:
            yield from result.findings

    @property
    def located(self) -> Iterator[Located]:
        """The findings, of each integration those in its manifest first."""
        for integration, findings in self.results:
            for finding in sorted(findings, key=lambda finding: finding.problem.place.file != "manifest.json"):
                yield Located(integration, finding)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the gravest first."""
        counter = Counter(finding.severity for finding in self.findings)
        return {severity: counter[severity] for severity in sorted(Severity, reverse=True)}

    def fixable(self) -> int:
        """How many findings have a fix."""
        return sum(finding.fixable for finding in self.findings)

    def fails(self, result: Result, finding: Finding) -> bool:
        """Whether a finding is grave enough to fail the run."""
        return finding.severity >= self.fail_on.get(result.integration.path, Severity.error)


def location(integration: Integration, finding: Finding, file: str | None = None) -> str:
    """The path of a finding, or of another ``file`` of its integration, as the user's paths go, without a ``./``."""
    return posixpath.normpath(f"{integration.path}/{finding.problem.place.file if file is None else file}")
