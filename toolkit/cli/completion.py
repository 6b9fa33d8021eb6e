"""What a shell offers when a name is to be completed: of rules, of rooms, of events."""

import click
from click.shell_completion import CompletionItem


def rule_names(_ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Rules, with what they want, and rooms of them that begin as what is typed, after its last comma."""
    from toolkit.rules import RULES

    before, comma, start = typed.rpartition(",")
    helps = {rule.room: "a room of rules" for rule in RULES.values()}
    helps |= {rule.id: rule.requirement for rule in RULES.values()}
    found = sorted((name, help_) for name, help_ in helps.items() if name.startswith(start))
    return [CompletionItem(f"{before}{comma}{name}", help=help_) for name, help_ in found]


def event_names(_ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The events that begin as what is typed."""
    from toolkit.requests import EVENT_NAMES

    return [CompletionItem(name) for name in EVENT_NAMES if name.startswith(typed)]
