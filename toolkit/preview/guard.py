"""Keeps everybody but the page itself away: other hosts, other sites, whoever does not know the token."""

from secrets import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Lets a request through that names this host, comes from its own page, and starts with the token.

    The token is cut off the path: the application behind knows nothing of it.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = tuple(f"{name}:{port}" for name in _NAMES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or hands on, one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        token, _, path = scope["path"].removeprefix("/").partition("/")
        if refusal := self._refusal(scope["method"], Headers(scope=scope), token):
            await PlainTextResponse(*refusal)(scope, receive, safely)
        else:
            await self._app({**scope, "path": f"/{path}", "raw_path": None}, receive, safely)

    def _refusal(self, method: str, headers: Headers, token: str) -> tuple[str, int] | None:
        """Why a request goes no further, with its status."""
        host = headers.get("host", "")
        if host not in self._hosts:
            return "This is not the host that it runs on.", 421
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        foreign = site not in ("same-origin", "none") or (origin is not None and origin != f"http://{host}")
        if foreign or (method not in ("GET", "HEAD") and origin is None):
            return "Only the page itself may ask for this.", 403
        if not compare_digest(token.encode(), self._token.encode()):
            return "Open the address that ldit preview printed.", 404
        return None
