"""Where the links of a manifest stand."""

import re
from collections.abc import Iterator

from toolkit.integration.fields import Field
from toolkit.integration.link import Link
from toolkit.integration.manifest import Manifest
from toolkit.integration.markdown import targets
from toolkit.json_text.pointer import join, split
from toolkit.regex import regex

_WEB = regex(r"https?://", re.IGNORECASE)


def links_of(manifest: Manifest) -> Iterator[Link]:
    """Every link of a manifest. A field whose value is no http URL at all is left to its schema."""
    for text in _addresses(manifest):
        if _WEB.match(text.value):
            yield Link(text.value, manifest.at(text.pointer), "field", _role(text), text.value)
    for text in manifest.texts("email"):
        if "@" in text.value:
            yield Link(f"mailto:{text.value}", manifest.at(text.pointer), "email", _role(text), text.value)
    for text in manifest.texts("markdown"):
        for target in targets(text.value):
            place = manifest.at(text.pointer, (target.start, target.end))
            yield Link(target.url, place, "markdown", _role(text), target.text, target.bare, target.image)


def _addresses(manifest: Manifest) -> Iterator[Field[str]]:
    """The fields that hold an address; in an object of links under an unknown key too."""
    for links in manifest.fields("links"):
        members = links.value.items() if isinstance(links.value, dict) else ()
        yield from (Field(join(links.pointer, key), value) for key, value in members if isinstance(value, str))
    known = tuple(f"{links.pointer}/" for links in manifest.fields("links"))
    yield from (text for text in manifest.texts("link") if not text.pointer.startswith(known))


def _role(text: Field[str]) -> str:
    """The field's name in a message: ``links.site``."""
    return ".".join(split(text.pointer))
