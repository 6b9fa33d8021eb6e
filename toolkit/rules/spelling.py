"""How words and names are spelled."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.fields import Role, Text, texts
from toolkit.rules.registry import rule
from toolkit.rules.vocabulary import PRODUCTS, TYPOS

_LAUNCH = re.compile(r"\bl\w{2,6} ?d\w{3,6}\b", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w./@:#=&?-])[A-Za-z]{3,}(?![\w/@]|[.:=-]\w)")
_SHORT = re.compile(r"(?<![\w./:#=-])LD(?![\w/:=-]|\.\w)")
_MASKED = re.compile(r"https?://[^\s)>\"]+|`[^`]*`|\{\{.*?\}\}|(?<=\])\([^)]*\)|<[^>]*>|[\w.+-]+@[\w.-]+")
_SLIPS = (
    (re.compile(r"\b(?!(?:that|had|is)\b)([a-z]+) \1\b", re.IGNORECASE), "the word `{1}` stands twice", r"\1"),
    (re.compile(r"(?<=\w) +([,;:!?]|\.(?!\w|\.))"), "a blank stands before `{1}`", r"\1"),
    (re.compile(r"(?<=[a-z])([,;])(?=[A-Za-z])"), "no blank stands after `{1}`", r"\1 "),
    (re.compile(r"(?<=[a-z]{2})\.(?=[A-Z][a-z])"), "no blank stands after the period", ". "),
    (re.compile(r"(?<![.,;:!?])([,;:!?])\1+|(?<!\.)(\.)\.(?!\.)"), "`{0}` is one mark too many", r"\1\2"),
    (re.compile(r"[,;:]\.|\.[,;:]"), "`{0}` is one mark too many", ""),
    (re.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|#x?[0-9a-f]+);", re.IGNORECASE), "{0} shows as it stands", ""),
    (re.compile(r"\\[nrt\"']"), "{0} shows as it stands", ""),
    (
        re.compile("\u00e2\u20ac.|[\u00c2\u00c3][\u0080-\u00bf]|\u00ef\u00bb\u00bf"),
        "{0} was read in a wrong encoding",
        "",
    ),
)
"""What is wrong, in which words, and the mend; an empty mend means that a person has to choose one."""
_PLAIN = (Role.name, Role.sentence, Role.label, Role.prose)


def masked(text: str) -> str:
    """The text with addresses, code and templates made into NULs, so that offsets stay."""
    return _MASKED.sub(lambda match: "\0" * len(match[0]), text) if any(char in text for char in "/`{@<") else text


def _replaced(manifest: Manifest, text: Text, start: int, end: int, right: str, message: str) -> Problem:
    place = manifest.at(text.pointer, (start, end))
    return Problem(place, message, f"write `{right}`", (Edit(place, right),))


@lru_cache(maxsize=1)
def _words(manifest: Manifest) -> tuple[tuple[Text, re.Match[str]], ...]:
    """Every word of more than two letters, but for those in addresses, code and names of files."""
    fields = texts(manifest, *_PLAIN, Role.fragment)
    return tuple((text, match) for text in fields for match in _WORD.finditer(masked(text.value)))


def _own_names(manifest: Manifest) -> dict[str, str]:
    """The words of the integration's own name that have a capital inside."""
    words = _WORD.findall(f"{manifest.text('/name')} {manifest.text('/author')}")
    return {word.lower(): word for word in words if word[1:] != word[1:].lower() and not word.isupper()}


@rule(
    Severity.warning,
    {NAME: {"overview": "Bring your Acme metrics to Launchdarkly."}},
    {NAME: {"overview": "Bring your Acme metrics to LD experiments."}},
    {NAME: {"overview": "Bring your Github metrics to LaunchDarkly."}},
)
def product_name(manifest: Manifest) -> Iterator[Problem]:
    """Names of products are written as their owners write them: LaunchDarkly, GitHub, JavaScript.

    Reviewers correct each of them, "LD" and "Launch Darkly" first. The integration's own name is compared as well.
    It is a defect in accepted integrations too.
    """
    names = PRODUCTS | _own_names(manifest)
    for text, match in _words(manifest):
        right = names.get(match[0].lower())
        if right and match[0] != right:
            message = f"{match[0]} is not how {right} is written"
            yield _replaced(manifest, text, *match.span(), right, message)
    for text in texts(manifest, *_PLAIN, Role.fragment):
        yield from _launchdarkly(manifest, text)


def _launchdarkly(manifest: Manifest, text: Text) -> Iterator[Problem]:
    plain = masked(text.value)
    for match in _SHORT.finditer(plain):
        yield _replaced(manifest, text, *match.span(), "LaunchDarkly", "customers do not say LD")
    for match in _LAUNCH.finditer(plain):
        said = match[0].lower()
        if said != "launchdarkly" and SequenceMatcher(None, said, "launchdarkly").ratio() >= 0.85:
            message = f"{match[0]} is not how LaunchDarkly is written"
            yield _replaced(manifest, text, *match.span(), "LaunchDarkly", message)


@rule(Severity.warning, {NAME: {"overview": "Recieve metrics from every region."}})
def misspelt_word(manifest: Manifest) -> Iterator[Problem]:
    """No word is misspelt.

    Only slips that are certain are found, and the British spellings that reviewers replace. It is a defect in accepted
    integrations too.
    """
    for text, match in _words(manifest):
        right = TYPOS.get(match[0].lower())
        if right:
            right = right.capitalize() if match[0][0].isupper() else right
            yield _replaced(manifest, text, *match.span(), right, f"`{match[0]}` is misspelt")


@rule(
    Severity.note,
    {NAME: {"overview": "Bring your metrics to to LaunchDarkly."}},
    {NAME: {"overview": "Bring metrics &amp; events to LaunchDarkly."}},
)
def text_slip(manifest: Manifest) -> Iterator[Problem]:
    """Sentences are free of slips of the keyboard.

    A word that stands twice, a blank before a comma or none after it, a mark too many, entities and escapes that show
    as they stand, letters from a wrong encoding.
    """
    for text in texts(manifest, *_PLAIN):
        plain = masked(text.value)
        for pattern, message, right in _SLIPS:
            for match in pattern.finditer(plain):
                place = manifest.at(text.pointer, match.span())
                edits = (Edit(place, match.expand(right)),) if right else ()
                said = message.format(match[0], match[1] if match.re.groups else "")
                yield Problem(place, said, "mend it", edits)
