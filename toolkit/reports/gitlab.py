"""GitLab's Code Quality report."""

import json
from collections.abc import Iterator

from toolkit.baseline import fingerprints
from toolkit.finding import Severity
from toolkit.reports.report import Report, location

_SEVERITIES = {Severity.error: "major", Severity.warning: "minor", Severity.note: "info"}


def render(report: Report) -> Iterator[str]:
    """The report as one JSON array."""
    issues = [
        {
            "description": ": ".join(filter(None, (finding.problem.message, finding.problem.help))),
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": location(result.integration, finding),
                "lines": {"begin": finding.region.line if finding.region else 1},
            },
        }
        for result in report.results
        for finding, fingerprint in fingerprints(result)
    ]
    yield json.dumps(issues, indent=2) + "\n"
