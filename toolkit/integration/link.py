"""One address that customers or maintainers can follow."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from toolkit.finding import Place
from toolkit.regex import regex

LinkKind = Literal["field", "email", "markdown", "readme"]
"""Where it stands: alone in a field of the manifest, in one of the manifest's Markdown texts, or in the README."""
_SCHEME = regex(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """``url`` as it is written, at ``place``; ``text`` is what is shown for it.

    ``role`` names it in messages: ``links.site``, ``description``, ``README.md``. ``bare`` tells an address that stands
    in a sentence, without the marks of a link, from one that is meant to be followed.
    """

    url: str
    place: Place
    kind: LinkKind
    role: str
    text: str = ""
    bare: bool = False
    image: bool = False

    @cached_property
    def scheme(self) -> str:
        """What stands before the first colon, in small letters; empty for a path or a fragment."""
        match = _SCHEME.match(self.url.strip())
        return match[1].lower() if match else ""

    @cached_property
    def is_web(self) -> bool:
        """Whether a browser follows it."""
        return self.scheme in ("http", "https")

    @property
    def is_page(self) -> bool:
        """Whether it leads to a page of the web whose address is known already."""
        return self.is_web and not self.is_template

    @property
    def is_template(self) -> bool:
        """Whether part of it is filled in later."""
        return "{{" in self.url

    @property
    def address(self) -> str:
        """The URL without what only a browser looks at: surrounding blanks and the fragment."""
        return self.url.strip().partition("#")[0]

    @cached_property
    def parts(self) -> SplitResult | None:
        """The parts of a URL; None where it cannot be taken apart, such as a bracket or a port that is none."""
        try:
            parts = urlsplit(self.url.strip())
            parts.port  # noqa: B018
        except ValueError:
            return None
        return parts

    @cached_property
    def host(self) -> str:
        """The host of a web or e-mail address in small letters; empty where there is none."""
        if self.scheme == "mailto":
            return self.url.partition("?")[0].rpartition("@")[2].strip().lower()
        return (self.parts and self.parts.hostname) or ""
