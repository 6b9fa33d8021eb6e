"""What the gate of a fork lets through: its schema, and two lists in its tests, read and never executed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from toolkit.integration.around import schema_of, tests_of
from toolkit.regex import regex
from toolkit.schema import Schema, official
from toolkit.schema.fork import of_fork

OAUTH = frozenset(
    {"appdynamics", "sentry", "servicenow", "servicenow-normal", "servicenow-app", "custom-approvals-oauth"}
)
"""Directories that the official tests know to use OAuth; only LaunchDarkly can extend the list."""
SHARED_KEYS = frozenset({"servicenow", "servicenow-normal", "servicenow-app"})
"""Directories that may share an ``oauthIntegrationKey``, by the official tests."""
_LIST = "OAUTH_INTEGRATIONS"
_TOKEN = regex(
    r"//[^\n]*|/\*(?:.*?\*/|.*)|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`|[\w$]+|[^\s\w]", re.DOTALL
)
_TEXT = regex(r"""(['"`])([\w.-]+)\1""", re.ASCII)


@dataclass(frozen=True, eq=False)
class Gate:
    """The schema in force, and the directories that may require OAuth and that may share an OAuth key."""

    schema: Schema
    oauth: frozenset[str] = OAUTH
    shared_keys: frozenset[str] = SHARED_KEYS

    @property
    def note(self) -> str:
        """One line for the end of a run: how the schema differs from the one that we know; usually empty."""
        return self.schema.note


@cache
def official_gate() -> Gate:
    """The gate as it was when this version was made. Raises LditError when the installation lacks the schema."""
    return Gate(official())


def read_gate(root: Path | None) -> Gate:
    """The gate of the fork at ``root``; what cannot be read there is as in the official gate, as is all without one."""
    if root is None:
        return official_gate()
    return gate(schema_of(root), tests_of(root))


def gate(schema: bytes | None, tests: Iterable[bytes] = ()) -> Gate:
    """The gate of a fork by the contents of its ``manifest.schema.json``, None where it has none, and of its tests."""
    lists = [each for data in tests for each in _lists(data.decode(errors="replace"))]
    oauth = [words for name, words in lists if name == _LIST]
    # The list of shared keys has no name that can be relied upon: it is the only other one with a directory of ours.
    shared = [words for name, words in lists if name != _LIST and words & SHARED_KEYS]
    return Gate(
        official() if schema is None else of_fork(schema),
        oauth[0] if len(oauth) == 1 else OAUTH,
        shared[0] if len(set(shared)) == 1 else SHARED_KEYS,
    )


def _lists(source: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every list of plain texts in JavaScript or TypeScript, with the name that it is given, if any."""
    tokens = [token for token in _TOKEN.findall(source) if not token.startswith(("//", "/*"))]
    name, words = "", None
    for before, part in pairwise(["", *tokens]):
        if part in ("const", "let", "var", ";"):
            name = ""
        if before in ("const", "let", "var"):
            name = part
        if part == "[":
            words = set[str]()
        elif words is not None and (text := _TEXT.fullmatch(part)):
            words.add(text[2])
        elif words is not None and part == "]":
            if words:
                yield name, frozenset(words)
            words = None
        elif part != ",":
            words = None
