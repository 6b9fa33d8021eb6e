"""Text as a terminal shows it: Markdown with headings, code and colors; plain where nobody looks."""

import os
import shutil
import sys

import click

WIDTH = 100
"""Columns that running text is wrapped at, where the terminal is wider."""


def console() -> int:
    """The columns of the terminal that text is printed on; 0 where it goes elsewhere, unless FORCE_COLOR asks."""
    environment = os.environ
    wanted = not environment.get("NO_COLOR") and bool(environment.get("FORCE_COLOR") or sys.stdout.isatty())
    return shutil.get_terminal_size().columns if wanted else 0


def show(text: str) -> None:
    """Prints Markdown, rendered for a terminal, else as it is."""
    columns = console()
    if not columns:
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    screen = Console(force_terminal=True, width=min(WIDTH, columns))
    screen.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
