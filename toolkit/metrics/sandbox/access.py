"""Who may do what: API tokens with roles, and OAuth tokens with scopes."""

import hmac
from collections.abc import Mapping

from starlette.requests import Request

from toolkit.metrics.sandbox.options import ROLES, VIEW, Options
from toolkit.metrics.sandbox.wire import RefusedError


class Tokens:
    """The tokens of one sandbox; OAuth tokens are added as they are given out."""

    def __init__(self, options: Options) -> None:
        self._api: dict[str, frozenset[str]] = {options.token: ROLES["admin"], **options.tokens}
        self._oauth: dict[str, frozenset[str]] = {}

    def add(self, token: str, scope: str) -> None:
        """Takes an OAuth ``token`` with the scope ``reader`` or ``writer``."""
        self._oauth[token] = ROLES[scope]

    def authorize(self, request: Request, action: str = VIEW) -> str:
        """What kind of token came (``token`` or ``oauth``). Raises RefusedError: 401 for no token, 403 for a weak one.

        API tokens come as they are, OAuth tokens with ``Bearer`` before them; the other way they are refused.
        """
        given = request.headers.get("authorization", "")
        bearer = given.startswith("Bearer ")
        allowed = _look_up(self._oauth if bearer else self._api, given.removeprefix("Bearer "))
        if allowed is None:
            wrong = _look_up(self._api if bearer else self._oauth, given.removeprefix("Bearer ")) is not None
            scheme = "an access token comes without Bearer" if bearer else "an OAuth token comes as Bearer"
            raise RefusedError(401, f"Invalid access token: {scheme}" if wrong else "Invalid access token")
        if action not in allowed:
            raise RefusedError(403, f"Access to the requested resource was denied: the token may not {action}")
        return "oauth" if bearer else "token"


def _look_up(tokens: Mapping[str, frozenset[str]], given: str) -> frozenset[str] | None:
    found = None
    for token, allowed in tokens.items():
        if hmac.compare_digest(token.encode(), given.encode()):
            found = allowed
    return found
