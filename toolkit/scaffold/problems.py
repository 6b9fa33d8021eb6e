"""What is wrong with one answer, as the linter sees it."""

from toolkit.config import Settings
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.scaffold import naming
from toolkit.scaffold.kinds import KINDS
from toolkit.scaffold.questions import Answer, questions
from toolkit.scaffold.render import files


def problems(kind: str, key: str, value: Answer) -> list[str]:
    """The errors that a manifest with this tidy answer would have because of it, each in one line."""
    question = next(question for question in questions(kind) if question.key == key)
    if not value:
        return [] if question.optional else [f"{key} is empty"]
    if key == "directory":
        return [] if naming.is_kebab(str(value)) else [f"{value} is not kebab-case, as in `acme-signals`"]
    pointer = "/" + key.replace(".", "/")
    integration = Integration.held("acme", files(kind, _plain(kind) | {key: value}))
    return [
        f"{finding.problem.message} ({finding.problem.help})" if finding.problem.help else finding.problem.message
        for finding in lint(integration, Settings().rules()).findings
        if finding.severity is Severity.error and f"{finding.problem.place.pointer}/".startswith(f"{pointer}/")
    ]


def _plain(kind: str) -> dict[str, Answer]:
    """Answers that nothing is wrong with."""
    answers: dict[str, Answer] = {"name": "Acme", "links.site": "https://acme.example"}
    for question in questions(kind):
        if question.key not in answers and (guess := question.guess(answers, KINDS[kind])):
            answers[question.key] = guess
    return answers
