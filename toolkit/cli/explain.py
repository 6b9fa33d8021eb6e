"""``ldit explain``."""

import click

from toolkit.cli.completion import rule_names
from toolkit.cli.rendering import show
from toolkit.reports.pages import page
from toolkit.rules import RULES
from toolkit.rules.selectors import resolve


@click.command()
@click.argument("name", metavar="RULE", shell_complete=rule_names)
def explain(name: str) -> None:
    """Say what a rule wants and why, with a bad and a good example and what it prints.

    RULE is a rule's name, or the name of a room of rules. Plain Markdown where it is not printed on a terminal.
    """
    meant = resolve([name])
    show("\n".join(page(rule) for rule in RULES.values() if rule.id in meant))
