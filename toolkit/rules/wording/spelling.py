"""How words and names are spelled."""

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.finding import Edit, Problem
from toolkit.integration import Manifest, Text
from toolkit.integration.manifest import NAME
from toolkit.integration.texts import PLAIN
from toolkit.regex import regex
from toolkit.rules.examples import README
from toolkit.rules.registry import note, rule, warning
from toolkit.rules.wording.vocabulary import BRITISH, LONG, PRODUCTS, STYLE, TYPOS

_LAUNCH = r"\bl\w{2,6}[ -]?d\w{3,6}\b"
_NAMED = r"(?<![\w./@:#=&?-])%s(?![\w/@]|[.:=-]\w)"
_SHORT = regex(r"(?<![\w./:#=-])LD(?![\w/:=-]|\.\w)")
_SUSPECT = regex(r"[ .,;:!?][.,;:!?]|[a-z][,;][A-Za-z]|[a-z]\.[A-Z]|[&\\\xc2\xc3\xe2\xef]")
"""What every slip but a repeated word has in it."""
_TWICE = r"(?i)\b(?!(?:that|had|is)\b)([a-z]+) \1\b"
_SLIPS = (
    (_TWICE, "the word `{1}` is repeated", r"\1"),
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
"""What is wrong, in which words, and the fix; an empty fix means that a person has to choose one."""
_READ = (*PLAIN, "fragment")
"""The roles whose spelling customers see."""


def _find(text: Text, pattern: str) -> Iterator[re.Match[str]]:
    """Where a pattern stands in a text, but for addresses, code and names of files."""
    yield from re.finditer(pattern, text.masked, re.IGNORECASE)


def _replaced(text: Text, match: re.Match[str], right: str, message: str) -> Problem:
    place = text.at(*match.span())
    safe = re.sub(r"[ -]", "", match[0]).lower() == right.lower() or match[0].lower() in TYPOS
    severity = None if text.is_of_manifest else note
    return Problem(place, message, f"write `{right}`", (Edit(place, right, safe=safe),), severity=severity)


def _own_names(manifest: Manifest) -> dict[str, str]:
    """The words of the integration's own name that have a capital inside."""
    words = re.findall(r"[A-Za-z]{4,}", f"{manifest.text('/name')} {manifest.text('/author')}")
    return {word.lower(): word for word in words if word[1:] != word[1:].lower() and not word.isupper()}


@rule(
    warning,
    bad=[
        {NAME: {"overview": "Bring your Acme metrics to Launchdarkly."}},
        {NAME: {"overview": "Bring your Acme metrics to LD experiments."}},
        {NAME: {"overview": "Bring your Github metrics to Launch Darkly."}},
    ],
    good=[
        {NAME: {"details": "Acme Signals reads metrics from `launchdarkly.js` and https://github.com/acme/signals."}},
        {"README.md": f"{README}\nRun `npm install launchdarkly` and open launchdarkly.com.\n"},
    ],
)
def misspelled_product(text: Text, manifest: Manifest) -> Iterator[Problem]:
    """Product names are written as their owners write them: LaunchDarkly, GitHub, JavaScript.

    Reviewers correct each of them, "LD" and "Launch Darkly" first. The integration's own name is checked as well.
    Some accepted integrations have this defect too.
    """
    if text.role not in _READ and text.role != "readme":
        return
    names = _own_names(manifest) | PRODUCTS if text.is_of_manifest else PRODUCTS
    for word in sorted(names.keys() & text.distinct):
        right = names[word]
        for match in _find(text, _NAMED % word):
            if match[0] != right and (text.is_of_manifest or match[0] != word):
                yield _replaced(text, match, right, f"{match[0]} is written {right}")
    yield from _launchdarkly(text)


def _launchdarkly(text: Text) -> Iterator[Problem]:
    if text.is_of_manifest and "LD" in text.value:
        for match in _SHORT.finditer(text.masked):
            problem = _replaced(text, match, "LaunchDarkly", "LD is an abbreviation that customers do not know")
            yield problem._replace(severity=note) if text.role == "name" else problem
    if "darkly" in text.distinct or any(word[0] == "l" and len(word) > 8 and _alike(word) for word in text.distinct):
        for match in _find(text, _LAUNCH):
            if _alike(match[0].lower()):
                yield _replaced(text, match, "LaunchDarkly", f"{match[0]} is written LaunchDarkly")


def _alike(word: str) -> bool:
    """Whether a word looks like LaunchDarkly and is not."""
    if word == "launchdarkly" or len(word) > 15:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, "launchdarkly").ratio() >= 0.85


