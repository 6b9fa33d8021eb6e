"""What the linter says: where (Place), what (Problem), the fix (Edit), and the finding as it is reported."""

from enum import IntEnum
from typing import Literal, NamedTuple, Self


class Severity(IntEnum):
    """How much a finding weighs; a higher number is graver."""

    note = 1
    warning = 2
    error = 3


Gate = Literal["tests", "format", "files"]
"""The official gate that refuses the same: its tests, prettier, or the hygiene hooks."""


class Place(NamedTuple):
    """Something to point at, named symbolically: lines and columns are worked out when it is reported.

    ``file`` is relative to the integration directory, with ``/``; empty means the directory itself.
    ``pointer`` is an RFC 6901 pointer to a value in that JSON file, or to its key where ``key`` is true.
    ``span`` counts code points from the start of the file's text, or of the string at ``pointer``.
    """

    file: str
    pointer: str | None = None
    key: bool = False
    span: tuple[int, int] | None = None


class Edit(NamedTuple):
    """A fix, or a part of one: ``text`` takes the place of the source text at ``place``.

    None removes the member or item there.

    With ``after``, the text is a new member, to follow the one at ``place``. An unsafe edit may change what customers
    see or guess what the author meant; it is applied only when asked for.
    """

    place: Place
    text: str | None
    safe: bool = True
    after: bool = False

    @classmethod
    def json(cls, place: Place, value: object, *, safe: bool = True) -> Self:
        """The edit that puts ``value`` at a place in a JSON file."""
        from toolkit.json_text import dumps

        return cls(place, dumps(value).rstrip("\n"), safe)

    @classmethod
    def member(cls, place: Place, name: str, value: object, *, safe: bool = True) -> Self:
        """The edit that adds a member to a JSON object, after the member at ``place``."""
        from toolkit.json_text import dumps

        return cls(place, f"{dumps(name).strip()}: {dumps(value).strip()}", safe, after=True)


class Problem(NamedTuple):
    """What a rule yields: the place, a message, an imperative ``help``, and the edits that fix it together.

    ``gates`` are the official gates that refuse this very problem; None: those that its rule names. ``severity`` is set
    where the problem is less grave than its rule says.
    """

    place: Place
    message: str
    help: str = ""
    edits: tuple[Edit, ...] = ()
    gates: tuple[Gate, ...] | None = None
    severity: Severity | None = None


class Region(NamedTuple):
    """Lines and columns count from 1, columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """A problem with the rule that found it; ``region`` is None where there is no line to show."""

    rule: str
    severity: Severity
    gates: tuple[Gate, ...]
    problem: Problem
    region: Region | None

    @property
    def gate(self) -> Gate | None:
        """The official gate that refuses the same, the first one asked where several do."""
        return self.gates[0] if self.gates else None

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key of reports: by file, then position, then rule and message."""
        place = self.problem.place
        return place.file, self.region or (), self.rule, place.pointer or "", self.problem.message

    @property
    def fixable(self) -> bool:
        """Whether a fix is known, safe or not."""
        return bool(self.problem.edits)

    @property
    def safely_fixable(self) -> bool:
        """Whether ``--fix`` alone fixes it."""
        return self.fixable and all(edit.safe for edit in self.problem.edits)
