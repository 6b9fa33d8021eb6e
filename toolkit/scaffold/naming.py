"""What follows from an integration's name: the directory, the words that can be drawn, the initials."""

import re
import unicodedata

from toolkit.errors import LditError
from toolkit.regex import regex

_KEBAB = regex(r"[a-z0-9]+(-[a-z0-9]+)*")
_APOSTROPHES = regex(r"(?<=\w)['\u2019](?=\w)")
_LONGEST_SLUG = 60
_SHORTEST_SLUG = 2
_DRAWN = ("LATIN ", "DIGIT ", "FULLWIDTH LATIN ", "FULLWIDTH DIGIT ")
_TRANSLITERATED = (*_DRAWN, "CYRILLIC ", "GREEK ")
"""Scripts whose letters are written in ASCII letter by letter; how 株式会社 is read, nobody can tell from its signs."""
_RESERVED = regex(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""Names of devices that no file of Windows may have:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""


def is_kebab(text: str) -> bool:
    """Whether ``text`` is lower-case ASCII letters and digits, in words joined by single hyphens."""
    return _KEBAB.fullmatch(text) is not None


def directory_problem(text: str) -> str:
    """Why ``text`` cannot be the name of a directory, or nothing when it can."""
    if not is_kebab(text):
        return f"{text} is not kebab-case, as in `acme-signals`"
    return f"{text} is a reserved name on Windows" if _RESERVED.fullmatch(text) else ""


def slug(name: str) -> str:
    """The kebab-case directory name for any Unicode ``name``, at most 60 characters.

    Raises LditError when too little of the name is in a script that has one spelling in ASCII.
    """
    from slugify import slugify

    text: str = slugify(_in_scripts(name, _TRANSLITERATED), max_length=_LONGEST_SLUG, word_boundary=True)
    if len(text) < _SHORTEST_SLUG or directory_problem(text):
        raise LditError(f"no directory name can be made from {name!r}", "choose one with `--directory`")
    return text


def words(name: str) -> list[str]:
    """The Latin words and numbers of ``name`` in A-Z, a-z and 0-9; other scripts and symbols are left out."""
    from slugify import slugify

    return [word for word in slugify(_in_scripts(name, _DRAWN), lowercase=False).split("-") if word]


def initials(name: str) -> str:
    """One to three capital letters or digits for ``name``, or nothing when it has no Latin words.

    "Acme Signals" gives AS, "LaunchDarkly" LD, "IBM" IBM and "Datadog" D.
    """
    found = words(name)
    if not found:
        return ""
    if len(found) > 1:
        return (found[0][0] + found[1][0]).upper()
    word = found[0]
    if len(word) <= 3 and word.isupper():
        return word
    return (word[0] + "".join(re.findall(r"(?<=[a-z])[A-Z]", word))[:1]).upper()


def _in_scripts(name: str, scripts: tuple[str, ...]) -> str:
    """``name`` with a blank for each letter of another script and each symbol, such as ™, which is not a letter."""
    kept = (letter if _is_of(letter, scripts) else " " for letter in _without_marks(_APOSTROPHES.sub("", name)))
    return unicodedata.normalize("NFKC", "".join(kept))


def _without_marks(name: str) -> str:
    """``name`` with each letter that has an accent as one character, without the accents that are left."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(letter for letter in composed if unicodedata.category(letter)[0] != "M")


def _is_of(letter: str, scripts: tuple[str, ...]) -> bool:
    return unicodedata.category(letter)[0] in "LN" and unicodedata.name(letter, "").startswith(scripts)
