"""``ldit new``: asks what it has to know and makes an integration directory."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from toolkit import scaffold
from toolkit.errors import LditError
from toolkit.scaffold import Answer, Question


@click.command()
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(list(scaffold.KINDS)), default="metric", show_default=True)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="One answer; may be given more than once.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answers in JSON or TOML, with keys as in the manifest.",
)
@click.option("--directory", help="The name of the directory, in kebab-case.  [default: made from NAME]")
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

    Asks for what is missing on a terminal. Elsewhere every answer comes from --set or --answers.

    \b
    ldit new "Acme Signals"
    ldit new "Acme Signals" --set links.site=https://acme.example --answers acme.toml
    """
    given: dict[str, object] = scaffold.read(answers_file) if answers_file else {}
    given |= dict(_assignment(setting) for setting in settings)
    given |= {key: value for key, value in (("name", name), ("directory", directory)) if value is not None}
    answers = _judged(kind, scaffold.tidy(kind, given))
    if sys.stdin.isatty():
        answers = _ask(kind, answers)
    answers = _judged(kind, scaffold.complete(kind, answers))
    slug = str(answers["directory"])
    path = into / slug if into else scaffold.place(Path.cwd(), slug)
    scaffold.write(path, scaffold.files(kind, answers))
    click.echo(f"made {answers['name']} ({kind})", err=True)
    click.echo(path)
    _lint(path)
    for step in (
        "describe your integration in README.md",
        "put your own logos in the place of assets/*.svg",
        f"run `ldit lint {path}`",
    ):
        click.echo(f"next: {step}", err=True)


def _assignment(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals:
        raise click.BadParameter(f"`{setting}` is not KEY=VALUE", param_hint="--set")
    return key.strip(), value


def _judged(kind: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    """``answers`` as they are. Raises LditError that names everything wrong with them."""
    found = [text for key, value in answers.items() for text in scaffold.problems(kind, key, value, _check)]
    if found:
        raise LditError("; ".join(found), "give another answer with `--set KEY=VALUE`")
    return answers


def _ask(kind: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    """``answers`` with one more for every question that has none, asked for on the terminal until it is right."""
    click.echo("Enter takes what stands in brackets.", err=True)
    asked: dict[str, Answer] = {}
    for question in scaffold.questions(kind):
        if question.key in answers:
            asked[question.key] = answers[question.key]
        else:
            asked[question.key] = _prompt(kind, question, question.guess(asked, scaffold.KINDS[kind]))
    return asked


def _prompt(kind: str, question: Question, guess: Answer | None) -> Answer:
    def answer(typed: str) -> Answer:
        try:
            value = scaffold.tidy(kind, {question.key: typed})[question.key]
        except LditError as error:
            raise click.UsageError(str(error)) from error
        if found := scaffold.problems(kind, question.key, value, _check):
            raise click.UsageError("; ".join(found))
        return value

    offered = ", ".join(guess) if isinstance(guess, list) else guess
    click.secho(question.help + (" (may be empty)" if question.optional else ""), dim=True, err=True)
    default = "" if question.optional and not offered else offered or None
    typed: Answer = click.prompt(
        question.prompt, default=default, show_default=bool(offered), value_proc=answer, err=True
    )
    return typed


def _check(key: str, value: object) -> Iterable[str]:
    """What the linter would say about one answer."""
    return ()


def _lint(path: Path) -> None:
    """Says what the linter finds in what was made."""
