"""One JSON file of an integration as rules see it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from toolkit.errors import LditError
from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.json_text import Document, JsonSyntaxError, read


class Parsed(NamedTuple):
    """What a file is as JSON, or why it is none; neither where there is no file that can be read."""

    document: Document | None
    error: JsonSyntaxError | None


def parsed(file: File) -> Parsed:
    """A file as JSON."""
    try:
        return Parsed(read(file.data), None)
    except JsonSyntaxError as error:
        error.__traceback__ = error.__context__ = None  # which keep all that was read alive
        return Parsed(None, error)
    except LditError:
        return Parsed(None, None)


@dataclass(frozen=True)
class JsonFile:
    """A file that could be read as JSON, at ``path`` in the integration."""

    path: str
    document: Document

    @property
    def value(self) -> Any:
        """What the file holds."""
        return self.document.value

    def at(self, pointer: str, span: tuple[int, int] | None = None) -> Place:
        """The value at ``pointer``; with ``span`` the code points of that string."""
        return Place(self.path, pointer, span=span)

    def key(self, pointer: str) -> Place:
        """The key at ``pointer`` rather than its value."""
        return Place(self.path, pointer, key=True)

    def span(self, start: int, end: int) -> Place:
        """Code points of the file's text."""
        return Place(self.path, span=(start, end))
