"""``ldit schema``."""

import click

from toolkit import resources

SCHEMAS = {
    "manifest": "schemas/manifest.json",
    "lint-report": "schemas/lint-report.json",
    "ldit-config": "schemas/ldit-config.json",
    "metric": "schemas/metric.json",
}
"""The JSON Schemas that we ship, by the name under which they are asked for."""


@click.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(name: str) -> None:
    """Print a JSON Schema, for an editor to check and complete while you type."""
    click.echo(resources.path(SCHEMAS[name]).read_text(encoding="utf-8"), nl=False)
