"""The JSON report; its schema is ``schemas/lint-report.json``."""

import json
from collections.abc import Iterator
from typing import Any

from toolkit.finding import Finding
from toolkit.integration import Integration
from toolkit.reports.report import Report

VERSION = 1
"""Grows when a key is renamed or removed; new keys may come within a version."""


def render(report: Report) -> Iterator[str]:
    """The report as one JSON document, in ASCII so that any text survives any channel."""
    counts = report.counts()
    document = {
        "version": VERSION,
        "integrations": [_integration(integration, findings) for integration, findings in report.results],
        "summary": {
            "integrations": len(report.results),
            **{f"{severity.name}s": count for severity, count in counts.items()},
            "fixable": report.fixable(),
            "fixed": len(report.fixed),
            "hiddenByBaseline": report.hidden.baseline,
            "hiddenBySeverity": report.hidden.severity,
            "baselineEntriesGone": len(report.hidden.gone),
        },
    }
    yield json.dumps(document, indent=2) + "\n"


def _integration(integration: Integration, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "path": integration.path,
        "name": integration.title,
        "findings": [_finding(finding) for finding in findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    problem, region = finding.problem, finding.region
    return {
        "rule": finding.rule,
        "severity": finding.severity.name,
        "gate": finding.gate,
        "gates": finding.gates,
        "file": problem.place.file,
        "pointer": problem.place.pointer,
        "line": region and region.line,
        "column": region and region.column,
        "endLine": region and region.end_line,
        "endColumn": region and region.end_column,
        "message": problem.message,
        "help": problem.help,
        "fixable": finding.fixable,
        "fix": "safe" if finding.safely_fixable else "unsafe" if finding.fixable else None,
    }
