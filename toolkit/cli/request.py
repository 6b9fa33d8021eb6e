"""``ldit request``: what LaunchDarkly would send."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from toolkit.cli.completion import event_names
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.json_text import read
from toolkit.requests import CAPABILITIES, EVENT_NAMES, Values, requests, why_none
from toolkit.text import did_you_mean

_LISTS = f"Capabilities: {', '.join(CAPABILITIES)}.\n\nEvents: {', '.join(EVENT_NAMES)}."


@click.command(epilog=_LISTS)
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option(
    "--event",
    default="flag-toggled",
    metavar="NAME",
    show_default=True,
    shell_complete=event_names,
    help="What happened; see below.",
)
@click.option("--data", type=click.File("rb"), help="A file with an event's JSON, sent in place of the sample.")
@click.option("--capability", type=click.Choice(list(CAPABILITIES)), metavar="NAME", help="Of this one alone.")
@click.option("--var", "given", multiple=True, metavar="KEY=VALUE", help="Fill in a form variable; repeatable.")
@click.option("--show-secrets", is_flag=True, help="Print the secrets that were given with --var.")
@click.option("--curl", is_flag=True, help="Print curl commands; values that were not given are shell variables.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def request(
    path: Path,
    event: str,
    data: BinaryIO | None,
    capability: str | None,
    given: tuple[str, ...],
    show_secrets: bool,
    curl: bool,
    format_: str,
) -> None:
    """Show the HTTP requests that LaunchDarkly would send for an integration. Nothing is sent.

    \b
      ldit request integrations/acme --event flag-archived
      ldit request integrations/acme --var apiToken=secret --curl
      ldit request integrations/acme --event validation
    """
    if event not in EVENT_NAMES:
        help_ = did_you_mean(event, EVENT_NAMES) or f"name one of: {', '.join(EVENT_NAMES)}"
        raise LditError(f"there is no sample event {event}", help_)
    integration = _integration(path)
    values = Values(dict(_assignment(setting) for setting in given), show_secrets)
    sent = _event(data) if data else None
    found = requests(integration, values, event=event, capability=capability, moment=datetime.now(UTC), data=sent)
    if format_ == "json":
        click.echo(json.dumps([one.as_data() for one in found], indent=2))
    elif found:
        click.echo("\n\n".join(one.as_curl() if curl else one.as_text() for one in found))
    if not found:
        click.echo(f"{integration.title} makes no request: {why_none(integration, event, capability)}", err=True)
    shown = "".join(one.as_text() for one in found)
    if missing := sorted(name for name in {name for one in found for name in one.unset} if name in shown):
        click.echo(f"not given: {', '.join(missing)}; fill them in with --var KEY=VALUE", err=True)


def _integration(path: Path) -> Integration:
    directories = discover([path])
    if len(directories) != 1:
        what = "no integration" if not directories else f"{len(directories)} integrations"
        raise LditError(f"{path} holds {what}", "name the directory of one")
    return Integration.read(directories[0])


def _event(file: BinaryIO) -> dict[str, Any]:
    value = read(file.read()).value
    if not isinstance(value, dict):
        raise LditError(f"{file.name} holds no JSON object", "give the JSON of one event")
    return value


def _assignment(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals:
        raise click.BadParameter(f"`{setting}` is not KEY=VALUE", param_hint="--var")
    return key.strip(), value
