"""``ldit explain``."""

import click

from toolkit.reports.pages import page
from toolkit.rules import RULES
from toolkit.rules.selectors import resolve


@click.command()
@click.argument("name", metavar="RULE")
def explain(name: str) -> None:
    """Say what a rule wants and why, with a bad and a good example and what it prints.

    RULE is a rule's name, or the name of a room of rules.
    """
    meant = resolve([name])
    click.echo("\n".join(page(rule) for rule in RULES.values() if rule.id in meant), nl=False)
