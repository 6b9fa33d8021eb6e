"""Resource specifiers of role policies, such as ``proj/*:env/production:flag/*;mobile``."""

import re
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.regex import regex

_KIND = regex(r"[a-z][a-z-]*")
_NAME = regex(r"[\w.*~@+-]+", re.ASCII)
_QUALIFIER = regex(r"\{[\w-]+:[^{},;:]+\}|view:[\w.*-]+|[\w.*-]+", re.ASCII)
LONGEST = 1_000
"""Code points; no resource comes near."""
NAMELESS = frozenset({"acct", "ip-allowlist", "pending-request"})
"""Kinds that are written without a name."""


class SpecifierError(LditError):
    """A specifier that does not follow the grammar."""


class Segment(NamedTuple):
    """One level of a specifier; ``name`` is a key, or a pattern with ``*``."""

    kind: str
    name: str
    qualifiers: tuple[str, ...]


def parse(text: str) -> tuple[Segment, ...]:
    """The segments from parent to child. Raises SpecifierError, with the remedy, for what is no specifier.

    Whether the kinds exist and stand in the right order is not looked at.
    """
    if len(text) > LONGEST:
        raise SpecifierError(f"the resource is {len(text)} characters long", "name fewer levels and tags")
    if not text or re.search(r"\s", text):
        what = "contains a space" if text else "is empty"
        raise SpecifierError(f"the resource {what}", "write it as `proj/*:env/production:flag/*`")
    if "${" in text:
        raise SpecifierError("role attributes work only in a member's role", "name the resources, or write *")
    return tuple(_segment(part) for part in _split(text))


def _split(text: str) -> list[str]:
    """The text at its colons, but for those in qualifiers."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == ":" and not depth and not re.search(r"[;,]view$", text[start:at]):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _segment(part: str) -> Segment:
    head, *qualified = part.split(";")
    kind, slash, name = head.partition("/")
    if not part:
        raise SpecifierError("a level between two colons, or at an end, is empty", "separate the levels with one colon")
    if not _KIND.fullmatch(kind):
        said = f"`{head}` does not start with a kind of resource" if kind else f"`{head}` starts with a slash"
        raise SpecifierError(said, "write kind/name, such as `flag/*`")
    if slash and not name:
        raise SpecifierError(f"`{kind}` has no name", f"write `{kind}/*` for all of them")
    if not slash and kind not in NAMELESS:
        raise SpecifierError(f"`{kind}` has no name", f"write `{kind}/*` for all of them")
    if "/" in name:
        raise SpecifierError(f"`{head}` contains a second slash", "separate the levels with a colon")
    if name and not _NAME.fullmatch(name):
        raise SpecifierError(f"`{name}` is not a valid key", "use letters, digits, `.`, `_`, `-` and `*`")
    if len(qualified) > 1:
        raise SpecifierError(f"`{part}` contains a second semicolon", "separate tags with commas")
    return Segment(kind, name, _qualifiers(qualified[0]) if qualified else ())


def _qualifiers(text: str) -> tuple[str, ...]:
    qualifiers = tuple(text.split(","))
    for qualifier in qualifiers:
        if not _QUALIFIER.fullmatch(qualifier):
            said = f"`{qualifier}` is not a valid tag" if qualifier else "a tag is missing after `;` or `,`"
            raise SpecifierError(said, "separate tags with commas, without spaces")
    return qualifiers
