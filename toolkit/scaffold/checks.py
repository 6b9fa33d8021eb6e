"""What the rules of the linter say about answers: one at a time while they are given, or all of them in the result."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.finding import Finding, Severity
from toolkit.integration import Integration
from toolkit.integration.manifest import NAME
from toolkit.scaffold import naming
from toolkit.scaffold.kinds import KINDS
from toolkit.scaffold.questions import Answer, Answers, questions
from toolkit.scaffold.render import manifest


class Diagnostic(NamedTuple):
    """One error or warning about an answer or an icon, in one line with its remedy."""

    text: str
    is_error: bool


def check_answers(kind: str, answers: Answers, keys: Iterable[str], beside: Mapping[str, bytes]) -> list[Diagnostic]:
    """The errors and warnings about the answers to ``keys``; other ``answers`` are only their context.

    ``beside`` holds the manifests of the integrations around the new one, by path. Answers are tidy. Nothing is drawn.
    """
    keys = tuple(keys)
    found = [Diagnostic(text, is_error=True) for text in invalid(kind, answers, keys)]
    if found:
        return found
    directory = str(answers.get("directory", "acme"))
    contents = {NAME: manifest(kind, _with_guesses(kind, answers)), **beside}
    findings = lint(Integration.from_files(directory, contents), Settings()).findings
    return [
        Diagnostic(_line(finding), is_error=finding.severity is Severity.error)
        for finding in findings
        if finding.severity >= Severity.warning and any(_is_about(finding, key) for key in keys)
    ]


def invalid(kind: str, answers: Answers, keys: Iterable[str]) -> list[str]:
    """What is wrong with the answers to ``keys`` that no rule has to look at."""
    optional = {question.key for question in questions(kind) if question.optional}
    found = [f"{key} is empty" for key in keys if not answers[key] and key not in optional]
    if "directory" in keys and (problem := naming.directory_problem(str(answers["directory"]))):
        found.append(problem)
    return found


def errors_about(findings: Iterable[Finding], keys: Iterable[str]) -> list[str]:
    """The errors among the findings of a whole integration that are about the answers to ``keys``."""
    keys = tuple(keys)
    errors = (finding for finding in findings if finding.severity is Severity.error)
    return [_line(finding) for finding in errors if any(_is_about(finding, key) for key in keys)]


def check_icons(icons: Mapping[str, bytes]) -> dict[str, list[Diagnostic]]:
    """The errors and warnings about icons, by role; they are drawn for it, each content once in a process."""
    contents = {f"assets/{role}.svg": data for role, data in icons.items()}
    integration = Integration.from_files("acme", {NAME: manifest("card", _with_guesses("card", {})), **contents})
    findings = lint(integration, Settings()).findings
    return {
        role: [
            Diagnostic(_line(finding), is_error=finding.severity is Severity.error)
            for finding in findings
            if finding.problem.place.file == f"assets/{role}.svg" and finding.severity >= Severity.warning
        ]
        for role in icons
    }


def _is_about(finding: Finding, key: str) -> bool:
    place = finding.problem.place
    return place.file == NAME and f"{place.pointer}/".startswith(f"/{key.replace('.', '/')}/")


def _line(finding: Finding) -> str:
    problem = finding.problem
    return f"{problem.message} ({problem.help})" if problem.help else problem.message


def _with_guesses(kind: str, answers: Answers) -> dict[str, Answer]:
    """``answers`` with something that nothing is wrong with for every other question."""
    complete: dict[str, Answer] = {"name": "Acme", "links.site": "https://acme.com", **answers}
    for question in questions(kind):
        if question.key not in complete and (guess := question.guess(complete, KINDS[kind])):
            complete[question.key] = guess
    return complete
