"""One request that LaunchDarkly sends, as the manifest describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.finding import Place

if TYPE_CHECKING:
    from toolkit.integration.manifest import Manifest

_ALWAYS_WITH_BODY = ("Hook", "/featureStoreRequest", "/actionRequest")
"""How the pointers end of requests that always have a body."""
_READING = ("validationRequest", "dynamicOptions", "memberListRequest", "statusRequest")
"""Requests that only ask for something."""


class Header(NamedTuple):
    """One header that has a name and a value, with its pointer."""

    pointer: str
    name: str
    value: str


@dataclass(frozen=True, eq=False)
class Endpoint:
    """The endpoint at ``pointer``; ``parent`` is the capability or request that it belongs to."""

    manifest: Manifest
    pointer: str
    value: dict[str, Any]

    @property
    def parent(self) -> str:
        """The pointer to the capability or the request."""
        return self.pointer.removesuffix("/endpoint")

    @property
    def name(self) -> str:
        """What the request is called in messages: ``statusRequest``, ``auditLogEventsHook``."""
        return self.parent.rpartition("/")[2]

    @property
    def url(self) -> str:
        """The URL, a template; empty where there is none."""
        url = self.value.get("url")
        return url if isinstance(url, str) else ""

    @property
    def method(self) -> str:
        """The HTTP method as it is written; empty where there is none."""
        method = self.value.get("method")
        return method if isinstance(method, str) else ""

    @cached_property
    def headers(self) -> tuple[Header, ...]:
        """Every header that has a name and a value."""
        return tuple(self._headers())

    def _headers(self) -> Iterator[Header]:
        listed = self.value.get("headers")
        for index, header in enumerate(listed if isinstance(listed, list) else ()):
            name, value = (header.get("name"), header.get("value")) if isinstance(header, dict) else (None, None)
            if isinstance(name, str) and isinstance(value, str):
                yield Header(f"{self.pointer}/headers/{index}", name, value)

    @property
    def signature(self) -> dict[str, Any]:
        """The ``hmacSignature``; empty where there is none."""
        signature = self.value.get("hmacSignature")
        return signature if isinstance(signature, dict) else {}

    @property
    def is_sending(self) -> bool:
        """Whether the request always has a body."""
        return self.parent.endswith(_ALWAYS_WITH_BODY)

    @property
    def is_reading(self) -> bool:
        """Whether the request only asks for something."""
        return self.name in _READING

    @property
    def has_body(self) -> bool:
        """Whether something is sent with the request."""
        if self.is_sending:
            return not self.manifest.has(f"{self.parent}/deliveryMethod")
        return bool(self.manifest.text(f"{self.parent}/jsonBody").strip())

    def at(self, name: str = "", span: tuple[int, int] | None = None) -> Place:
        """The value of the property ``name``, a pointer below the endpoint, or the whole endpoint."""
        return self.manifest.at(f"{self.pointer}/{name}" if name else self.pointer, span)

    def key(self, name: str = "") -> Place:
        """The key rather than the value."""
        return self.manifest.key(f"{self.pointer}/{name}" if name else self.pointer)


def endpoints_of(manifest: Manifest) -> Iterator[Endpoint]:
    """Every endpoint of a manifest that is an object."""
    return (Endpoint(manifest, pointer, value) for pointer, value, _path in manifest.endpoints)
