"""The command line: one file for each command, imported only when it is called."""

import errno
from importlib import import_module
from typing import NoReturn

import click

from toolkit import __version__
from toolkit.errors import LditError

COMMANDS = {
    "new": "Scaffold an integration.",
    "lint": "Check integrations, and mend them.",
    "preview": "Draw the card that customers see.",
    "request": "Show the requests that LaunchDarkly would send.",
    "metric": "Create metrics: the reference metric creator.",
    "sandbox": "Run a local LaunchDarkly to try it on.",
    "rules": "List the rules.",
    "explain": "Say what a rule wants, and why.",
    "schema": "Print a JSON Schema for an editor.",
}
"""Every command with its line in ``ldit --help``; each is the function of that name in the module of that name."""
CANNOT_RUN = 2
"""Exit status when the command could not do its work."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"toolkit.cli.{cmd_name}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except LditError as error:
            _cannot_run(ctx, str(error), error.help)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever reads the output has seen enough
                raise
            _cannot_run(ctx, f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}")


def _cannot_run(ctx: click.Context, message: str, remedy: str = "") -> NoReturn:
    click.echo(f"error: {message}", err=True)
    if remedy:
        click.echo(f"help: {remedy}", err=True)
    ctx.exit(CANNOT_RUN)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ldit %(version)s")
def command() -> None:
    """Get a LaunchDarkly integration accepted at the first try.

    Not an official LaunchDarkly product.
    """
