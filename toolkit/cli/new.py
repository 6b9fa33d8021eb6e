"""``ldit new``: asks what it has to know and makes an integration directory."""

import sys
from pathlib import Path

import click

from toolkit import scaffold
from toolkit.config import Settings
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.reports import Report, renderer
from toolkit.scaffold import Answer, Question
from toolkit.scaffold.problems import problems


@click.command()
@click.argument("name", required=False)
@click.option(
    "--kind",
    type=click.Choice(list(scaffold.KINDS)),
    default="metric",
    show_default=True,
    help="What the integration does.",
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
def new(
    name: str | None,
    kind: str,
    settings: tuple[str, ...],
    answers_file: Path | None,
    directory: str | None,
    into: Path | None,
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
    _judge(kind, answers)
    if sys.stdin.isatty():
        answers = _ask(kind, answers)
    answers = scaffold.complete(kind, answers)
    _judge(kind, {key: value for key, value in answers.items() if key not in given})
    slug = str(answers["directory"])
    path = into / slug if into else scaffold.place(Path.cwd(), slug)
    scaffold.write(path, scaffold.files(kind, answers))
    click.echo(path)
    _lint(path)


def _assignment(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals:
        raise click.BadParameter(f"`{setting}` is not KEY=VALUE", param_hint="--set")
    return key.strip(), value


def _judge(kind: str, answers: dict[str, Answer]) -> None:
    """Raises LditError that names everything wrong with the answers."""
    if found := [text for key, value in answers.items() for text in problems(kind, key, value)]:
        raise LditError("; ".join(found), "give another answer with `--set KEY=VALUE`")


def _ask(kind: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    """``answers`` with one for every other question, asked for on the terminal until it is right."""
    click.echo("Enter takes what stands in brackets.", err=True)
    asked: dict[str, Answer] = {}
    for question in scaffold.questions(kind):
        if question.key in answers:
            asked[question.key] = answers[question.key]
        else:
            asked[question.key] = _prompt(kind, question, question.guess(asked, scaffold.KINDS[kind]))
    return asked


def _prompt(kind: str, question: Question, guess: Answer | None) -> Answer:
    def judged(typed: str) -> Answer:
        try:
            value = scaffold.tidy(kind, {question.key: typed})[question.key]
            _judge(kind, {question.key: value})
        except LditError as error:
            raise click.UsageError(str(error)) from error
        return value

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
    click.echo(f"      then run `ldit lint {path}`", err=True)
