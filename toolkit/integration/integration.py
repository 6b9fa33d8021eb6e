"""One integration directory, read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from toolkit.errors import LditError
from toolkit.finding import Edit, Place, Region
from toolkit.integration import manifest as manifests
from toolkit.integration import places
from toolkit.integration.answer import Answer, Visit
from toolkit.integration.directory import Directory
from toolkit.integration.endpoint import Endpoint, endpoints_of
from toolkit.integration.files import File, in_memory, listed
from toolkit.integration.icon import Icon, Svg, named_icon
from toolkit.integration.json_file import JsonFile, Parsed, parsed
from toolkit.integration.link import Link
from toolkit.integration.manifest import Manifest
from toolkit.integration.manifest_links import links_of
from toolkit.integration.mentions import Mentions, mentions_of
from toolkit.integration.ownership import Ownership
from toolkit.integration.readme import NAME as README
from toolkit.integration.readme import Readme
from toolkit.integration.statement import Statement, statements_of
from toolkit.integration.template import Template
from toolkit.integration.templates import templates
from toolkit.integration.texts import Text, texts_of
from toolkit.integration.tree import Tree
from toolkit.json_text import Document
from toolkit.text import reason

if TYPE_CHECKING:
    from toolkit.svg.renderer import IconRenderer

T = TypeVar("T")
README_LIMIT = 100_000
"""Bytes; a larger README is not read."""


@dataclass(frozen=True)
class Integration(Directory):
    """What the files of a directory mean.

    ``answers`` are what the web said about its links, by address, where it was asked. ``renderer`` draws its icons.
    ``made`` is what files were read as, each once; an integration with some files replaced shares what was made of the
    others. ``known_title`` is the title where the manifest is not kept, ``hidden`` are the paths of the files that hold
    credentials, where that is known.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    made: dict[tuple[Callable[[File], Any], File], Any] = field(default_factory=dict, repr=False, compare=False)
    renderer: IconRenderer | None = field(default=None, repr=False, compare=False)
    known_title: str = field(default="", repr=False, compare=False)
    hidden: frozenset[str] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def read(
        cls,
        path: str | Path,
        tree: Tree | None = None,
        renderer: IconRenderer | None = None,
        files: Mapping[str, File] | None = None,
    ) -> Self:
        """The integration at ``path``; those of one run share a ``tree``, and a ``renderer`` that draws their icons.

        ``files`` are those of the directory, where it was listed already. Raises LditError when it cannot be listed.
        """
        root = Path(path)
        try:
            files = listed(root) if files is None else files
        except OSError as error:
            raise LditError(f"{path}: {reason(error)}") from error
        name = Path(os.path.realpath(root)).name
        return cls(Path(path).as_posix(), name, files, root, tree or Tree(), renderer=renderer)

    @classmethod
    def from_files(cls, name: str, contents: Mapping[str, bytes | File]) -> Self:
        """An integration that is in memory only: contents by path, from ``../`` for what is beside it."""
        inside = {path: data for path, data in contents.items() if not path.startswith("../")}
        outside = {path: data for path, data in contents.items() if isinstance(data, bytes) and path not in inside}
        return cls(name, name, in_memory(inside), outside=outside)

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest, or None when it is missing or cannot be read; a loading rule says why."""
        document = self.document(manifests.NAME)
        return Manifest(manifests.NAME, document) if document else None

    @property
    def title(self) -> str:
        """The name that the manifest gives, or the directory's; also where reading it ends in what nobody foresaw.

        Whoever reports that needs a name to report it under.
        """
        with suppress(Exception):
            return self.known_title or (self.manifest and self.manifest.text("/name")) or self.name
        return self.name

    @cached_property
    def readme(self) -> Readme | None:
        """The README, or None when it is missing, unreadable, or larger than any README is."""
        files = (file for path, file in self.files.items() if path.lower() == README.lower())
        file = next(files, None)
        return self._as(Readme, file) if file and file.size <= README_LIMIT and file.readable else None

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of the manifest and of the README, in their order."""
        of_manifest = links_of(self.manifest) if self.manifest else ()
        return (*of_manifest, *(self.readme.links if self.readme else ()))

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The links that somebody has followed, with what was there."""
        answers = self.answers
        return tuple(Visit(link, answers[link.address]) for link in self.links if link.address in answers)

    @cached_property
    def json_files(self) -> tuple[JsonFile, ...]:
        """Every JSON file that could be read as such, the manifest among them."""
        paths = [path for path in self.files if path.endswith(".json")]
        return tuple(JsonFile(path, document) for path in paths if (document := self.document(path)))

    @cached_property
    def icons(self) -> tuple[Icon, ...]:
        """The icons that the manifest names and that are files; a path for both counts as two."""
        if not self.manifest:
            return ()
        named = (named_icon(self.manifest, role, self._svg) for role in ("square", "horizontal"))
        return tuple(icon for icon in named if icon)

    @cached_property
    def svgs(self) -> tuple[Svg, ...]:
        """The files that are icons, each once, whatever its roles."""
        return tuple({icon.svg.file.path: icon.svg for icon in self.icons}.values())

    def draw_ahead(self) -> None:
        """Begins to measure the icons, so that they are measured when rules ask for it."""
        for svg in self.svgs:
            svg.begin()

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """Every Handlebars template: the files that the manifest names and that can be read, and its own strings."""
        return tuple(templates(self.manifest, self.file)) if self.manifest else ()

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text that a person reads."""
        return tuple(texts_of(self))

    @cached_property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every request that LaunchDarkly sends."""
        return tuple(endpoints_of(self.manifest)) if self.manifest else ()

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the default policy."""
        return tuple(statements_of(self.manifest)) if self.manifest else ()

    @cached_property
    def mentions(self) -> Mentions | None:
        """Which variables the templates name; None where nobody can say."""
        return mentions_of(self)

    @cached_property
    def ownership(self) -> Ownership:
        """Who the integration is, and who the others around it are."""
        return Ownership(self)

    def document(self, path: str) -> Document | None:
        """The JSON file at ``path``, or None when it is missing, unreadable or not JSON."""
        return self.json(path).document

    def json(self, path: str) -> Parsed:
        """What the file at ``path`` is as JSON, or why it is none."""
        file = self.files.get(path)
        return self._as(parsed, file) if file else Parsed(None, None)

    def region(self, place: Place) -> Region | None:
        """Lines and columns of a place; None for a whole file or directory."""
        file = self.files.get(place.file)
        if file is None or not file.readable:
            return None
        return places.region(place, file.text, self._pointed(place))

    def overlap(self, one: Place, other: Place) -> bool:
        """Whether two places are the same, or one is a part of the other; a whole file holds every place in it."""
        if one.file != other.file:
            return False
        file = self.files.get(one.file)
        if file is None or not file.readable:
            return True
        return places.overlap(one, other, self.document(one.file))

    def change(self, edit: Edit) -> places.Change | None:
        """What an edit does to the text of its file, or None where it cannot be made."""
        file = self.files.get(edit.place.file)
        if file is None or not file.readable or not file.is_editable or file.outside:
            return None
        return places.change(edit, self._pointed(edit.place))

    def reduced(self, title: str, shown: Collection[str], hidden: frozenset[str]) -> Self:
        """The same, as far as a report needs it: with the files that it shows lines of, and those with credentials.

        What was made of any is let go.
        """
        files = {path: file for path, file in self.files.items() if path in shown or path in hidden}
        return replace(self, files=files, made={}, known_title=title, hidden=hidden)

    def _pointed(self, place: Place) -> Document | None:
        return self.document(place.file) if place.pointer is not None else None

    def _svg(self, path: str) -> Svg | None:
        file = self.file(path)
        if file is None or not file.readable:
            return None
        found: Svg = self.made.setdefault((Svg, file), Svg(file, self.renderer))
        return found

    def _as(self, make: Callable[[File], T], file: File) -> T:
        if (make, file) not in self.made:
            self.made[make, file] = make(file)
        found: T = self.made[make, file]
        return found
