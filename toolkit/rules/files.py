"""The files of the directory, whatever is in them: what the official hygiene hooks look at."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem, Severity
from toolkit.integration import File, Integration, Kind
from toolkit.integration.files import READ_LIMIT
from toolkit.rules.registry import rule

SIZE_LIMIT = 500
"""Kibibytes; the official hooks refuse a larger file."""
_TRAILING = re.compile(r"[^\S\r\n]+(?=\r?$)", re.MULTILINE)
_MERGE = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_text(file: File) -> bool:
    """Whether the hooks take a file for text."""
    return b"\0" not in file.data[:1024]


@rule(Severity.warning, {".": "Acme_Signals"})
def directory_name(integration: Integration) -> Iterator[Problem]:
    """The directory's name is in kebab-case: small letters, digits, single hyphens.

    It is the integration's key in LaunchDarkly's addresses and API for ever.
    """
    if not _KEBAB.fullmatch(integration.name):
        slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", integration.name).lower()).strip("-")
        help_ = f"call it `{slug}`" if slug else "use small letters, digits and hyphens"
        yield Problem(Place(""), f"the directory's name {integration.name} is not in kebab-case", help_)


@rule(Severity.error, {"README.md": "# Acme Signals \n"}, gate="files")
def trailing_blank(file: File) -> Iterator[Problem]:
    """No line ends in a blank.

    The official hooks refuse it in every text file, Markdown and SVG included.
    """
    if is_text(file):
        for match in _TRAILING.finditer(file.text):
            place = file.at(*match.span())
            yield Problem(place, "the line ends in a blank", "remove it", (Edit(place, ""),))


@rule(Severity.error, {"README.md": "# Acme Signals"}, {"README.md": "# Acme Signals\n\n"}, gate="files")
def final_newline(file: File) -> Iterator[Problem]:
    """A text file ends in exactly one line break."""
    text = file.text if is_text(file) else ""
    kept = text.rstrip("\r\n")
    ending = text[len(kept) :]
    if text and ending not in ("\n", "\r\n", "\r"):
        place = file.at(len(kept), len(text))
        message = "the file ends in several line breaks" if ending else "the file does not end in a line break"
        yield Problem(place, message, "end it with one", (Edit(place, "\n" if kept else ""),))


@rule(Severity.error, {"README.md": "# Acme\n\n<<<<<<< HEAD\nOurs.\n>>>>>>> theirs\n"}, gate="files")
def merge_mark(file: File) -> Iterator[Problem]:
    """No merge-conflict mark is left in a file."""
    if is_text(file):
        for match in _MERGE.finditer(file.text):
            yield Problem(file.at(*match.span()), "a merge-conflict mark was left", "resolve the conflict")


@rule(Severity.error, {"assets/screenshot.bin": b"\0" * 600_000}, gate="files")
def large_file(integration: Integration) -> Iterator[Problem]:
    """No file is larger than 500 kB."""
    for file in integration.files.values():
        if -(-file.size // 1024) > SIZE_LIMIT and file.kind is Kind.file:
            message = f"{file.path} is {-(-file.size // 1024)} kB, the limit is {SIZE_LIMIT} kB"
            yield Problem(Place(file.path), message, "shrink it or leave it out")


@rule(Severity.error, {"assets/old.svg": File.absent("assets/old.svg", Kind.broken_link)}, gate="files")
def broken_link(integration: Integration) -> Iterator[Problem]:
    """No symbolic link points at nothing."""
    for file in integration.files.values():
        if not file.kind.exists:
            yield Problem(Place(file.path), f"{file.path} points at nothing", "remove the link, or add the file itself")


@rule(Severity.error, {"notes.txt": File.absent("notes.txt", Kind.special)})
def unreadable_file(integration: Integration) -> Iterator[Problem]:
    """Every file can be read.

    A pipe, a device, or a file without permission cannot be checked, nor delivered. (A large file is not read either:
    `large-file` speaks of it.)
    """
    for file in integration.files.values():
        if file.kind in (Kind.file, Kind.special) and not file.readable and file.size <= READ_LIMIT:
            yield Problem(Place(file.path), *file.failure)
