"""SARIF 2.1.0, which GitHub's code scanning and many editors read."""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from toolkit import __version__, install
from toolkit.baseline import fingerprints
from toolkit.finding import Edit, Finding, Region, Severity
from toolkit.integration import Integration
from toolkit.json_text import position
from toolkit.reports.report import Report, location
from toolkit.reports.styling import page
from toolkit.rules import RULES

BASE = "%SRCROOT%"
"""The name of the directory that paths start from."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "note"}


def render(report: Report) -> Iterator[str]:
    """The report as one SARIF log with one run."""
    found = sorted({finding.rule for finding in report.findings})
    results = [
        _result(result.integration, finding, fingerprint)
        for result in report.results
        for finding, fingerprint in fingerprints(result)
    ]
    driver = {"name": "ldit", "semanticVersion": __version__, "rules": [_rule(name) for name in found]}
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    if report.root:
        run["originalUriBaseIds"] = {BASE: {"uri": f"{PurePath(report.root).as_uri().rstrip('/')}/"}}
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    if name not in RULES:
        return {"id": name}
    rule = RULES[name]
    address = page(name, install.pages())
    return {
        "id": name,
        **({"helpUri": address} if address.startswith("https:") else {}),
        "shortDescription": {"text": rule.requirement},
        "fullDescription": {"text": rule.text},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.room]},
    }


def _result(integration: Integration, finding: Finding, fingerprint: str) -> dict[str, Any]:
    problem = finding.problem
    physical: dict[str, Any] = {"artifactLocation": _artifact(location(integration, finding))}
    if finding.region:
        physical["region"] = _region(finding.region)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": ": ".join(filter(None, (problem.message, problem.help)))},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"ldit/v1": fingerprint},
    }
    if fixes := _fixes(integration, finding, problem.edits):
        result["fixes"] = fixes
    return result


def _fixes(integration: Integration, finding: Finding, edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """One fix of all edits, or none where an edit cannot be expressed as a replaced region."""
    artifacts: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        change = integration.change(edit)
        if change is None or change.start < 0:  # a byte order mark is in no line
            return []
        text = integration.files[edit.place.file].text
        region = Region(*position(text, change.start), *position(text, change.end))
        replacement = {"deletedRegion": _region(region), "insertedContent": {"text": change.text}}
        artifacts.setdefault(location(integration, finding, edit.place.file), []).append(replacement)
    changes = [{"artifactLocation": _artifact(path), "replacements": part} for path, part in artifacts.items()]
    return [{"description": {"text": finding.problem.help}, "artifactChanges": changes}] if changes else []


def _artifact(path: str) -> dict[str, str]:
    """Where a file is; relative to the base unless the path is absolute or leads out of it."""
    uri = quote(path, errors="surrogateescape")
    return {"uri": uri} if path.startswith(("/", "../")) else {"uri": uri, "uriBaseId": BASE}


def _region(region: Region) -> dict[str, int]:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(names, region, strict=True))
