"""Small things that every room says about words and errors: near misses, reasons, characters that can be shown."""

from collections.abc import Iterable


def nearest(wrong: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The name of ``known`` that ``wrong`` was most likely meant to be, or nothing; case alone is always near.

    ``cutoff`` is the least share of common characters, from 0 to 1, as ``difflib`` counts it.
    """
    names = sorted(known)
    for name in names:
        if name.casefold() == wrong.casefold():
            return name
    return (close(wrong, names, cutoff) or [""])[0]


def close(wrong: str, known: Iterable[str], cutoff: float = 0.6) -> list[str]:
    """Up to three names of ``known`` that are spelled much like ``wrong``, the nearest first."""
    from difflib import get_close_matches

    return get_close_matches(wrong, list(known), 3, cutoff)


def did_you_mean(wrong: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """``did you mean `name`?`` with the nearest of ``known``, or nothing when none is near."""
    name = nearest(wrong, known, cutoff)
    return f"did you mean `{name}`?" if name else ""


def reason(error: OSError) -> str:
    """Why the system refused, in lower case and without the path: ``permission denied``."""
    return (error.strerror or str(error) or type(error).__name__).lower()


def printable(text: str, keep: str = "") -> str:
    r"""``text`` with an escape such as ``\x1b`` for each character that a terminal or a log would act on.

    Line breaks are escaped too; ``keep`` are characters that stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else ascii(char)[1:-1] for char in text)
