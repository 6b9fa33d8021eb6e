"""How words and names are spelled."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.fields import Role, Text, texts
from toolkit.rules.registry import rule
from toolkit.rules.vocabulary import PRODUCTS, TYPOS

_LAUNCH = r"\bl\w{2,6}[ -]?d\w{3,6}\b"
_NAMED = r"(?<![\w./@:#=&?-])%s(?![\w/@]|[.:=-]\w)"
_SHORT = r"(?<![\w./:#=-])LD(?![\w/:=-]|\.\w)"
_MASKED = r"https?://[^\s)>\"]+|`[^`]*`|\{\{[^{}]{0,999}\}\}|(?<=\])\([^()]{0,999}\)|<[^<>]{0,999}>"
_SUSPECT = r"[ .,;:!?][.,;:!?]|[a-z][,;][A-Za-z]|[a-z]\.[A-Z]|[&\\\xc2\xc3\xe2\xef]"
"""What every slip but a doubled word has in it."""
_SLIPS = (
    (r"(?i)\b(?!(?:that|had|is)\b)([a-z]+) \1\b", "the word `{1}` is repeated", r"\1"),
    (r"(?<=\w) +([,;:!?]|\.(?!\w|\.))", "there is a space before `{1}`", r"\1"),
    (r"(?<=[a-z])([,;])(?=[A-Za-z])", "there is no space after `{1}`", r"\1 "),
    (r"(?<=[a-z]{2})\.(?=[A-Z][a-z])", "there is no space after the period", ". "),
    (r"(?<![.,;:!?])([,;:!?])\1+|(?<!\.)(\.)\.(?!\.)", "`{0}` is one punctuation mark too many", r"\1\2"),
    (r"[,;:]\.", "`{0}` is one punctuation mark too many", "."),
    (r"(?i)&(?:amp|lt|gt|quot|nbsp|apos|#x?[0-9a-f]+);", "{0} is shown as typed", ""),
    (r"\\[nrt\"']", "{0} is shown as typed", ""),
    (
        "\u00e2\u20ac.|[\u00c2\u00c3][\u0080-\u00bf]|\u00ef\u00bb\u00bf",
        "{0} was read in a wrong encoding",
        "",
    ),
)
"""What is wrong, in which words, and the mend; an empty mend means that a person has to choose one."""
_PLAIN = (Role.name, Role.sentence, Role.label, Role.prose)


class _Words(NamedTuple):
    """What customers read: the texts, all of them together and masked, and their words in small letters."""

    texts: tuple[Text, ...]
    joined: str
    words: tuple[str, ...]
    distinct: frozenset[str]


@lru_cache(maxsize=1)
def _read(manifest: Manifest) -> _Words:
    found = texts(manifest, *_PLAIN, Role.fragment)
    joined = masked("\n".join(text.value for text in found))
    words = tuple(re.findall(r"[a-z]+", joined.lower()))
    return _Words(found, joined, words, frozenset(words))


def masked(text: str) -> str:
    """The text with addresses, code and templates made into NULs, so that offsets stay."""
    if not any(char in text for char in "/`{<("):
        return text
    return re.sub(_MASKED, lambda match: "\0" * len(match[0]), text)


def _found(manifest: Manifest, pattern: str) -> Iterator[tuple[Text, re.Match[str]]]:
    """Where a pattern stands in the texts, but for addresses, code and names of files."""
    for text in _read(manifest).texts:
        for match in re.finditer(pattern, masked(text.value), re.IGNORECASE):
            yield text, match


def _replaced(manifest: Manifest, text: Text, match: re.Match[str], right: str, message: str) -> Problem:
    place = manifest.at(text.pointer, match.span())
    same = re.sub(r"[ -]", "", match[0]).lower() == right.lower() or match[0].lower() in TYPOS
    return Problem(place, message, f"write `{right}`", (Edit(place, right, safe=same),))


def _own_names(manifest: Manifest) -> dict[str, str]:
    """The words of the integration's own name that have a capital inside."""
    words = re.findall(r"[A-Za-z]{4,}", f"{manifest.text('/name')} {manifest.text('/author')}")
    return {word.lower(): word for word in words if word[1:] != word[1:].lower() and not word.isupper()}


