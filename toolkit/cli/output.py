"""Where a report goes, and how."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from toolkit.cli.options import Options
from toolkit.cli.printing import print_report
from toolkit.fork.place import from_root, rooted
from toolkit.integration import Integration
from toolkit.integration.writing import write_text
from toolkit.reports import plain, renderer
from toolkit.reports.report import Report
from toolkit.text import printable

ROOTED = frozenset({"github", "gitlab", "sarif"})
"""Formats for programs that know files by their paths from the repository's root."""


def write(report: Report, options: Options) -> str:
    """Each format to its output, those without one to standard output, which is returned too.

    Raises LditError and OSError.
    """
    shown = ""
    for format_, output in zip_longest(options.formats or ("text",), options.outputs):
        text = "".join(
            renderer("statistics" if options.statistics else format_)(_rooted(report) if format_ in ROOTED else report)
        )
        if output:
            write_text(output, plain(text))
        else:
            shown += text
            print_report(text)
    return shown


def write_patch(before: Integration, after: Integration) -> bool:
    """Prints what differs as a patch with paths from the repository's root; whether anything does."""
    from toolkit.fork.patch import patch

    changed = list(after.changed_since(before))
    for path in changed:
        old, new = before.files[path].source, after.files[path].source
        _print_exactly(patch(from_root(Path(before.path, path)), old, new))
    return bool(changed)


def _rooted(report: Report) -> Report:
    """The report with paths from the root of the repository, and that root where there is only one."""
    located = [rooted(result.integration.path) for result in report.results]
    results = (
        result._replace(integration=replace(result.integration, path=path))
        for result, (_root, path) in zip(report.results, located, strict=True)
    )
    roots = {root for root, _path in located}
    return replace(report, results=tuple(results), root=roots.pop() if len(roots) == 1 else "")


def _print_exactly(lines: Iterable[str]) -> None:
    """To a program byte for byte; to a terminal with escapes for what would steer it."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.writelines(_shown(lines))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(line.encode("utf-8", "surrogateescape") for line in lines)
    sys.stdout.flush()


def _shown(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield printable(line, keep="\n\t")
