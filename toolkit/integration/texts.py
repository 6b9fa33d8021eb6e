"""Every text that a person reads: the words of the manifest, the README, the license, the titles in the icons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from toolkit.finding import Place
from toolkit.integration.fields import WORDS, Role
from toolkit.integration.markdown import blanked
from toolkit.regex import regex

if TYPE_CHECKING:
    from toolkit.integration.integration import Integration
    from toolkit.integration.manifest import Manifest

_CODE = regex(r"https?://[^\s)>\"]+|`[^`]*`|\{\{[^{}]{0,999}\}\}|(?<=\])\([^()]{0,999}\)|<[^<>]{0,999}>")
_LICENSES = ("license", "license.md", "license.txt", "licence", "notice", "notice.txt")
_TITLE = regex(r"<(title|desc)\b[^<>]*>([^<>]*)</\1\s*>")
TextRole = Role | Literal["readme", "license", "title"]
"""What a text is for: a role of a field of the manifest, or that of a text in a file of its own."""
PLAIN: tuple[Role, ...] = ("name", "sentence", "label", "prose")
"""The roles of what customers read as it is."""


@dataclass(frozen=True, eq=False)
class Text:
    """A text that a person reads; ``role`` says what it is for, ``name`` is what messages call it.

    In the text of a file, code and comments are blanks, so that offsets count in the file.
    """

    value: str
    role: TextRole
    name: str
    place: Place

    def at(self, start: int | None = None, end: int | None = None) -> Place:
        """The text as a whole, or the code points from ``start`` to ``end`` of it."""
        return self.place if start is None else self.place._replace(span=(start, start if end is None else end))

    @property
    def is_of_manifest(self) -> bool:
        """Whether it stands in the manifest, and not in a file of its own."""
        return self.place.pointer is not None

    @cached_property
    def masked(self) -> str:
        """The text with addresses, code and templates made into NULs; offsets stay."""
        if not any(char in self.value for char in "/`{<("):
            return self.value
        return _CODE.sub(lambda match: "\0" * len(match[0]), self.value)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the masked text, in small letters and in their order."""
        return tuple(re.findall(r"[a-z]+", self.masked.lower()))

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.words)


def texts_of(integration: Integration) -> Iterator[Text]:
    """The texts of the manifest by role, then those of the README, of a license, and of the icons."""
    if integration.manifest:
        yield from words_of(integration.manifest)
    if integration.readme:
        file = integration.readme.file
        yield Text(integration.readme.prose, "readme", file.path, file.at())
    for path, file in integration.files.items():
        if path.lower() in _LICENSES and file.readable and file.size < 100_000 and b"\0" not in file.data:
            yield Text(file.text, "license", path, file.at())
    for svg in integration.svgs:
        text = svg.file.text
        if "<title" in text or "<desc" in text:
            spans = [match.span(2) for match in _TITLE.finditer(text)]
            ends = [0, *(end for _, end in spans)]
            gaps = zip(ends, [*(start for start, _ in spans), len(text)], strict=True)
            yield Text(blanked(text, gaps), "title", svg.file.path, svg.file.at())


def words_of(manifest: Manifest) -> Iterator[Text]:
    """The texts of a manifest that people read."""
    for role in (*WORDS, "fragment", "value"):
        for field in manifest.texts(role):
            yield Text(field.value, role, field.key, manifest.at(field.pointer))
