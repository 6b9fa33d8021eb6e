"""Findings as plain tuples, and back."""

from collections.abc import Iterable
from typing import Any

from toolkit.finding import Edit, Finding, Place, Problem, Region, Severity


def packed(value: Any) -> Any:
    """A value of tuples, numbers and texts without the names of its parts."""
    if isinstance(value, tuple):
        return tuple(map(packed, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, str) else value


def unpacked(values: Iterable[Any]) -> tuple[Finding, ...]:
    """The findings that became such values. Raises TypeError or ValueError where they were none."""
    return tuple(map(_finding, values))


def _finding(value: Any) -> Finding:
    rule, severity, gates, (place, message, help_, edits, own, less), region = value
    problem = Problem(_place(place), message, help_, tuple(map(_edit, edits)), own, less and Severity(less))
    return Finding(rule, Severity(severity), gates, problem, region and Region(*region))


def _edit(value: Any) -> Edit:
    place, text, safe, after = value
    return Edit(_place(place), text, safe, after)


def _place(value: Any) -> Place:
    return Place(*value)
