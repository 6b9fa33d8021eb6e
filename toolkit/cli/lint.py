"""``ldit lint``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import click

from toolkit.cli.completion import rule_names
from toolkit.cli.options import Options
from toolkit.cli.run import run
from toolkit.errors import LditError
from toolkit.finding import Gate, Severity
from toolkit.reports import FORMATS

_FILE = click.Path(path_type=Path, dir_okay=False)
_SEVERITIES = click.Choice(list(Severity.__members__))
_ORDER = "toolkit.cli.lint.order"


class _InOrder(click.Command):
    """Remembers in which order options were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            _values, _left, order = self.make_parser(ctx).parse_args(args=list(args))
            ctx.meta[_ORDER] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


@click.command(cls=_InOrder)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, readable=False))
@click.option("--all", "everything", is_flag=True, help="Check every integration of the fork, not only what changed.")
@click.option("--changed", metavar="BASE", default="", help="Check what differs from this branch, tag or commit.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="How to report; else text.")
@click.option("--output", "outputs", multiple=True, type=_FILE, help="Where to write the format before it.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=rule_names,
    help="Run only this rule or room of rules; repeatable.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=rule_names,
    help="Leave out this rule or room of rules; repeatable.",
)
@click.option("--gate", type=click.Choice(get_args(Gate)), help="Run only what this official gate refuses too.")
@click.option("--pedantic", is_flag=True, help="Run the rules of taste too.")
@click.option("--fail-on", type=_SEVERITIES, help="The least severity that makes the exit status 1; else error.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--fix", is_flag=True, help="Fix what is safe to fix, then report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="Fix by guesses too; with --diff, show them.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--show-fixes", is_flag=True, help="Name every finding that was fixed.")
@click.option("--min-severity", type=_SEVERITIES, help="Show only what is as grave as this; changes no exit status.")
@click.option("--statistics", is_flag=True, help="Count what each rule finds, instead of the findings.")
@click.option("-q", "--quiet", is_flag=True, help="Show findings only, without the closing lines.")
@click.option("--no-links", is_flag=True, help="Make no links of rules, even on a terminal that shows them.")
@click.option("--online", is_flag=True, help="Follow the links on the web too.")
@click.option(
    "--allow-private", is_flag=True, help="With --online: ask hosts of private networks, this machine included."
)
@click.option("--baseline", type=_FILE, help="Report only what is not in this file.")
@click.option("--write-baseline", type=_FILE, help="Write what is found now into this file.")
@click.option("--stdin-file", type=_FILE, help="Check this file as it comes on standard input, unsaved.")
@click.option("--watch", is_flag=True, help="Check again whatever changes, until interrupted.")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this configuration.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--cache/--no-cache", default=True, help="Remember what was found, and look at what changed only.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Check with so many processes; else as it pays.")
@click.option("--show-files", is_flag=True, help="List the files that would be checked.")
@click.option("--show-settings", is_flag=True, help="Show the settings of each integration.")
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check integrations: each problem with file, line, column and remedy.

    PATH is an integration directory, a directory of them, a whole fork, or a file inside one. Without PATH, in a fork:
    the integrations that this branch changes; elsewhere the current directory. Settings come from the nearest
    ldit.toml, or [tool.ldit] in a pyproject.toml, around each integration. Exit status: 0 nothing found, 1 findings,
    2 could not run, 3 nothing to lint, 130 interrupted.
    """
    options |= paired(ctx.meta[_ORDER], options["formats"], options["outputs"])
    ctx.exit(run(paths, Options(**options)))


def paired(order: Sequence[str], formats: Sequence[str], outputs: Sequence[Path]) -> dict[str, tuple[Any, ...]]:
    """The formats, and the output of each or None: an output belongs to the format before it.

    One before any format belongs to the first. ``order`` are the names of the options as they were given. Raises
    LditError when a format has two outputs.
    """
    names, paths = iter(formats), iter(outputs)
    pairs: list[tuple[str, Path | None]] = []
    early: Path | None = None
    for name in order:
        if name == "formats":
            pairs.append((next(names), early))
            early = None
        elif name == "outputs":
            if early or (pairs and pairs[-1][1]):
                raise LditError("there are more --output than --format", "give each --output a --format")
            if pairs:
                pairs[-1] = pairs[-1][0], next(paths)
            else:
                early = next(paths)
    if early:
        pairs.append(("text", early))
    return {"formats": tuple(name for name, _ in pairs), "outputs": tuple(path for _, path in pairs)}
