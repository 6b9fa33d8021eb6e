"""What the ``ldit metric`` commands print: a result for a person or a program, and the calls of a dry run."""

import json
from typing import Any

import click

from toolkit.cli.metric_target import Target, token_scheme
from toolkit.metrics.calls import Call
from toolkit.metrics.curl import as_curl, as_http
from toolkit.metrics.definition import kind_of
from toolkit.text import printable


def show_result(target: Target, value: object, lines: list[str]) -> None:
    """Prints ``value`` for a program, ``lines`` for a person."""
    if target.as_json:
        click.echo(json.dumps(value, indent=2))
        return
    for line in lines:
        click.echo(printable(line))


def show_calls(target: Target, calls: list[Call]) -> None:
    """Prints requests that are not sent, each with a curl command."""
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


def metric_line(metric: dict[str, Any]) -> str:
    """A metric, an answer of the API, in one line."""
    event = f'event key "{metric["eventKey"]}"' if metric.get("eventKey") else "no event key"
    archived = "  archived" if metric.get("archived") is True else ""
    return f"{metric.get('key')}  {kind_of(metric)}  {event}{archived}"
