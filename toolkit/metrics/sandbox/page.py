"""``GET /``: the latest metrics, events and synced segments. Its script then asks for what has changed, and no more."""

import time
from functools import cache
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from toolkit import resources
from toolkit.metrics.definition import kind_of
from toolkit.metrics.sandbox.state import Sandbox
from toolkit.metrics.sandbox.store import SPAN
from toolkit.metrics.sandbox.wire import RefusedError, answer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
METRICS, EVENTS = 100, 50
"""The most that the page shows."""
BARS = 30
"""The spans of a histogram, the newest on the right."""


@cache
def _environment() -> jinja2.Environment:
    folder = resources.path("templates/sandbox")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["clock"] = lambda ms: time.strftime("%H:%M:%S", time.localtime(ms / 1000))
    return environment


def html(template: str, forms_lead_to: str = "", **values: Any) -> Response:
    """A page from a template in ``templates/sandbox``, whose forms may be redirected to that origin too."""
    headers = HEADERS | {"Content-Security-Policy": f"{POLICY} {forms_lead_to}".strip()}
    text = _environment().get_template(template).render(values)
    # JSON can hold half a surrogate pair, UTF-8 cannot.
    return Response(text.encode("utf-8", "replace"), headers=headers, media_type="text/html")


async def show(sandbox: Sandbox, request: Request) -> Response:
    """The page."""
    return html("page.html.jinja", projects=", ".join(sandbox.options.projects), **_rows(sandbox, 0))


async def changes(sandbox: Sandbox, request: Request) -> Response:
    """What is new since the version and the number of segments in ``since``, as rows of the page."""
    try:
        since, segments = map(int, request.query_params.get("since", "0-0").split("-"))
    except ValueError:
        raise RefusedError(400, "Invalid request: since must be two numbers") from None
    if not 0 <= since < 2**62:
        raise RefusedError(400, "Invalid request: since must be two numbers")
    rows = _rows(sandbox, since)
    if rows["state"] == f"{since}-{segments}":
        return Response(status_code=204)
    macros: Any = _environment().get_template("rows.html.jinja").module
    found: dict[str, Any] = {
        "state": rows["state"],
        "counts": {"metrics": rows["total"], "events": rows["shown"]},
        "metrics": {each["id"]: str(macros.metric(each)) for each in reversed(rows["metrics"])},
        "gone": [f"{project} {key}" for version, project, key in sandbox.store.deleted if version > since],
        "events": {each["id"]: str(macros.event(each)) for each in reversed(rows["events"])},
    }
    if sandbox.segments_received != segments:
        found["segments"] = str(macros.segments(sandbox.segments))
    return answer(found)


def _rows(sandbox: Sandbox, since: int) -> dict[str, Any]:
    store, projects = sandbox.store, sandbox.options.projects
    metrics = [_row(sandbox, project, *each) for project in projects for each in store.changed(project, since, METRICS)]
    # An event has the version in which it came, or a later one.
    newest = [{**event, "project": project} for project in projects for event in store.events(project, EVENTS)]
    events = [event for event in newest if event["version"] > since]
    events.sort(key=lambda event: -int(event["number"]))
    return {
        "state": f"{store.version}-{sandbox.segments_received}",
        "metrics": metrics[:METRICS],
        "events": [event | {"id": f"event-{event['number']}"} for event in events[:EVENTS]],
        "segments": sandbox.segments,
        "total": sum(store.total(project) for project in projects),
        "shown": EVENTS,
    }


def _row(sandbox: Sandbox, project: str, metric: dict[str, Any], events: int) -> dict[str, Any]:
    now = int(time.time()) // SPAN
    first = now - BARS + 1
    spans = sandbox.store.spans(project, metric["key"], first) if events else {}
    counts = [spans.get(span, 0) for span in range(first, now + 1)]
    most = max(counts) or 1
    bars = [(index * 4, round(20 * count / most, 1)) for index, count in enumerate(counts) if count]
    return metric | {
        "id": f"{project} {metric['key']}",
        "people": kind_of(metric),
        "events": events,
        "recent": sum(counts),
        "bars": bars,
    }


async def style(sandbox: Sandbox, request: Request) -> Response:
    """The page's style sheet."""
    return _file("page.css", "text/css")


async def script(sandbox: Sandbox, request: Request) -> Response:
    """The page's script."""
    return _file("page.js", "text/javascript")


def _file(name: str, media_type: str) -> Response:
    return Response(resources.path(f"templates/sandbox/{name}").read_bytes(), headers=HEADERS, media_type=media_type)
