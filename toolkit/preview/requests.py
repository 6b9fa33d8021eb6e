"""The requests that reach the partner's service, ready to be shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from toolkit import events
from toolkit.errors import LditError
from toolkit.preview.markdown import EMPTY, clipped, marked
from toolkit.preview.view import View
from toolkit.requests import CAPABILITIES, VALIDATION, Request, requests, why_none
from toolkit.requests.request import UNSIGNED

LONGEST = 200_000
"""Code points of a body; of a longer one the rest is counted, not shown."""
EVENT_GROUPS = (
    *((f"Change history: {kind}", names) for kind, names in events.CHANGES.items()),
    ("Guarded rollouts", tuple(events.ROLLOUTS.values())),
    ("Validate connection", (VALIDATION,)),
)
"""The events to choose from, grouped."""


@dataclass(frozen=True)
class RequestView:
    """A request with its missing values marked; ``text``, ``curl`` and ``official`` are to be copied.

    With an ``error`` there is no more than the capability that it is about.
    """

    capability: str
    name: str = ""
    method: str = ""
    url: Markup = EMPTY
    headers: tuple[tuple[str, Markup], ...] = ()
    body: Markup | None = None
    signed: str = ""
    text: str = ""
    curl: str = ""
    official: str = ""
    error: str = ""


def request_views(view: View) -> list[RequestView]:
    """Each request for the chosen event, or why it cannot be made."""
    return list(_views(view)) if view.integration.manifest else []


def why_no_request(view: View) -> str:
    """Why there is none, as a sentence."""
    return f"LaunchDarkly makes no request: {why_none(view.integration, view.choices.event, None)}."


def _views(view: View) -> Iterator[RequestView]:
    try:
        sent = view.event
    except LditError as error:
        yield RequestView("Your own event", error=str(error))
        return
    for capability in CAPABILITIES:
        try:
            found = requests(
                view.integration,
                view.values,
                event=view.choices.event,
                capability=capability,
                moment=view.moment,
                data=sent,
            )
        except LditError as error:
            yield RequestView(capability, error=view.conceal(str(error)))
            continue
        yield from (_view(view, request) for request in found)


def _view(view: View, request: Request) -> RequestView:
    missing = (*request.unset, UNSIGNED)

    def shown(text: str) -> Markup:
        return marked(clipped(view.conceal(text), LONGEST), missing)

    digest = request.signature[1] if request.signature else ""
    return RequestView(
        capability=request.capability,
        name=request.name,
        method=request.method,
        url=shown(request.url),
        headers=tuple((name, shown(value)) for name, value in request.all_headers),
        body=None if request.body is None else shown(pretty(request.body)),
        signed="" if request.signature is None else "computed" if digest else "missing",
        text=clipped(view.conceal(request.as_text()), LONGEST),
        curl=clipped(view.conceal(request.as_curl()), LONGEST),
        official=clipped(view.conceal(request.as_preview()), LONGEST),
    )


def pretty(body: str) -> str:
    """A body with line breaks and indents where it is JSON."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body.rstrip()
