"""Findings in, text out: one module for each format, each with a ``render``."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from toolkit.regex import regex

if TYPE_CHECKING:
    from toolkit.integration import Integration
    from toolkit.reports.report import Report

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
"""The formats that a report can take; each is a module of this package."""

_STYLE = regex(r"\x1b(?:\[[0-9;]*m|\]8;;[^\x1b]*\x1b\\)")


def plain(text: str) -> str:
    """A rendered report without its colors and links."""
    return _STYLE.sub("", text)


def renderer(format: str) -> Callable[["Report"], Iterator[str]]:  # noqa: A002
    """The function that turns a report into pieces of text, with every credential masked.

    ``format`` is one of FORMATS, or ``statistics``.
    """
    from toolkit.masking import masker

    render: Callable[[Report], Iterator[str]] = import_module(f"toolkit.reports.{format}").render
    return lambda report: map(masker(_spoken_of(report)), render(report))


def _spoken_of(report: "Report") -> Iterator["Integration"]:
    """The integrations that something is said about, before and after fixing."""
    yield from (result.integration for result in report.results if result.findings)
    yield from {id(each.integration): each.integration for each in report.fixed}.values()
