"""The command that holds all others; each is imported only when it is called."""

from importlib import import_module

import click

from toolkit import __version__
from toolkit.cli import INTERRUPTED, guarded
from toolkit.errors import LditError
from toolkit.text import did_you_mean

COMMANDS = {
    "new": "Scaffold an integration.",
    "lint": "Check integrations, and fix them.",
    "preview": "See what customers will see, live in a browser.",
    "request": "Show the requests that LaunchDarkly would send.",
    "submit": "Get a pull request ready: checklist, branch and text.",
    "metric": "Create metrics: the reference metric creator.",
    "sandbox": "Run a local LaunchDarkly to try it on.",
    "rules": "List the rules.",
    "explain": "Say what a rule wants, and why.",
    "schema": "Print a JSON Schema for an editor.",
}
"""Every command with its line in ``ldit --help``; each is the function of that name in the module of that name."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"toolkit.cli.{cmd_name}"), cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Says which command was meant, where one is near."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], COMMANDS) or f"there are: {', '.join(COMMANDS)}"
            raise LditError(f"there is no command `{args[0]}`", near)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        def work() -> int:
            return super(_Commands, self).invoke(ctx) or 0

        try:
            ctx.exit(guarded(work))
        except click.Abort as error:
            if isinstance(error.__context__, KeyboardInterrupt):  # else a question was answered with no
                ctx.exit(INTERRUPTED)
            raise


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ldit %(version)s")
def command() -> None:
    """Get a LaunchDarkly integration accepted the first time.

    Not an official LaunchDarkly product.
    """
