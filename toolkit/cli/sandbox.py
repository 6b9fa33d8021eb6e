"""``ldit sandbox``: a local LaunchDarkly."""

import signal
import threading
from pathlib import Path

import click

from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.sandbox.options import Faults, Options


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--token", default=Options().token, show_default=True, help="The access token that it takes.")
@click.option("--project", default=Options().project, show_default=True, help="The key of its project.")
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Keep all in this SQLite file.")
@click.option(
    "--integrations",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer synced-segment requests for the integrations in this directory.",
)
@click.option("--faults", default="", help="Misbehave: 429=0.3,500=0.05,reset=0.05,slow=0.1,delay=1,seed=7.")
def sandbox(
    port: int, host: str, token: str, project: str, data: Path | None, integrations: Path | None, faults: str
) -> None:
    """Run a local LaunchDarkly: the metrics API, an events sink, synced segments.

    Prints its URL when it is ready; the page there shows metrics, and events as they arrive. Ctrl-C stops it.
    """
    from toolkit.metrics.sandbox.server import running

    AccessToken(token)  # refuses what no client would send
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    options = Options(token, project, data, integrations, Faults.parse(faults) if faults else Faults())
    with running(options, host, port) as url:
        click.echo(url)  # echo flushes
        while not stop.wait(0.5):  # a wait without an end cannot be interrupted on Windows
            pass
