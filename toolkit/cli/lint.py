"""``ldit lint``."""

from pathlib import Path
from typing import Any, get_args

import click

from toolkit.cli.run import Options, run
from toolkit.finding import Gate, Severity
from toolkit.reports import FORMATS

_FILE = click.Path(path_type=Path, dir_okay=False)
_SEVERITIES = click.Choice(list(Severity.__members__))


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, readable=False))
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="How to report; else text.")
@click.option("--output", "outputs", multiple=True, type=_FILE, help="Where to write each format, in turn.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule or module of rules; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule or module of rules; repeatable.")
@click.option("--gate", type=click.Choice(get_args(Gate)), help="Run only what this official gate refuses too.")
@click.option("--fail-on", type=_SEVERITIES, help="The least severity that makes the exit status 1; else error.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, then report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend by guesses too.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--online", is_flag=True, help="Follow the links on the web too.")
@click.option(
    "--allow-private", is_flag=True, help="With --online: ask hosts of private networks, this machine included."
)
@click.option("--baseline", type=_FILE, help="Tell only what is not in this file.")
@click.option("--write-baseline", type=_FILE, help="Take up what is found now into this file.")
@click.option("--stdin-file", type=_FILE, help="Check this file as it comes on standard input, unsaved.")
@click.option("--watch", is_flag=True, help="Check again whatever changes, until interrupted.")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this configuration.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Check integrations: each problem with file, line, column and remedy.

    PATH is an integration directory, a directory of them, a whole fork, or a file inside one; the current directory
    when left out. Settings come from the nearest ldit.toml, or [tool.ldit] in a pyproject.toml, around each
    integration. Exit status: 0 nothing found, 1 findings, 2 could not run, 3 nothing to lint.
    """
    ctx.exit(run(paths, Options(**options)))
