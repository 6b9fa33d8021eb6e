"""Many integrations on one page: a row each, as on LaunchDarkly's Integrations page."""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.preview.row import Row, row
from toolkit.preview.view import View


@dataclass(frozen=True)
class Entry:
    """A row with the address of its integration, and the words that a filter looks into."""

    address: str
    row: Row
    words: str


def gallery(views: Iterable[View]) -> list[Entry]:
    """The integrations by their names."""
    entries = [_entry(view) for view in views]
    return sorted(entries, key=lambda entry: (entry.row.title.casefold(), entry.address))


def _entry(view: View) -> Entry:
    found = row(view)
    categories = (text for text in view.manifest.list("/categories") if isinstance(text, str))
    words = (found.title, found.overview, view.integration.name, *categories, *view.manifest.object("/capabilities"))
    return Entry(view.address, found, " ".join(words).casefold())
