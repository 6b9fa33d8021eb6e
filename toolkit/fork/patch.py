"""A change of one file as a patch that ``git apply`` and ``patch -p1`` take."""

from collections.abc import Iterator
from difflib import unified_diff

_NO_END = "\n\\ No newline at end of file\n"


def patch(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff from ``before`` to ``after`` of the file at ``path``, with git's prefixes."""
    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, _quoted(f"a/{path}"), _quoted(f"b/{path}")):
        yield line if line.endswith("\n") else line + _NO_END


def _lines(text: str) -> list[str]:
    """The lines as git sees them: ended by a line feed and by nothing else."""
    lines = [line + "\n" for line in text.split("\n")]
    return lines[:-1] if text.endswith("\n") or not text else [*lines[:-1], lines[-1][:-1]]


def _quoted(path: str) -> str:
    """A path as git writes it: in quotes, with octal escapes, where it holds what would end it."""
    if path.isprintable() and not set(path) & set('"\\'):
        return path + "\t" * (" " in path)
    escaped = "".join(
        f"\\{chr(byte)}" if byte in b'"\\' else chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
        for byte in path.encode("utf-8", "surrogateescape")
    )
    return f'"{escaped}"'
