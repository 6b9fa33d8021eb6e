"""Keeps the credentials of an integration out of everything that is printed about it."""

from collections.abc import Callable, Iterable, Iterator

from toolkit.integration import File, Integration
from toolkit.regex import regex
from toolkit.secrets import SHOWN

PIECE = 8
"""Characters of a credential that count as a part of it, wherever they stand: messages and lines may be cut."""
_BREAK = regex(r"\s+|\\+[nr]")


def masker(integrations: Iterable[Integration]) -> Callable[[str], str]:
    """A function that puts asterisks over whatever a text has of the credentials in the files of ``integrations``.

    Only their first characters are left. Lengths and line breaks stay.
    """
    files = (file for integration in integrations for file in _perhaps_secret(integration))
    pieces = {piece for file in files if _may_be_shown(file) for piece in _pieces(file)}
    return lambda text: _masked(text, pieces) if pieces else text


def hiding(integration: Integration) -> set[str]:
    """The paths of the files of an integration that hold anything that must be masked."""
    return {path for path, file in integration.files.items() if _may_be_shown(file) and any(_pieces(file))}


def _perhaps_secret(integration: Integration) -> Iterator[File]:
    for path, file in integration.files.items():
        if integration.hidden is None or path in integration.hidden:
            yield file


def _may_be_shown(file: File) -> bool:
    """Whether anything of a file may get into a message: it is text, or at least begins as if it were."""
    return file.readable and (file.is_text or b"\0" not in file.data[:1024])


def _pieces(file: File) -> Iterator[str]:
    for _, start, end in file.secrets:
        for part in _BREAK.split(file.text[start + SHOWN : end]):
            yield from (part[at : at + PIECE] for at in range(len(part) - PIECE + 1))
    for _, start, end in file.passwords:
        yield file.text[start:end]


def _masked(text: str, pieces: set[str]) -> str:
    shown = list(text)
    for size in {len(piece) for piece in pieces}:
        for at in range(len(text) - size + 1):
            if text[at : at + size] in pieces:
                shown[at : at + size] = "*" * size
    return "".join(shown)
