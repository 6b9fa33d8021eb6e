"""Patterns and chains in policies: ``toggle*`` and ``proj/*:env/*:flag/*``."""

from fnmatch import fnmatchcase

from toolkit.rules.policies.specifier import Segment, SpecifierError, parse


def covers(wider: str, action: str) -> bool:
    """Whether a pattern, in which only ``*`` stands for other letters, finds an action."""
    return fnmatchcase(action, wider.replace("[", "[[]").replace("?", "[?]"))


def segments(text: str) -> tuple[Segment, ...]:
    """The segments of a resource specifier; none where it is malformed."""
    try:
        return parse(text)
    except SpecifierError:
        return ()


def chain(text: str) -> tuple[str, ...]:
    """The kinds that a specifier names, from parent to child."""
    return tuple(segment.kind for segment in segments(text))
