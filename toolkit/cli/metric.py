"""``ldit metric``: the reference metric creator."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.metric_target import Target, targeted, token_scheme
from toolkit.errors import LditError
from toolkit.metrics.calls import Call
from toolkit.metrics.curl import as_curl, as_http
from toolkit.metrics.definition import MetricDefinition, kind_of, read
from toolkit.metrics.event import MetricEvent

if TYPE_CHECKING:
    from toolkit.metrics.client import MetricsClient
    from toolkit.metrics.importer import Step

INTERRUPTED = 130


@click.group()
def metric() -> None:
    """Create, list, show and delete metrics, and send their events.

    The access token comes from LAUNCHDARKLY_ACCESS_TOKEN or from a hidden prompt.
    """


@metric.command()
@click.option("--from", "source", type=click.Path(path_type=Path), help="Create the metrics of this file.")
@click.option("--kind", type=click.Choice(["binary", "count", "numeric"]), help="Whether, how often, how much.")
@click.option("--key", help="The metric key: names the metric in API calls.")
@click.option("--event-key", help="The event key: what your code passes to track().")
@click.option("--name")
@click.option("--description")
@click.option("--unit", help="Of a numeric metric, such as ms.")
@click.option("--success", type=click.Choice(["higher", "lower"]), help="Which direction is better.")
@click.option("--aggregation", type=click.Choice(["average", "sum"]), help="Of the values of one unit.")
@click.option("--percentile", type=int, help="Compare this percentile instead of the mean.")
@click.option("--units-without-events", type=click.Choice(["zero", "excluded"]))
@click.option("--analysis-unit", "analysis_units", multiple=True, metavar="KIND", help="May be repeated.")
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@targeted
def create(target: Target, source: Path | None, **flags: Any) -> None:
    """Create one metric from flags, or those of a file; what is there already, identical, is left alone."""
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    if source and given:
        raise LditError("--from takes no flags about a metric", "put everything into the file")
    definitions = read(source) if source else [_from_flags(given)]
    if target.dry_run:
        _show_calls(target, [target.calls.create(each) for each in definitions])
        return
    with target.client() as client:
        if source:
            _create_all(client, definitions, target)
            return
        outcome = client.create(definitions[0])
    line = ("created  " if outcome.created else "already there  ") + _line(outcome.metric)
    _show(target, {"created": outcome.created, "metric": outcome.metric}, [line])


@metric.command("list")
@targeted
def list_(target: Target) -> None:
    """List the metrics of a project."""
    if target.dry_run:
        _show_calls(target, [target.calls.list()])
        return
    with target.client() as client:
        metrics = list(client.list())
    _show(target, metrics, [_line(each) for each in metrics])


@metric.command()
@click.argument("key")
@targeted
def show(target: Target, key: str) -> None:
    """Show the metric with the metric key KEY."""
    if target.dry_run:
        _show_calls(target, [target.calls.get(key)])
        return
    with target.client() as client:
        found = client.get(key)
    fields = [f"  {name}: {json.dumps(value)}" for name, value in found.items() if not name.startswith("_")]
    _show(target, found, [_line(found), *fields])


@metric.command()
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@targeted
def delete(target: Target, key: str, yes: bool) -> None:
    """Delete the metric with the metric key KEY."""
    if target.dry_run:
        _show_calls(target, [target.calls.delete(key)])
        return
    if not yes:
        click.confirm(f"Delete metric {_plain(key)} of project {target.project}?", abort=True, err=True)
    with target.client() as client:
        client.delete(key)
    _show(target, {"deleted": key}, [f"deleted  {key}"])


@metric.command("send-event")
@click.argument("event_key")
@click.option("--context", "contexts", multiple=True, required=True, metavar="KIND:KEY", help="As in user:ada.")
@click.option("--value", type=float, help="What a numeric metric measures.")
@click.option("--environment", default="production", show_default=True, help="Its key.")
@targeted
def send_event(
    target: Target, event_key: str, contexts: tuple[str, ...], value: float | None, environment: str
) -> None:
    """Send one event with the event key EVENT_KEY, as your code would."""
    pairs = [each.partition(":") for each in contexts]
    event = MetricEvent(event_key, {kind: key for kind, _, key in pairs}, value)
    if target.dry_run:
        _show_calls(target, [target.calls.import_event(event, environment)])
        return
    with target.client() as client:
        client.send_event(event, environment)
    _show(target, {"sent": event.body()}, [f"sent  {event_key}"])


def _from_flags(given: dict[str, Any]) -> MetricDefinition:
    if missing := [name for name in ("kind", "key", "event_key") if name not in given]:
        flags = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise LditError(f"a metric needs {flags}", "add it, or say --from FILE")
    return MetricDefinition(**given)


def _create_all(client: "MetricsClient", definitions: list[MetricDefinition], target: Target) -> None:
    """Creates all with a progress bar on standard error; shows what was done, however it ended, and exits."""
    from toolkit.metrics.importer import create_all

    steps: list[Step] = []
    ended: BaseException | None = None
    hidden = target.as_json or not sys.stderr.isatty()
    with click.progressbar(length=len(definitions), label="Creating", file=sys.stderr, hidden=hidden) as bar:
        try:
            for step in create_all(client, definitions):
                steps.append(step)
                bar.update(1)
        except (LditError, KeyboardInterrupt) as error:
            ended = error
    rows = [{"key": step.definition.key, "result": step.result, "reason": step.reason} for step in steps]
    width = max((len(step.definition.key) for step in steps), default=0)
    _show(target, rows, [f"{row['key']:{width}}  {row['result']}  {row['reason']}".rstrip() for row in rows])
    counts = [f"{count} {result}" for result, count in _tally(steps).items()]
    click.echo(f"{len(steps)} of {len(definitions)} metrics: {', '.join(counts) or 'nothing done'}", err=True)
    if isinstance(ended, KeyboardInterrupt):
        click.echo("interrupted; run it again to go on", err=True)
        sys.exit(INTERRUPTED)
    if ended:
        raise ended
    sys.exit(int("failed" in _tally(steps)))


def _tally(steps: "list[Step]") -> dict[str, int]:
    results = [step.result for step in steps]
    return {result: results.count(result) for result in dict.fromkeys(results)}


def _show_calls(target: Target, calls: list[Call]) -> None:
    scheme = token_scheme()
    rows = [
        {
            "method": call.method,
            "url": call.url,
            "headers": {**call.headers, "Authorization": "***"},
            "body": call.body,
            "curl": as_curl(call, scheme),
        }
        for call in calls
    ]
    if target.as_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        click.echo("\n\n".join(f"{as_http(call)}\n\n{as_curl(call, scheme)}" for call in calls))


def _show(target: Target, value: object, lines: list[str]) -> None:
    """Prints ``value`` for a program, ``lines`` for a person."""
    if target.as_json:
        click.echo(json.dumps(value, indent=2))
        return
    for line in lines:
        click.echo(_plain(line))


def _line(metric: dict[str, Any]) -> str:
    event = f'event key "{metric["eventKey"]}"' if metric.get("eventKey") else "no event key"
    return f"{metric.get('key')}  {kind_of(metric)}  {event}"


def _plain(text: str) -> str:
    """``text`` without what a terminal would obey or could not show."""
    return "".join(char if char.isprintable() else "?" for char in text)
