"""Findings beside what they are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.finding import Finding
from toolkit.preview.markdown import coded
from toolkit.preview.view import View

FIELD = "field "
"""What stands before the pointer of a form variable in the name of its part of the page."""
_PARTS: Mapping[str, str] = {
    "/name": "row",
    "/overview": "row",
    "/hideOnIntegrationsPage": "row",
    "/icons": "icons",
    "/description": "panel",
    "/details": "stored",
    "/formVariables": "panel",
    "/requiresOAuth": "panel",
    "/links": "stored",
    "/author": "stored",
    "/version": "stored",
    "/categories": "stored",
    "/supportEmail": "stored",
}
_SENT = ("endpoint", "jsonBody", "templates", "payloadPrefix", "payloadSuffix", "requestBodyTemplates")


@dataclass(frozen=True)
class Note:
    """A finding as a page shows it; ``fix`` is empty, ``safe`` or ``unsafe``."""

    severity: str
    message: Markup
    help: Markup
    rule: str
    where: str
    fix: str


def notes(view: View) -> dict[str, list[Note]]:
    """The findings of a view by the part of the page that they are about."""
    found: dict[str, list[Note]] = {}
    for finding in view.findings:
        found.setdefault(part(view, finding), []).append(_note(view, finding))
    return found


def part(view: View, finding: Finding) -> str:
    """The part of the page that a finding is about: a section, or a field of the form."""
    place = finding.problem.place
    if place.file in {svg.file.path for svg in view.integration.svgs}:
        return "icons"
    if place.file in {template.place.file for template in view.integration.templates if template.is_file}:
        return "requests"
    if place.file != "manifest.json" or not place.pointer:
        return "files"
    return next(_parts(view, place.pointer), "files")


def _parts(view: View, pointer: str) -> Iterator[str]:
    for variable in view.manifest.form_variables:
        if f"{pointer}/".startswith(f"{variable.pointer}/"):
            yield FIELD + variable.pointer
    steps = pointer.split("/")
    if steps[1] == "capabilities":
        yield "requests" if any(step in _SENT for step in steps) else "capabilities"
    elif where := _PARTS.get(f"/{steps[1]}"):
        yield where


def _note(view: View, finding: Finding) -> Note:
    place, region = finding.problem.place, finding.region
    where = f"{place.file}:{region.line}" if region else place.file
    return Note(
        severity=finding.severity.name,
        message=coded(view.conceal(finding.problem.message)),
        help=coded(view.conceal(finding.problem.help)),
        rule=finding.rule,
        where=where or "the directory",
        fix="safe" if finding.safely_fixable else "unsafe" if finding.fixable else "",
    )
