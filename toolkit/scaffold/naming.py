"""What follows from an integration's name: the directory, the words that can be drawn, the initials."""

import re
import unicodedata

from toolkit.errors import LditError

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019](?=\w)")
_LONGEST_SLUG = 60


def is_kebab(text: str) -> bool:
    """Whether ``text`` is lower-case ASCII letters and digits, in words joined by single hyphens."""
    return _KEBAB.fullmatch(text) is not None


def slug(name: str) -> str:
    """The kebab-case directory name for any Unicode ``name``, at most 60 characters.

    Raises LditError when nothing of the name can be written in ASCII.
    """
    from slugify import slugify

    text: str = slugify(_APOSTROPHES.sub("", name), max_length=_LONGEST_SLUG, word_boundary=True)
    if not is_kebab(text):
        raise LditError(f"no directory name can be made from {name!r}", "choose one with `--directory`")
    return text


def words(name: str) -> list[str]:
    """The Latin words and numbers of ``name`` in A-Z, a-z and 0-9; other scripts and symbols are left out."""
    from slugify import slugify

    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", name))
    latin = "".join(letter if _is_latin(letter) else " " for letter in text)
    return [word for word in slugify(latin, lowercase=False).split("-") if word]


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


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN ", "DIGIT "))
