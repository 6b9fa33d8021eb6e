"""``ldit explain``."""

import click

from toolkit.config import known
from toolkit.reports.pages import page
from toolkit.rules import RULES


@click.command()
@click.argument("name", metavar="RULE")
def explain(name: str) -> None:
    """Say what a rule wants and why, with a bad and a good example and what it prints.

    RULE is a rule's name, or the name of a module of rules.
    """
    known([name])
    click.echo("\n".join(page(rule) for rule in RULES.values() if name in (rule.id, rule.module)), nl=False)
