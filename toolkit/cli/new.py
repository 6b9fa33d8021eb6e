"""``ldit new``: asks what it has to know and makes an integration directory."""

import shlex
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click

from toolkit import scaffold
from toolkit.config import Settings
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.reports import renderer
from toolkit.reports.report import Report
from toolkit.scaffold import Answer, Question
from toolkit.scaffold.problems import problems

_KINDS = "".join(f"  {name:16}{kind.summary}\n" for name, kind in scaffold.KINDS.items())


@click.command(epilog=f"\b\nKinds:\n{_KINDS}")
@click.argument("name", required=False)
@click.option(
    "--kind",
    type=click.Choice(list(scaffold.KINDS)),
    default="metric",
    metavar="KIND",
    show_default=True,
    help="What the integration does; see below.",
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="One answer; repeatable.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answers in JSON or TOML, with keys as in the manifest.",
)
@click.option("--directory", help="The directory's name, in kebab-case.  [default: made from NAME]")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to make it.  [default: integrations/ of the fork around here, else here]",
)
@click.option(
    "--with-metric-creator",
    "creator",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Make DIR too: a metric creator to start your own service from. It is not part of what you submit.",
)
def new(
    name: str | None,
    kind: str,
    settings: tuple[str, ...],
    answers_file: Path | None,
    directory: str | None,
    into: Path | None,
    creator: Path | None,
) -> None:
    """Make the directory of a new integration: manifest, icons and README.

    Asks for what is missing on a terminal; elsewhere every answer comes from --set or --answers. Prints the path.

    \b
      ldit new "Acme Signals"
      ldit new "Acme Signals" --answers acme.toml --set links.site=https://acme.example
    """
    given: dict[str, object] = scaffold.read(answers_file) if answers_file else {}
    given |= dict(_assignment(setting) for setting in settings)
    given |= {key: value for key, value in (("name", name), ("directory", directory)) if value is not None}
    answers = scaffold.tidy(kind, given)
    _judge(kind, answers, into)
    if _on_terminal():
        answers = _ask(kind, answers, into)
    answers = scaffold.complete(kind, answers)
    _judge(kind, {key: value for key, value in answers.items() if key not in given}, into)
    path = _target(answers, into)
    if creator:
        scaffold.require_free(creator)
        scaffold.write(creator, scaffold.metric_creator(answers))
    scaffold.write(path, scaffold.files(kind, answers))
    click.echo(path)
    _lint(path)


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _assignment(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals:
        raise click.BadParameter(f"`{setting}` is not KEY=VALUE", param_hint="--set")
    return key.strip(), value


def _target(answers: Mapping[str, Answer], into: Path | None) -> Path:
    directory = str(answers["directory"])
    return into / directory if into else scaffold.place(Path.cwd(), directory)


def _judge(kind: str, answers: Mapping[str, Answer], into: Path | None) -> None:
    """Raises LditError that names everything wrong with the answers, or when the directory cannot be made."""
    if found := [text for key, value in answers.items() for text in problems(kind, key, value)]:
        raise LditError("; ".join(found), "give another answer with `--set KEY=VALUE`")
    if "directory" in answers:
        scaffold.require_free(_target(answers, into))


def _ask(kind: str, answers: Mapping[str, Answer], into: Path | None) -> dict[str, Answer]:
    """``answers`` with one for every other question, asked for on the terminal until it is right."""

    def judged(key: str, typed: str) -> Answer:
        try:
            answer = scaffold.tidy(kind, {key: typed})
            _judge(kind, answer, into)
        except LditError as error:
            raise click.UsageError(str(error)) from error
        return answer[key]

    click.echo("Enter takes what stands in brackets.", err=True)
    asked: dict[str, Answer] = {}
    for question in scaffold.questions(kind):
        if question.key in answers:
            asked[question.key] = answers[question.key]
        else:
            guess = question.guess(asked, scaffold.KINDS[kind])
            asked[question.key] = _prompt(question, guess, partial(judged, question.key))
    return asked


def _prompt(question: Question, guess: Answer | None, judged: Callable[[str], Answer]) -> Answer:
    offered = ", ".join(guess) if isinstance(guess, list) else guess
    click.secho(f"\n{question.help}{' (may be empty)' * question.optional}", dim=True, err=True)
    answer: Answer = click.prompt(
        question.prompt,
        default=offered or ("" if question.optional else None),
        show_default=bool(offered),
        value_proc=judged,
        err=True,
    )
    return answer


def _lint(path: Path) -> None:
    """Says what the linter finds in what was made, and what is left to do."""
    for piece in renderer("text")(Report((lint(Integration.read(path), Settings().rules()),))):
        click.echo(piece, nl=False, err=True)
    click.echo("next: describe your integration in README.md, put your own logos into assets/,", err=True)
    click.echo(f"      then run `ldit lint {shlex.quote(str(path))}`", err=True)
