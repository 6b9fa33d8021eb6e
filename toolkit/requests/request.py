"""One request: as a person reads it, as data, and as a curl command."""

import re
from dataclasses import dataclass
from shlex import quote
from typing import Any


@dataclass(frozen=True)
class Request:
    """``name`` tells it from the other requests of its capability: an event, or what the manifest calls it.

    ``unset`` are the values that nobody gave, as they are written in it, such as ``$APITOKEN``.
    """

    capability: str
    name: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str | None
    unset: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return f"# {self.capability}: {self.name}"

    def as_text(self) -> str:
        """The request line, the headers, and the body after an empty line."""
        head = [self.title, f"{self.method} {self.url}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\n".join(head if self.body is None else [*head, "", self.body.rstrip()])

    def as_data(self) -> dict[str, Any]:
        """The same for ``--format json``."""
        headers = [{"name": name, "value": value} for name, value in self.headers]
        said = {"capability": self.capability, "name": self.name, "method": self.method, "url": self.url}
        return {**said, "headers": headers, "body": self.body}

    def as_curl(self) -> str:
        """A command for a shell, in which each value that nobody gave is a variable."""
        parts = [f"curl --request {self._quoted(self.method)}", self._quoted(self.url)]
        parts += [f"--header {self._quoted(f'{name}: {value}')}" for name, value in self.headers]
        if self.body is not None:
            parts.append(f"--data-raw {self._quoted(self.body)}")
        return f"{self.title}\n" + " \\\n  ".join(parts)

    def _quoted(self, text: str) -> str:
        if not self.unset:
            return quote(text)
        names = "|".join(map(re.escape, sorted(self.unset, key=len, reverse=True)))
        pieces = re.split(f"({names})", text)
        return "".join(f'"{piece}"' if piece in self.unset else quote(piece) for piece in pieces if piece) or "''"
