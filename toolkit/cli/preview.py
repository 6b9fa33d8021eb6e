"""``ldit preview``."""

import signal
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.errors import LditError
from toolkit.integration.discovery import discover
from toolkit.integration.writing import replace_file

if TYPE_CHECKING:
    from toolkit.preview.view import View

FORMATS = {"png": (".png",), "html": (".html", ".htm")}
"""What is written, by option, with the endings of its files."""


def _target(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    endings = FORMATS[option.name or ""]
    if value is not None and value.suffix.lower() not in endings:
        there = " or ".join(f"--{name} FILE{some[0]}" for name, some in FORMATS.items())
        raise LditError(
            f"{value}: --{option.name} writes no {value.suffix or 'file without an ending'}", f"use {there}"
        )
    return value


_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--png", type=_FILE, callback=_target, help="Write a picture of the row and the icons instead.")
@click.option("--html", type=_FILE, callback=_target, help="Write everything as one self-contained page instead.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes any free port.")
@click.option("--no-open", is_flag=True, help="Print the address without opening it.")
@click.option("--font", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The font of the picture.")
@click.option("--columns", type=click.IntRange(1, 12), default=1, show_default=True, help="Of a picture of several.")
def preview(
    paths: tuple[Path, ...],
    png: Path | None,
    html: Path | None,
    port: int,
    no_open: bool,
    font: Path | None,
    columns: int,
) -> None:
    """See what customers will see: the row, the icons, the form, and the requests that reach your service.

    Opens a page on this machine that follows every save; Ctrl-C stops it. Several integrations, or a directory of
    them, become a gallery.

    \b
      ldit preview integrations/acme
      ldit preview integrations/acme --html acme.html --png acme.png
    """
    meant = paths or (Path(),)
    if png or html:
        _write(meant, png, html, font, columns)
    else:
        _serve(meant, port, open_it=not no_open and sys.stdout.isatty())


def _serve(paths: Sequence[Path], port: int, *, open_it: bool) -> None:
    from toolkit.preview.server import running

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with running(paths, port) as address:
        click.echo(address)
        click.echo("follows every save; stop with Ctrl-C", err=True)
        if open_it:
            webbrowser.open(address)
        while not stop.wait(0.5):  # a wait without an end cannot be interrupted on Windows
            pass


def _write(paths: Sequence[Path], png: Path | None, html: Path | None, font: Path | None, columns: int) -> None:
    from toolkit.integration import Integration
    from toolkit.preview.library import view_of
    from toolkit.preview.view import Choices

    directories = discover(paths)
    if not directories:
        raise LditError("there is no integration in the given paths", "name a directory with a manifest.json")
    views = [view_of(Integration.read(directory), Choices()) for directory in directories]
    if png:
        replace_file(png, _picture(views, font, columns))
        click.echo(png)
    if html:
        from toolkit.preview.page import document

        replace_file(html, document(views).encode("utf-8", "replace"))
        click.echo(html)


def _picture(views: Sequence["View"], font: Path | None, columns: int) -> bytes:
    from toolkit.preview.card import Artwork, Card, sheet
    from toolkit.preview.icons import icons
    from toolkit.preview.row import row

    cards = []
    for view in views:
        data = {icon.role: icon.svg.file.data for icon in view.integration.icons}
        art = {
            role: Artwork(data.get(role, b""), icon.refused)
            for role, icon in icons(view.integration, view.findings).items()
        }
        shown = row(view)
        cards.append(Card(shown.title, shown.overview, shown.button.label, art["square"], art["horizontal"]))
    return sheet(cards, columns=min(columns, len(cards)), font_file=font)
