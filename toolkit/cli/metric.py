"""``ldit metric``: the reference metric creator."""

import json
from typing import Any

import click

from toolkit.cli import say
from toolkit.cli.metric_output import metric_line, show_calls, show_result
from toolkit.cli.metric_target import Target, targeted
from toolkit.metrics.event import MetricEvent
from toolkit.text import printable


class Commands(click.Group):
    """The subcommands, each imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names in the order in which they are needed."""
        return ["login", "create", "update", "list", "show", "delete", "send-event"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command called ``name``."""
        if name in ("create", "update"):
            from toolkit.cli import metric_define

            return {"create": metric_define.create, "update": metric_define.update}[name]
        if name == "login":
            from toolkit.cli.metric_login import login

            return login
        return super().get_command(ctx, name)


@click.group(cls=Commands)
def metric() -> None:
    """Create, change, list, show and delete metrics, and send their events.

    The access token comes from LAUNCHDARKLY_ACCESS_TOKEN or from a hidden prompt.
    """


@metric.command("list")
@targeted
def list_(target: Target) -> None:
    """List the metrics of a project."""
    if target.dry_run:
        show_calls(target, [target.calls.list()])
        return
    with target.client() as client:
        metrics = list(client.list())
    if not metrics:
        say(f"the project {target.calls.project} has no metrics")
    show_result(target, metrics, [metric_line(each) for each in metrics])


@metric.command()
@click.argument("key")
@targeted
def show(target: Target, key: str) -> None:
    """Show the metric with the metric key KEY."""
    if target.dry_run:
        show_calls(target, [target.calls.get(key)])
        return
    with target.client() as client:
        found = client.get(key)
    fields = [f"  {name}: {json.dumps(value)}" for name, value in found.items() if not name.startswith("_")]
    show_result(target, found, [metric_line(found), *fields])


@metric.command()
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@targeted
def delete(target: Target, key: str, yes: bool) -> None:
    """Delete the metric with the metric key KEY."""
    if target.dry_run:
        show_calls(target, [target.calls.delete(key)])
        return
    if not yes:
        click.confirm(f"Delete metric {printable(key)} of project {target.project}?", abort=True, err=True)
    with target.client() as client:
        client.delete(key)
    show_result(target, {"deleted": key}, [f"deleted  {key}"])


@metric.command("send-event")
@click.argument("event_key")
@click.option("--environment", required=True, help="Its key. Events count in its experiments: use one for tests.")
@click.option("--context", "contexts", multiple=True, required=True, metavar="KIND:KEY", help="As in user:ada.")
@click.option("--value", type=float, help="What a numeric metric measures.")
@targeted
def send_event(target: Target, event_key: str, environment: str, contexts: tuple[str, ...], **values: Any) -> None:
    """Send one event with the event key EVENT_KEY, as your code would, into one environment."""
    pairs = [each.partition(":") for each in contexts]
    event = MetricEvent(event_key, {kind: key for kind, _, key in pairs}, values["value"])
    if target.dry_run:
        show_calls(target, [target.calls.import_event(event, environment)])
        return
    with target.client() as client:
        client.send_event(event, environment)
    show_result(target, {"sent": event.body()}, [f"sent  {event_key}"])
