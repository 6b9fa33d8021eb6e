"""Where the links of a manifest stand."""

import re
from collections.abc import Iterator

from toolkit.integration.link import Link
from toolkit.integration.manifest import Manifest
from toolkit.integration.markdown import targets
from toolkit.json_text.pointer import join

_WEB = re.compile(r"https?://", re.IGNORECASE)
_PAGES = "/capabilities/externalConfigurationPages"
FIELDS = (
    "/capabilities/trigger/documentation",
    "/capabilities/externalConfigurationURL",
    f"{_PAGES}/createUrl",
    f"{_PAGES}/editUrl",
)
"""Pointers to what holds a URL, beside everything in ``links``."""
MARKDOWN = ("/description", "/details", "/capabilities/flagLink/emptyState/leadText")
"""Pointers to what holds Markdown, beside the description of every form variable."""


def links_of(manifest: Manifest) -> Iterator[Link]:
    """Every link of a manifest. A field whose value is no http URL at all is left to its schema."""
    for pointer in (*(join("/links", key) for key in manifest.object("/links")), *FIELDS):
        if _WEB.match(url := manifest.text(pointer)):
            yield Link(url, manifest.at(pointer), "field", _role(pointer), url)
    if "@" in (email := manifest.text("/supportEmail")):
        yield Link(f"mailto:{email}", manifest.at("/supportEmail"), "email", "supportEmail", email)
    for pointer in (*MARKDOWN, *(f"{variable.pointer}/description" for variable in manifest.form_variables)):
        for target in targets(manifest.text(pointer)):
            place = manifest.at(pointer, (target.start, target.end))
            yield Link(target.url, place, "markdown", _role(pointer), target.text, target.bare, target.image)


def _role(pointer: str) -> str:
    return pointer.removeprefix("/").replace("/", ".")
