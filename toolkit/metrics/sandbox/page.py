"""``GET /``: metrics, events and synced segments as they are now. Its script fetches it again and again."""

import time
from functools import cache
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from toolkit import resources
from toolkit.metrics.definition import kind_of
from toolkit.metrics.sandbox.events import matched
from toolkit.metrics.sandbox.state import Sandbox

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
}


@cache
def _template() -> jinja2.Template:
    folder = resources.path("templates/sandbox")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["clock"] = lambda ms: time.strftime("%H:%M:%S", time.localtime(ms / 1000))
    return environment.get_template("page.html.jinja")


async def show(sandbox: Sandbox, request: Request) -> Response:
    events = list(matched(sandbox))
    metrics: list[dict[str, Any]] = [
        metric | {"people": kind_of(metric), "events": sum(metric["key"] in event["metrics"] for event in events)}
        for metric in sandbox.store.metrics(sandbox.project)
    ]
    html = _template().render(
        project=sandbox.project,
        metrics=metrics,
        events=events,
        segments=sandbox.segments,
    )
    # JSON can hold half a surrogate pair, UTF-8 cannot.
    return Response(html.encode("utf-8", "replace"), headers=HEADERS, media_type="text/html")


async def style(sandbox: Sandbox, request: Request) -> Response:
    return _file("page.css", "text/css")


async def script(sandbox: Sandbox, request: Request) -> Response:
    return _file("page.js", "text/javascript")


def _file(name: str, media_type: str) -> Response:
    return Response(resources.path(f"templates/sandbox/{name}").read_bytes(), headers=HEADERS, media_type=media_type)
