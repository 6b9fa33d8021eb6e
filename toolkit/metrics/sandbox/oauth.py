"""OAuth as LaunchDarkly has it: clients are registered, a member consents on a page, a code becomes a token."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from toolkit.metrics.sandbox import schemas
from toolkit.metrics.sandbox.page import html
from toolkit.metrics.sandbox.projects import link
from toolkit.metrics.sandbox.state import NO_SUCH, Sandbox
from toolkit.metrics.sandbox.wire import RefusedError, answer, body_of, data_of

SCOPES = ("reader", "writer")
CODE_LIFE, TOKEN_LIFE = 60.0, 3600


@dataclass(frozen=True)
class Client:
    """A registered OAuth client."""

    id: str
    secret: str
    name: str
    redirect_uri: str
    created: int = field(default_factory=lambda: int(time.time() * 1000))

    def shown(self) -> dict[str, object]:
        """The client as the API answers it, without its secret, which only the answer to its creation has."""
        return {
            "_links": {"self": link(f"/api/v2/oauth/clients/{self.id}")},
            "_clientId": self.id,
            "_accountId": "0" * 24,
            "_creationDate": self.created,
            "name": self.name,
            "redirectUri": self.redirect_uri,
        }


@dataclass(frozen=True)
class Grant:
    """What a member has consented to, until it is exchanged for a token."""

    client: Client
    scope: str
    challenge: str
    expires: float


@dataclass
class Registry:
    """The clients, grants (by code) and consent forms of one sandbox; in memory only."""

    clients: dict[str, Client] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    form_token: str = field(default_factory=secrets.token_urlsafe)
    refresh: dict[str, tuple[Client, str]] = field(default_factory=dict)


async def register(sandbox: Sandbox, request: Request) -> Response:
    """Registers an OAuth client; the only answer that shows its secret."""
    sandbox.tokens.authorize(request, "createOAuthClient")
    body = await body_of(request)
    schemas.check_client(body)
    if not _is_redirect(body["redirectUri"]):
        raise RefusedError(
            400, "Invalid request: redirectUri: it must be https, or http on this machine, with no query"
        )
    if sandbox.options.strict and not body["redirectUri"].startswith("https:"):
        raise RefusedError(
            400, "Invalid request: redirectUri: it must be https (the page on registering a client says so)"
        )
    client = Client(secrets.token_hex(16), secrets.token_urlsafe(32), body["name"], body["redirectUri"])
    sandbox.oauth.clients[client.id] = client
    return answer(client.shown() | {"_clientSecret": client.secret}, 201)


async def clients(sandbox: Sandbox, request: Request) -> Response:
    """All OAuth clients."""
    sandbox.tokens.authorize(request)
    items = [client.shown() for client in sandbox.oauth.clients.values()]
    return answer({"items": items, "_links": {"self": link("/api/v2/oauth/clients")}})


async def client(sandbox: Sandbox, request: Request) -> Response:
    """One OAuth client, or 404."""
    sandbox.tokens.authorize(request)
    if found := sandbox.oauth.clients.get(request.path_params["key"]):
        return answer(found.shown())
    raise RefusedError(404, NO_SUCH)


async def unregister(sandbox: Sandbox, request: Request) -> Response:
    """Removes an OAuth client: 204, or 404."""
    sandbox.tokens.authorize(request, "createOAuthClient")
    if sandbox.oauth.clients.pop(request.path_params["key"], None):
        return Response(status_code=204)
    raise RefusedError(404, NO_SUCH)


async def consent_page(sandbox: Sandbox, request: Request) -> Response:
    """Asks the member; what is wrong with the client or its URI is never sent on to that URI."""
    query = dict(request.query_params)
    found = _client(sandbox, query)
    problem = _problem(query)
    if problem:
        return _back(found, query, error=problem)
    kept = {name: query.get(name, "") for name in ("client_id", "redirect_uri", "scope", "state", "code_challenge")}
    fields = kept | {"form_token": sandbox.oauth.form_token}
    origin = "://".join(urlsplit(found.redirect_uri)[:2])
    return html("consent.html.jinja", origin, client=found.name, scope=_scope(query), fields=fields)


async def consent(sandbox: Sandbox, request: Request) -> Response:
    """What the member has pressed."""
    form = dict(parse_qsl((await data_of(request)).decode("utf-8", "replace")))
    if not hmac.compare_digest(form.get("form_token", "").encode(), sandbox.oauth.form_token.encode()):
        raise RefusedError(403, "this form is not the sandbox's own")
    found = _client(sandbox, form)
    if form.get("decision") != "allow":
        return _back(found, form, error="access_denied")
    code = secrets.token_urlsafe(24)
    expires = time.monotonic() + CODE_LIFE
    sandbox.oauth.grants[code] = Grant(found, _scope(form), form.get("code_challenge", ""), expires)
    return _back(found, form, code=code)


async def exchange(sandbox: Sandbox, request: Request) -> Response:
    """Answers a token for a code (once) or for a refresh token."""
    form = dict(parse_qsl((await data_of(request)).decode("utf-8", "replace")))
    found = sandbox.oauth.clients.get(form.get("client_id", ""))
    if not found or not hmac.compare_digest(form.get("client_secret", "").encode(), found.secret.encode()):
        return _refused("invalid_client", 401)
    if form.get("grant_type") == "refresh_token":
        owner, scope = sandbox.oauth.refresh.pop(form.get("refresh_token", ""), (None, ""))
        return _token(sandbox, found, scope) if owner == found else _refused("invalid_grant")
    if form.get("grant_type") != "authorization_code":
        return _refused("unsupported_grant_type")
    grant = sandbox.oauth.grants.pop(form.get("code", ""), None)
    expired = not grant or grant.expires < time.monotonic()
    if expired or not grant or grant.client != found or form.get("redirect_uri") != found.redirect_uri:
        return _refused("invalid_grant")
    if grant.challenge and grant.challenge != challenge(form.get("code_verifier", "")):
        return _refused("invalid_grant")
    return _token(sandbox, found, grant.scope)


def challenge(verifier: str) -> str:
    """The S256 code challenge of PKCE (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _token(sandbox: Sandbox, owner: Client, scope: str) -> Response:
    token, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    sandbox.tokens.add(token, scope)
    sandbox.oauth.refresh[refresh] = (owner, scope)
    body = {"access_token": token, "refresh_token": refresh, "token_type": "Bearer", "expires_in": TOKEN_LIFE}
    return answer(body | {"scope": scope}, headers={"Cache-Control": "no-store"})


def _refused(error: str, status: int = 400) -> Response:
    return answer({"error": error}, status)


def _client(sandbox: Sandbox, form: Mapping[str, str]) -> Client:
    found = sandbox.oauth.clients.get(form.get("client_id", ""))
    if not found or form.get("redirect_uri", found.redirect_uri) != found.redirect_uri:
        raise RefusedError(400, "Invalid request: client_id or redirect_uri: no such client is registered")
    return found


def _problem(query: Mapping[str, str]) -> str:
    if query.get("response_type") != "code":
        return "unsupported_response_type"
    if not _scope(query):
        return "invalid_scope"
    unknown = query.get("code_challenge") and query.get("code_challenge_method") != "S256"
    return "invalid_request" if unknown else ""


def _scope(form: Mapping[str, str]) -> str:
    asked = form.get("scope", "reader").split()
    return "" if not asked or set(asked) - set(SCOPES) else "writer" if "writer" in asked else "reader"


def _back(to: Client, form: Mapping[str, str], **result: str) -> Response:
    state = {"state": form["state"]} if form.get("state") else {}
    return RedirectResponse(f"{to.redirect_uri}?{urlencode(result | state)}", 303)


def _is_redirect(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        return (
            bool(parts.hostname)
            and not parts.fragment
            and not parts.query
            and uri.isascii()
            and (parts.scheme == "https" or local)
        )
    except ValueError:
        return False
