"""``ldit new``: asks what it has to know and creates an integration directory."""

import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from toolkit import scaffold
from toolkit.cli.asking import ask, ask_kind, show
from toolkit.errors import LditError
from toolkit.reports import plain, renderer
from toolkit.reports.report import Report
from toolkit.scaffold import Answers, Creator, Diagnostic, Plan
from toolkit.text import printable

_KINDS = "".join(f"  {name:16}{kind.summary}\n" for name, kind in scaffold.KINDS.items())
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=f"\b\nKinds:\n{_KINDS}")
@click.argument("name", required=False)
@click.option(
    "--kind",
    type=click.Choice(list(scaffold.KINDS)),
    metavar="KIND",
    help="What the integration does; see below.  [default: asked for on a terminal, else metric]",
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="One answer; repeatable.")
@click.option("--answers", "answers_file", type=_FILE, help="Answers in JSON or TOML, with keys as in the manifest.")
@click.option("--directory", help="The directory's name, in kebab-case.  [default: made from NAME]")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to create it.  [default: integrations/ of the fork around here, else here]",
)
@click.option("--logo", type=_FILE, help="Your logo in SVG, for the square icon, and for both where it fits both.")
@click.option("--logo-horizontal", type=_FILE, help="Your logo with the name beside it, in SVG.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what would be offered.")
@click.option("--dry-run", is_flag=True, help="Show what would be created, and create nothing.")
@click.option(
    "--with-metric-creator",
    "language",
    type=click.Choice(list(scaffold.CREATORS)),
    help="Create a metric creator too, to start your own service from. It is not part of what you submit.",
)
@click.option(
    "--creator-directory",
    type=click.Path(path_type=Path),
    help="Where to create it.  [default: DIRECTORY-metric-creator, here or in the root of the fork]",
)
def new(
    name: str | None,
    kind: str | None,
    settings: tuple[str, ...],
    answers_file: Path | None,
    directory: str | None,
    into: Path | None,
    logo: Path | None,
    logo_horizontal: Path | None,
    yes: bool,
    dry_run: bool,
    language: str | None,
    creator_directory: Path | None,
) -> None:
    """Create the directory of a new integration: manifest, icons and README.

    Asks for what is missing on a terminal; elsewhere every answer comes from --set, --answers or --yes. The path is
    printed.

    \b
      ldit new "Acme Signals"
      ldit new "Acme Signals" --logo acme.svg --answers acme.toml --set links.site=https://acme.example
    """
    logos = scaffold.logos(logo, logo_horizontal)
    for note in logos.notes:
        click.secho(f"note: {printable(note)}", fg="yellow", err=True)
    given: dict[str, object] = scaffold.read(answers_file) if answers_file else {}
    given |= dict(_assignment(setting) for setting in settings)
    given |= {key: value for key, value in (("name", name), ("directory", directory)) if value is not None}
    asking = _on_terminal() and not yes
    kind = kind or (ask_kind() if asking else next(iter(scaffold.KINDS)))
    answers = scaffold.tidy(kind, given)
    if asking:
        _require_right(kind, answers, into)
        answers = ask(kind, answers, lambda key, so_far: _diagnostics(kind, so_far, [key], into))
    answers = scaffold.complete(kind, answers, suggested=yes)
    target = _target(answers, into)
    creator = Creator(creator_directory or _creator_target(answers), language) if language else None
    plan = scaffold.plan(kind, answers, target, logos.icons, creator)
    if not dry_run:
        scaffold.write(plan.directories)
    _report(plan, target, dry_run=dry_run)


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _assignment(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals:
        raise click.BadParameter(f"`{setting}` is not KEY=VALUE", param_hint="--set")
    return key.strip(), value


def _target(answers: Answers, into: Path | None) -> Path:
    directory = str(answers["directory"])
    return into / directory if into else scaffold.place(Path.cwd(), directory)


def _creator_target(answers: Answers) -> Path:
    return (scaffold.fork_around(Path.cwd()) or Path.cwd()) / f"{answers['directory']}-metric-creator"


def _diagnostics(kind: str, answers: Answers, keys: Iterable[str], into: Path | None) -> list[Diagnostic]:
    """What is wrong with some of the answers, the place that they lead to included."""
    target = _target({"directory": "acme", **answers}, into)
    found = scaffold.check_answers(kind, answers, keys, scaffold.beside(target))
    if "directory" in keys and not found:
        scaffold.require_free(target)
    return found


def _require_right(kind: str, answers: Answers, into: Path | None) -> None:
    """Shows the warnings about answers that nobody is asked for again. Raises LditError that names every error."""
    diagnostics = _diagnostics(kind, answers, list(answers), into)
    for diagnostic in diagnostics:
        if not diagnostic.is_error:
            show(diagnostic)
    if refused := [diagnostic.text for diagnostic in diagnostics if diagnostic.is_error]:
        raise LditError("; ".join(refused), "give another answer with `--set KEY=VALUE`")


def _report(plan: Plan, target: Path, *, dry_run: bool) -> None:
    """The paths on standard output; on standard error what lint finds, which is what is left to do."""
    paths = plan.directories if not dry_run else _files(plan.directories)
    for path in paths:
        click.echo(path)
    styled = sys.stderr is not None and sys.stderr.isatty()
    for piece in renderer("text")(Report((plan.result,))):
        click.echo(piece if styled else plain(piece), nl=False, err=True)
    if dry_run:
        click.echo("dry run: nothing was created", err=True)
        return
    click.echo("next: write what README.md marks with TODO, and what else is named above,", err=True)
    click.echo(f"      then run `ldit lint {shlex.quote(str(target))}`", err=True)


def _files(directories: Mapping[Path, Mapping[str, bytes]]) -> list[Path]:
    return [directory / name for directory, files in directories.items() for name in files]
