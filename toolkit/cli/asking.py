"""The dialog of ``ldit new`` on a terminal: the choices are shown first, and each answer is checked at once."""

import textwrap
from collections.abc import Callable, Mapping
from functools import partial

import click

from toolkit import scaffold
from toolkit.errors import LditError
from toolkit.scaffold import Answer, Answers, Diagnostic, Question
from toolkit.text import did_you_mean, printable

_EMPTY = "-"
"""What is typed to leave out what would be taken by Enter."""
_WIDTH = 78
Check = Callable[[str, Mapping[str, Answer]], list[Diagnostic]]
"""What is wrong with the answer to a key, among the answers so far. Raises LditError when it is no answer at all."""


def ask_kind() -> str:
    """One of the kinds, after all of them were shown, by its number or its name."""
    names = list(scaffold.KINDS)
    click.echo("What does your integration do?\n", err=True)
    for number, (name, kind) in enumerate(scaffold.KINDS.items(), 1):
        click.echo(f"  {number}  {name:16}{kind.summary}", err=True)
    click.echo(err=True)
    return str(click.prompt("Kind", default=names[0], value_proc=partial(_kind, names), err=True))


def _kind(names: list[str], typed: str) -> str:
    typed = typed.strip().lower()
    if typed.isdecimal() and 0 < int(typed) <= len(names):
        return names[int(typed) - 1]
    if typed not in names:
        remedy = did_you_mean(typed, names) or f"write a number from 1 to {len(names)}, or one of {', '.join(names)}"
        raise click.UsageError(f"there is no kind `{printable(typed)}`: {remedy}")
    return typed


def ask(kind: str, given: Answers, check: Check) -> dict[str, Answer]:
    """``given`` with an answer to every other question of the kind, asked for until nothing refuses it."""
    click.echo(f"\nEnter takes the answer in brackets; `{_EMPTY}` leaves it empty.", err=True)
    answers: dict[str, Answer] = dict(given)
    for question in scaffold.questions(kind):
        if question.key not in given:
            answers[question.key] = _ask_until_right(question, kind, answers, check)
    return answers


def _ask_until_right(question: Question, kind: str, answers: Answers, check: Check) -> Answer:
    click.echo(f"\n{_explained(question, kind, answers)}", err=True)
    offered = _written(question.guess(answers, scaffold.KINDS[kind]))
    warned: Answer | None = None
    while True:
        typed = click.prompt(question.prompt, default=offered, show_default=bool(offered), err=True)
        try:
            answer = scaffold.tidy(kind, {question.key: "" if typed.strip() == _EMPTY else typed})[question.key]
            diagnostics = check(question.key, {**answers, question.key: answer})
        except LditError as error:
            show(Diagnostic(f"{error} ({error.help})" if error.help else str(error), is_error=True))
            continue
        if not any(diagnostic.is_error for diagnostic in diagnostics) and (not diagnostics or answer == warned):
            return answer
        for diagnostic in diagnostics:
            show(diagnostic)
        if not any(diagnostic.is_error for diagnostic in diagnostics):
            click.echo("Enter keeps it all the same.", err=True)
            warned, offered = answer, _written(answer)


def _explained(question: Question, kind: str, answers: Answers) -> str:
    """What to answer, what there is to choose from, and an example."""
    lines = [question.help + " (may be empty)" * question.optional]
    if choices := question.choices():
        lines += textwrap.wrap(", ".join(choices), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if example := question.shown(answers, scaffold.KINDS[kind]):
        lines.append(f"  such as {_written(example)}")
    return click.style("\n".join(lines), dim=True)


def show(diagnostic: Diagnostic) -> None:
    """Prints an error or a warning on standard error."""
    grade, color = ("error", "red") if diagnostic.is_error else ("warning", "yellow")
    click.secho(f"{grade}: {printable(diagnostic.text)}", fg=color, err=True)


def _written(answer: Answer | None) -> str:
    return ", ".join(answer) if isinstance(answer, list) else answer or ""
