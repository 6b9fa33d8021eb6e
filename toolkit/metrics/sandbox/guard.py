"""Who may reach the sandbox: its own host names only, and pages of others only where LaunchDarkly lets them."""

import ipaddress
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toolkit.metrics.sandbox.wire import error

WITH_TOKEN = ("/api/v2/", "/v2/")
"""Here a page needs a token, which it cannot know; LaunchDarkly lets any origin ask."""
WITHOUT_TOKEN = ("/api/v2/segment-target",)
FOR_BROWSERS = ("/events/", "/sdk/", "/eval/", "/mobile", "/msdk/", "/meval/")
"""Here an app in a browser sends events or asks for flags, without a secret: pages on this machine, or named ones."""
SAFE = ("GET", "HEAD", "OPTIONS", "REPORT")
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE, OPTIONS, REPORT",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "300",
}


class Guard:
    """Wraps ``app``; ``host`` is the name or address that the sandbox listens on."""

    def __init__(self, app: ASGIApp, host: str, origins: tuple[str, ...]) -> None:
        self._app, self._host, self._origins = app, host, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what is refused, and adds the headers of CORS to the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            await error(421, "this is a sandbox: use the address that it printed")(scope, receive, send)
            return
        origin, allowed = headers.get("origin"), self._allowed(scope["path"], headers.get("origin"))
        if scope["method"] == "OPTIONS":
            await error(204 if allowed else 403, "", headers=(PREFLIGHT | allowed) if allowed else {})(
                scope, receive, send
            )
            return
        same = origin is None or origin == f"{scope['scheme']}://{headers.get('host')}"
        if not (same or allowed or scope["method"] in SAFE):
            await error(403, f"a page of {str(origin)[:200]} may not write here; see --allow-origin")(
                scope, receive, send
            )
            return
        await self._app(scope, receive, _adding(allowed, send))

    def _is_ours(self, host: str) -> bool:
        """A DNS name that another may point here is refused; an address or `localhost` cannot be pointed anywhere."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in ("localhost", self._host.lower()):
                return True
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _allowed(self, path: str, origin: str | None) -> dict[str, str]:
        """The headers that let a page of ``origin`` read the answer; none if it may not."""
        if path.startswith(WITH_TOKEN) and not path.startswith(WITHOUT_TOKEN):
            return {"Access-Control-Allow-Origin": "*"}
        if origin and path.startswith(FOR_BROWSERS) and (origin in self._origins or _is_local(origin)):
            return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        return {}


def _is_local(origin: str) -> bool:
    try:
        return urlsplit(origin).hostname in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return False


def _adding(headers: dict[str, str], send: Send) -> Send:
    async def add(message: Message) -> None:
        if headers and message["type"] == "http.response.start":
            raw: MutableMapping[str, Any] = message
            MutableHeaders(scope=raw).update(headers)
        await send(message)

    # FaultyApp looks for the server's own method to break a connection.
    add.__self__ = getattr(send, "__self__", None)  # type: ignore[attr-defined]
    return add
