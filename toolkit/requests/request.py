"""One request: as a person reads it, as data, as a curl command, and as the official preview prints it."""

import re
from base64 import b64decode
from dataclasses import dataclass
from shlex import quote
from typing import Any

from toolkit.regex import regex

UNSIGNED = "(HMAC-SHA256 of the body)"
_BASIC = regex(r"(?<=\bBasic )[A-Za-z0-9+/]{4,}={0,2}")


@dataclass(frozen=True)
class Request:
    """``name`` tells it from the other requests of its capability: an event, or what the manifest calls it.

    ``unset`` are the values that nobody gave, as they are written in it, such as ``$API_TOKEN``. ``signature`` is the
    header that signs the body, with an empty value where it cannot be computed.
    """

    capability: str
    name: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str | None
    unset: frozenset[str] = frozenset()
    signature: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """Its capability and name, on one line that a shell takes for a comment."""
        return f"# {self.capability}: {self.name}"

    @property
    def all_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers with the signature; words in its place where it cannot be computed."""
        return (*self.headers, (self.signature[0], self.signature[1] or UNSIGNED)) if self.signature else self.headers

    def as_text(self) -> str:
        """The request line, the headers, and the body after an empty line."""
        head = [self.title, f"{self.method} {self.url}", *(f"{name}: {value}" for name, value in self.all_headers)]
        return "\n".join(head if self.body is None else [*head, "", self.body.rstrip()])

    def as_data(self) -> dict[str, Any]:
        """The same for ``--format json``."""
        headers = [{"name": name, "value": value} for name, value in self.all_headers]
        what = {"capability": self.capability, "name": self.name, "method": self.method, "url": self.url}
        return {**what, "headers": headers, "body": self.body}

    def as_preview(self) -> str:
        """The lines that a pull request to the official repository asks for, as its own preview lays them out."""
        lines = [f"URL:    {self.url}", f"METHOD: {self.method}"]
        lines += [f"HEADER: {name}: {value}" for name, value in self.all_headers]
        return "\n".join(lines if self.body is None else [*lines, f"BODY:\t{self.name}", self.body.rstrip()])

    def as_curl(self) -> str:
        """A command for a shell, in which each value that nobody gave is a variable.

        A signature that cannot be computed is left out, and a comment says so.
        """
        parts = [f"curl --request {self._quoted(self.method)}", self._quoted(self.url)]
        signed = self.headers if self.signature and not self.signature[1] else self.all_headers
        parts += [f"--header {self._quoted(f'{name}: {value}')}" for name, value in signed]
        if self.body is not None:
            parts.append(f"--data-raw {self._quoted(self.body)}")
        comments = [self.title]
        if self.signature and not self.signature[1]:
            comments.append(f"# without {self.signature[0]}, the HMAC-SHA256 of the body: not every value is given")
        return "\n".join(comments) + "\n" + " \\\n  ".join(parts)

    def _quoted(self, text: str) -> str:
        """One word for a shell; variables stay variables, inside of basic authentication too."""
        pieces, end = list[str](), 0
        for match in _BASIC.finditer(text) if self.unset else ():
            if decoded := self._credentials(match[0]):
                encoded = f"$(printf %s {self._filled(decoded)} | base64 | tr -d '\\n')"
                pieces += self._filled(text[end : match.start()]), f'"{encoded}"'
                end = match.end()
        return "".join([*pieces, self._filled(text[end:])]) or "''"

    def _credentials(self, encoded: str) -> str:
        """What stands in basic authentication, where a value in it was not given."""
        try:
            decoded = b64decode(encoded, validate=True).decode()
        except ValueError:
            return ""
        return decoded if any(name in decoded for name in self.unset) else ""

    def _filled(self, text: str) -> str:
        if not self.unset:
            return quote(text) if text else ""
        names = "|".join(re.escape(name[1:]) for name in sorted(self.unset, key=len, reverse=True))
        pieces = re.split(rf"(?:\$|%24)({names})", text)  # a URL may hold it percent-encoded
        return "".join((f'"${piece}"' if odd % 2 else quote(piece)) for odd, piece in enumerate(pieces) if piece)
