"""Findings in, text out: one module for each format, each with a ``render``."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.reports.report import Report

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown")
"""The formats that a report can take; each is a module of this package."""

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def plain(text: str) -> str:
    """A rendered report without its colours."""
    return _STYLE.sub("", text)


def renderer(format: str) -> Callable[["Report"], Iterator[str]]:  # noqa: A002
    """The function that turns a report into pieces of text in one of FORMATS, with every credential masked."""
    from toolkit.masking import masker

    render: Callable[[Report], Iterator[str]] = import_module(f"toolkit.reports.{format}").render
    return lambda report: map(
        masker(result.integration for result in report.results if result.findings), render(report)
    )
