"""``ldit sandbox``: a local LaunchDarkly."""

import secrets
import shlex
import signal
import threading
from pathlib import Path
from typing import Any

import click

from toolkit.metrics.access_token import VARIABLE, AccessToken
from toolkit.metrics.sandbox.options import ROLES, Faults, Options, parse_token

ACCESS_HELP = (
    "An access token that it takes, and what it may do: api-x, api-x=reader, api-x=createMetric,importEventData. "
    "May be repeated.  [default: a random one]"
)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--token", "tokens", multiple=True, metavar="TOKEN[=ROLE]", help=ACCESS_HELP)
@click.option("--project", "projects", default="default", show_default=True, help="The keys of its projects: a,b.")
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Keep all in this SQLite file.")
@click.option(
    "--integrations",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer synced-segment requests for the integrations in this directory.",
)
@click.option("--faults", default="", help="Misbehave: 429=0.3,500=0.05,reset=0.05,slow=0.1,delay=1,seed=7.")
@click.option("--strict", is_flag=True, help="Refuse also what only some of LaunchDarkly's documents refuse.")
@click.option("--allow-origin", "origins", multiple=True, help="Pages of this origin may send events; repeatable.")
def sandbox(port: int, host: str, tokens: tuple[str, ...], projects: str, faults: str, **others: Any) -> None:
    """Run a local LaunchDarkly: the metrics API, OAuth, events sinks, synced segments, SDKs without flags.

    Prints its URL when it is ready, and a command that uses it; the page there shows metrics, and events as they
    arrive. Ctrl-C stops it.
    """
    from toolkit.metrics.sandbox.server import running

    given = dict(map(parse_token, tokens)) or {f"api-{secrets.token_hex(16)}": ROLES["admin"]}
    for token in given:
        AccessToken(token)  # refuses what no client would send
    first = next(iter(given))
    keys = tuple(key.strip() for key in projects.split(","))
    if not all(keys):
        raise click.BadParameter("a project has no key", param_hint="--project")
    options = Options(
        token=first,
        projects=keys,
        tokens=given,
        faults=Faults.parse(faults) if faults else Faults(),
        **others,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with running(options, host, port) as url:
        click.echo(url)  # echo flushes
        click.echo(f"{VARIABLE}={first} ldit metric list --project {shlex.quote(keys[0])} --host {url}")
        while not stop.wait(0.5):  # a wait without an end cannot be interrupted on Windows
            pass