def _misspelled(text: Text, words: dict[str, str], message: str) -> Iterator[Problem]:
    for word in sorted(words.keys() & text.distinct):
        for match in _find(text, _NAMED % word):
            right = words[word].capitalize() if match[0][0].isupper() else words[word]
            yield _replaced(text, match, right, message.format(match[0]))


@rule(
    warning,
    bad=[
        {NAME: {"overview": "Recieve metrics from every region."}},
        {"README.md": f"{README}\nYou will recieve a message.\n"},
    ],
    good={"README.md": f"{README}\nSend `recieve` to https://acme-signals.io/recieve.\n"},
)
def misspelled_word(text: Text) -> Iterator[Problem]:
    """Words are spelled correctly, in American English.

    Only words that are certainly misspelled are reported, and in the manifest the British spellings that reviewers
    replace. In the README it is a note. Some accepted integrations have this defect too.
    """
    if text.role in _READ or text.role == "readme":
        known = TYPOS if text.role == "readme" else TYPOS | BRITISH
        rest = text.distinct - known.keys() - BRITISH.keys()
        near = {word: meant for word in rest if (meant := near_word(word))}
        yield from _misspelled(text, known | near, "`{}` is misspelled")


@lru_cache(4096)
def near_word(word: str) -> str:
    """The long word of the field that another differs from in one letter, or in the order of two; else nothing."""
    if len(word) < 7:
        return ""
    for known in LONG.get(word[0], ()):
        if abs(len(known) - len(word)) < 2 and _is_slip(word, known):
            return known
    return ""


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is missing, added, changed or exchanged with its neighbor, other than at the word's end."""
    start = next((at for at, pair in enumerate(zip(word, known, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0 or start >= min(len(word), len(known)) - 1:
        return False  # the same word, or another form of it
    one, two = word[start:], known[start:]
    return one[1:] == two or one == two[1:] or one[1:] == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])


@rule(
    note,
    bad={"README.md": f"{README}\nAsk your organisation first.\n"},
    good={"README.md": f"{README}\nAsk your organization first.\n"},
    pedantic=True,
)
def british_spelling(text: Text) -> Iterator[Problem]:
    """The README is in American English, as LaunchDarkly's own texts are."""
    if text.role == "readme":
        yield from _misspelled(text, BRITISH, "`{}` is the British spelling")


@rule(
    note,
    bad={NAME: {"details": "In order to measure your experiments, utilize the events that Acme Signals collects."}},
    good={NAME: {"details": "Measure your experiments with the events that Acme Signals collects in order."}},
    pedantic=True,
)
def wordy_phrase(text: Text) -> Iterator[Problem]:
    """Sentences use the plain words that LaunchDarkly's writers put in place of others.

    "Use" for "utilize", "to" for "in order to", "lets you" for "allows for"; no "please note".
    """
    if text.role in PLAIN:
        for phrase, better in STYLE.items():
            if phrase.partition(" ")[0] in text.distinct:
                for match in _find(text, rf"\b{phrase}\b"):
                    help_ = f"write `{better}`" if better else "leave it out"
                    yield Problem(text.at(*match.span()), f"`{match[0]}` is not LaunchDarkly's style", help_)


@rule(
    note,
    bad=[
        {NAME: {"overview": "Bring your metrics to to LaunchDarkly."}},
        {NAME: {"overview": "Bring metrics &amp; events to LaunchDarkly."}},
        {"README.md": f"{README}\nOpen the the page.\n"},
    ],
    good={NAME: {"details": "Acme knows that that is hard, e.g. for Node.js, version 1.2.3... and `a ,b`."}},
)
def typing_error(text: Text) -> Iterator[Problem]:
    """Sentences contain no typing errors.

    A repeated word, a space before a comma or none after it, punctuation typed twice, entities and escapes that are
    shown as typed, letters from a wrong encoding. In the README only repeated words are looked for.
    """
    if text.role != "readme" and text.role not in PLAIN:
        return
    twice = not all(map(str.__ne__, text.words, text.words[1:])) and re.search(_TWICE, text.masked)
    if not twice and (text.role == "readme" or not _SUSPECT.search(text.masked)):
        return
    for pattern, message, right in _SLIPS[: 1 if text.role == "readme" else None]:
        for match in re.finditer(pattern, text.masked):
            place = text.at(*match.span())
            edits = (Edit(place, match.expand(right), safe=False),) if right else ()
            detail = message.format(match[0], match[1] if match.re.groups else "")
            yield Problem(place, detail, "correct it", edits)
