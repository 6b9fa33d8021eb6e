"""``ldit rules``."""

import json

import click

from toolkit.rules import RULES


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def rules(format_: str) -> None:
    """List the rules: what each wants, how grave it is, and which official gate refuses the same."""
    ordered = sorted(RULES.values(), key=lambda rule: (rule.room, rule.id))
    if format_ == "markdown":
        from toolkit.reports.pages import table

        click.echo(table(ordered), nl=False)
    elif format_ == "json":
        keys = ("id", "room", "gates", "pedantic", "requirement", "text")
        rows = [{**{key: getattr(rule, key) for key in keys}, "severity": rule.severity.name} for rule in ordered]
        click.echo(json.dumps(rows, indent=2))
    else:
        widest = max(len(rule.id) for rule in ordered)
        for rule in ordered:
            gates = ",".join(rule.gates) or "-"
            click.echo(f"{rule.id:{widest}}  {rule.severity.name:7}  {gates:6}  {rule.requirement}")
