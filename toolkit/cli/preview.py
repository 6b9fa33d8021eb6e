"""``ldit preview``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.integration.writing import replace_file

if TYPE_CHECKING:
    from toolkit.preview.card import Card


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The picture to write.")
@click.option("--font", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A font file to write with.")
@click.option("--columns", type=click.IntRange(1, 12), default=3, show_default=True, help="Of several cards.")
def preview(paths: tuple[Path, ...], png: Path, font: Path | None, columns: int) -> None:
    """Draw the card that customers see, on a light and on a dark page, at twice its size.

    Several integrations, or a directory of them, come on one sheet.
    """
    from toolkit.preview.card import sheet

    directories = discover(paths or [Path()])
    if not directories:
        raise LditError("there is no integration in the given paths", "name a directory with a manifest.json")
    cards = [_card(Integration.read(directory)) for directory in directories]
    replace_file(png, sheet(cards, columns=min(columns, len(cards)), font_file=font))
    click.echo(png)


def _card(integration: Integration) -> "Card":
    """What the card shows of an integration; what is missing or no text stays empty."""
    from toolkit.preview.card import Card

    manifest = integration.manifest
    icon = next((icon.svg.file.data for icon in integration.icons if icon.role == "square"), b"")
    if manifest is None:
        return Card(integration.title, "manifest.json cannot be read", (), icon)
    categories = tuple(text for text in manifest.list("/categories") if isinstance(text, str))
    return Card(integration.title, manifest.text("/overview"), categories, icon)
