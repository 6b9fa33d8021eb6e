"""An access token that tells by its shape what it is, and that cannot be printed by accident."""

import re
from base64 import b64encode
from functools import cached_property
from typing import Any

from toolkit.errors import LditError

VARIABLE = "LAUNCHDARKLY_ACCESS_TOKEN"
# Credentials that LaunchDarkly also hands out, and that the REST API refuses.
NOT_FOR_THE_API = {
    r"sdk-.*": "an SDK key",
    r"mob-.*": "a mobile key",
    r"[0-9a-f]{24}": "a client-side id",
}
MASK = "***"


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

    def reveal(self) -> str:
        """The token itself, for who has asked to see it."""
        return self._text

    def masked(self, text: str) -> str:
        """``text`` without this token in it, also where it is written with escapes, in hexadecimal or in Base64."""
        if re.search(r"[\\%&]", text):
            text = self._escaped.sub(MASK, text)
        for form in self._forms:
            text = text.replace(form, MASK)
        return text

    def masked_in(self, value: Any) -> Any:
        """``value``, as JSON has it, without this token in any of its texts and names."""
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, list):
            return [self.masked_in(item) for item in value]
        if isinstance(value, dict):
            return {self.masked(name): self.masked_in(item) for name, item in value.items()}
        return value

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        """The token as it is, in hexadecimal, and in Base64 at each of the three places where a group may begin."""
        data = self._text.encode()
        codes = [self._text, data.hex(), data.hex().upper()]
        for offset in range(3):
            # Only what the bytes before and after the token cannot change.
            first, last = -(-offset * 8 // 6), (offset + len(data)) * 8 // 6
            code = b64encode(bytes(offset) + data).decode()[first:last]
            codes += [code, code.replace("+", "-").replace("/", "_")]
        return tuple(code for code in codes if len(code) >= min(len(self._text), 8))

    @cached_property
    def _escaped(self) -> re.Pattern[str]:
        """The token with any of its characters as an escape of JSON, of URLs or of HTML, these once or twice over."""
        return re.compile("".join(map(_any_escape, self._text)))

    def __repr__(self) -> str:
        return "AccessToken(***)"


def _any_escape(char: str) -> str:
    code = f"{ord(char):02x}"
    digits = "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in code)
    html = rf"&#(?:0*{ord(char)}|[xX]0*{digits});"
    return rf"(?:\\*{re.escape(char)}|\\+u00{digits}|\\+x{digits}|%(?:25)*{digits}|{html})"
