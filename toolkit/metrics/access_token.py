"""An access token that tells by its shape what it is, and that cannot be printed by accident."""

import re

from toolkit.errors import LditError

VARIABLE = "LAUNCHDARKLY_ACCESS_TOKEN"
# Credentials that LaunchDarkly also hands out, and that the REST API refuses.
NOT_FOR_THE_API = {
    r"sdk-.*": "an SDK key",
    r"mob-.*": "a mobile key",
    r"[0-9a-f]{24}": "a client-side id",
}


class TokenError(LditError):
    """The text cannot be an access token; the message never holds it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, f"set {VARIABLE} to an access token (`api-...`) or to an OAuth token")


class AccessToken:
    """An API token (``api-...``) or, whatever else it looks like, an OAuth token. Raises TokenError."""

    def __init__(self, text: str) -> None:
        self._text = text.strip()
        if not self._text:
            raise TokenError("the access token is empty")
        if not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", self._text):
            raise TokenError("the access token holds a blank or another character that no token has")
        for shape, name in NOT_FOR_THE_API.items():
            if re.fullmatch(shape, self._text, re.IGNORECASE):
                raise TokenError(f"this is {name}, the REST API does not take it")

    @property
    def scheme(self) -> str:
        """What goes before the token in the Authorization header: nothing for an API token."""
        return "" if self._text.startswith("api-") else "Bearer "

    @property
    def authorization(self) -> str:
        """The Authorization header."""
        return self.scheme + self._text

    def masked(self, text: str) -> str:
        """``text`` without this token in it."""
        return text.replace(self._text, "***")

    def __repr__(self) -> str:
        return "AccessToken(***)"
