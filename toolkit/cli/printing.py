"""How a report gets to standard output."""

import os
import sys

from toolkit.reports import plain


def print_report(text: str) -> None:
    """To standard output, with colors where they are wanted: on a terminal, or as FORCE_COLOR and NO_COLOR say."""
    environment = os.environ
    if not environment.get("NO_COLOR") and (environment.get("FORCE_COLOR") or sys.stdout.isatty()):
        import click  # knows how to speak to every terminal

        click.echo(text, nl=False, color=True)
    else:
        sys.stdout.write(plain(text))
        sys.stdout.flush()