@rule(
    Severity.warning,
    {NAME: {"overview": "Bring your Acme metrics to Launchdarkly."}},
    {NAME: {"overview": "Bring your Acme metrics to LD experiments."}},
    {NAME: {"overview": "Bring your Github metrics to Launch Darkly."}},
)
def product_name(manifest: Manifest) -> Iterator[Problem]:
    """Product names are written as their owners write them: LaunchDarkly, GitHub, JavaScript.

    Reviewers correct each of them, "LD" and "Launch Darkly" first. The integration's own name is checked as well.
    Some accepted integrations have this defect too.
    """
    read = _read(manifest)
    names = _own_names(manifest) | PRODUCTS
    for word in names.keys() & read.distinct:
        right = names[word]
        if read.words.count(word) != read.joined.count(right):
            for text, match in _found(manifest, _NAMED % word):
                if match[0] != right:
                    message = f"{match[0]} is written {right}"
                    yield _replaced(manifest, text, match, right, message)
    yield from _launchdarkly(manifest, read)


def _launchdarkly(manifest: Manifest, read: _Words) -> Iterator[Problem]:
    if "LD" in read.joined:
        for text in read.texts:
            for match in re.finditer(_SHORT, masked(text.value)):
                yield _replaced(
                    manifest, text, match, "LaunchDarkly", "LD is an abbreviation that customers do not know"
                )
    if "darkly" in read.distinct or any(word[0] == "l" and len(word) > 8 and _alike(word) for word in read.distinct):
        for text, match in _found(manifest, _LAUNCH):
            if _alike(match[0].lower()):
                message = f"{match[0]} is written LaunchDarkly"
                yield _replaced(manifest, text, match, "LaunchDarkly", message)


def _alike(word: str) -> bool:
    """Whether a word looks like LaunchDarkly and is not."""
    if word == "launchdarkly" or len(word) > 15:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, "launchdarkly").ratio() >= 0.85


@rule(Severity.warning, {NAME: {"overview": "Recieve metrics from every region."}})
def misspelt_word(manifest: Manifest) -> Iterator[Problem]:
    """Words are spelled correctly, in American English.

    Only words that are certainly misspelled are reported, and the British spellings that reviewers replace. Some
    accepted integrations have this defect too.
    """
    for word in TYPOS.keys() & _read(manifest).distinct:
        for text, match in _found(manifest, _NAMED % word):
            right = TYPOS[word].capitalize() if match[0][0].isupper() else TYPOS[word]
            yield _replaced(manifest, text, match, right, f"`{match[0]}` is misspelled")


@rule(
    Severity.note,
    {NAME: {"overview": "Bring your metrics to to LaunchDarkly."}},
    {NAME: {"overview": "Bring metrics &amp; events to LaunchDarkly."}},
)
def text_slip(manifest: Manifest) -> Iterator[Problem]:
    """Sentences contain no typing errors.

    A repeated word, a space before a comma or none after it, punctuation typed twice, entities and escapes that are
    shown as typed, letters from a wrong encoding.
    """
    read = _read(manifest)
    twice = not all(map(str.__ne__, read.words, read.words[1:])) and re.search(_SLIPS[0][0], read.joined)
    if not twice and not re.search(_SUSPECT, read.joined):
        return
    for text in texts(manifest, *_PLAIN):
        plain = masked(text.value)
        for pattern, message, right in _SLIPS:
            for match in re.finditer(pattern, plain):
                place = manifest.at(text.pointer, match.span())
                edits = (Edit(place, match.expand(right), safe=False),) if right else ()
                said = message.format(match[0], match[1] if match.re.groups else "")
                yield Problem(place, said, "correct it", edits)
