"""``ldit rules``."""

import json
from collections.abc import Sequence
from itertools import groupby

import click

from toolkit.cli.rendering import WIDTH, console
from toolkit.reports.pages import fixes, table
from toolkit.reports.styling import COLORS, count, styled
from toolkit.rules import RULES, Rule

_MARKS = {"safe": "[*]", "unsafe": "[!]", None: ""}


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def rules(format_: str) -> None:
    """List the rules by room: what each wants, how grave it is, which official gate refuses the same, what fixes it.

    [*] is fixed by lint --fix, [!] by lint --unsafe-fixes.
    """
    ordered = sorted(RULES.values(), key=lambda rule: (rule.room, rule.id))
    if format_ == "markdown":
        click.echo(table(ordered), nl=False)
    elif format_ == "json":
        click.echo(json.dumps([_as_data(rule) for rule in ordered], indent=2))
    else:
        _print(ordered)


def _as_data(rule: Rule) -> dict[str, object]:
    keys = ("id", "room", "gates", "pedantic", "requirement", "text")
    return {**{key: getattr(rule, key) for key in keys}, "severity": rule.severity.name, "fix": fixes().get(rule.id)}


def _print(ordered: Sequence[Rule]) -> None:
    """A heading for each room, a line for each rule; on a terminal what a rule wants is wrapped below itself."""
    screen = console()
    widest = max(len(rule.id) for rule in ordered)
    for room, group in groupby(ordered, key=lambda rule: rule.room):
        inside = list(group)
        heading = f"{room} ({count(len(inside), 'rule')})"
        click.echo(styled("1", heading) if screen else heading)
        for rule in inside:
            gates, fix = ",".join(rule.gates) or "-", _MARKS[fixes().get(rule.id)]
            before = f"  {rule.id:{widest}}  {rule.severity.name:7}  {gates:6}  {fix:3}  "
            if screen:
                width = max(30, min(2 * WIDTH, screen) - len(before))
                level = styled(COLORS[rule.severity], f"{rule.severity.name:7}")
                first, *others = click.wrap_text(rule.requirement, width).splitlines()
                click.echo(before.replace(f"{rule.severity.name:7}", level) + first)
                for line in others:
                    click.echo(" " * len(before) + line)
            else:
                click.echo(f"{before}{rule.requirement}")
