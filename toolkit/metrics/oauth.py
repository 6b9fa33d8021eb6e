"""Logs a member in: OAuth 2.0 with a code that comes to this machine (RFC 6749, 7636 and 8252)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from urllib3.exceptions import HTTPError

from toolkit.errors import LditError
from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.hosts import LOOPBACK
from toolkit.metrics.proxies import connections
from toolkit.metrics.transport import TIMEOUT
from toolkit.text import printable, reason

REDIRECT_URI = "http://127.0.0.1:8766/callback"
PATIENCE = 300.0
ANSWER = b"<!doctype html><meta charset=utf-8><title>ldit</title><p>%s You can close this window."


class LoginError(LditError):
    """No token: denied, answered with another state, or too late."""


@dataclass(frozen=True)
class Login:
    """One attempt of a client that is registered with LaunchDarkly; ``host`` is the base URL of the API.

    ``redirect_uri`` is the one that is registered, on this machine. Raises LoginError for one that is not.
    """

    host: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str = REDIRECT_URI
    scope: str = "writer"
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.redirect_uri)
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            help_ = f"register {REDIRECT_URI} with your OAuth client, and use that"
            raise LoginError(f"`{self.redirect_uri}` is not on this machine", help_)

    @property
    def authorize_url(self) -> str:
        """Where the member's browser starts."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": self.scope,
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{self.host}/trust/oauth/authorize?{urlencode(query)}"

    def token(self, open_browser: Callable[[str], object], patience: float = PATIENCE) -> AccessToken:
        """Calls ``open_browser`` with ``authorize_url``, waits for the redirect, and exchanges the code.

        Raises LoginError, also when nothing has come after ``patience`` seconds.
        """
        with _listening(self.redirect_uri) as server:
            open_browser(self.authorize_url)
            end = time.monotonic() + patience
            while server.query is None:
                if time.monotonic() > end:
                    raise LoginError("nobody has come back from LaunchDarkly's page in time", "start again")
                server.handle_request()
            return self._exchange(self._code(server.query))

    def _code(self, query: dict[str, str]) -> str:
        if not hmac.compare_digest(query.get("state", "").encode(), self.state.encode()):
            raise LoginError("the redirect carries another state, it is not the answer to this login", "start again")
        if problem := query.get("error"):
            denied = problem == "access_denied"
            message = "the member has denied access" if denied else f"LaunchDarkly answered {printable(problem[:100])}"
            raise LoginError(message, "ask an admin or a writer of the account to log in" if denied else "")
        if not query.get("code"):
            raise LoginError("the redirect carries no code", "start again")
        return query["code"]

    def _exchange(self, code: str) -> AccessToken:
        url = f"{self.host}/trust/oauth/token"
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code_verifier": self.verifier,
        }
        try:
            pool = connections(url, TIMEOUT)
            answer = pool.request("POST", url, fields=form, encode_multipart=False, redirect=False, retries=False)
            value = json.loads(answer.data[:100_000])
        except (HTTPError, ValueError, RecursionError):
            raise LoginError("the code was not exchanged for a token", "start again") from None
        found = value.get("access_token") if isinstance(value, dict) else None
        if answer.status != 200 or not isinstance(found, str):
            problem = str(value.get("error", "") if isinstance(value, dict) else "")[:100]
            help_ = "check the client's id and secret" if problem == "invalid_client" else "start again"
            raise LoginError(f"LaunchDarkly gave no token: {answer.status} {printable(problem)}", help_)
        return AccessToken(found)


class _Server(HTTPServer):
    """Takes one redirect to ``path``; ``query`` is None until it has come."""

    query: dict[str, str] | None = None
    path = "/"
    timeout = 0.2


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        expected = parts.path == self.server.path and host in LOOPBACK
        if expected:
            self.server.query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        content = ANSWER % (b"Back to your terminal." if expected else b"Nothing here.")
        self.send_response(200 if expected else 404)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing: the code must not be shown."""


@contextmanager
def _listening(uri: str) -> Iterator[_Server]:
    parts = urlsplit(uri)
    try:
        server = _Server(("127.0.0.1", parts.port or 80), _Handler)
    except OSError as error:
        help_ = "stop what listens there, or register another redirect URI"
        raise LoginError(f"cannot listen on port {parts.port or 80}: {reason(error)}", help_) from None
    server.path = parts.path or "/"
    with server:
        yield server
