"""The characters of the words that customers read."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from toolkit.finding import Edit, Place, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.fields import WORDS, Role, Text, strings, texts
from toolkit.rules.registry import rule

_INVISIBLE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\ufff9-\ufffd\ud800-\udfff\U000e0000-\U000e007f\u00a0\u2007\u202f\u3000]"
    "|(?<=[\x20-\x7e])[\u200c\u200d]|[\u200c\u200d](?=[\x20-\x7e])"
)
"""What has no shape; joiners are right between letters that join, and between the parts of an emoji."""
_BLANKS = {"\xa0", "\u2007", "\u202f", "\u3000"}
"""Blanks that look like an ordinary one."""
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201a": "'", "\u201e": '"', "\u00b4": "'"}
_QUOTE = f"[{''.join(_QUOTES)}]"
_DOUBLE = r"(?<=\S)[ \t]{2,}(?=\S)"
_MIXED = "[A-Za-z][\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]*|[\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]+"
_ONE_LINE = (Role.name, Role.label, Role.hint, Role.value)


def spot(manifest: Manifest, text: Text, match: re.Match[str]) -> Place:
    """The code points of a string that a pattern matched."""
    return manifest.at(text.pointer, match.span())


@rule(
    Severity.warning,
    {NAME: {"author": "Acme\u200b Signals"}},
    {NAME: {"details": "Acme Signals\xa0measures every record that your customers choose."}},
)
def text_invisible(manifest: Manifest) -> Iterator[Problem]:
    """Strings contain no invisible characters.

    Zero-width characters, control characters and special spaces come along when text is copied from a web page. They
    break searching, comparing and wrapping, and nobody sees why. One accepted integration has this defect too.
    """
    source = manifest.document.text
    escaped = any(escape in source for escape in ("\\u", "\\b", "\\f"))
    if not escaped and (source.isascii() or not re.search(_INVISIBLE, source)):
        return
    for text in strings(manifest.value):
        for match in re.finditer(_INVISIBLE, text.value):
            place, char = spot(manifest, text, match), match[0]
            name = unicodedata.name(char, "a control character").lower()
            if char in _BLANKS:
                edits: tuple[Edit, ...] = (Edit(place, " "),)
            else:
                edits = () if char == "\ufffd" or "\ud800" <= char <= "\udfff" else (Edit(place, ""),)
            yield Problem(
                place, f"there is an invisible character, U+{ord(char):04X} {name}", "remove it or type a space", edits
            )


@rule(Severity.warning, {NAME: {"author": " Acme Signals"}}, {NAME: {"name": "Acme Signals\n"}})
def text_padding(manifest: Manifest) -> Iterator[Problem]:
    """Names, sentences and choices do not start or end with a space.

    The space shows in lists and sorts the name wrongly; a choice with one is a different choice. Some accepted
    integrations have this defect too.
    """
    for text in texts(manifest, *WORDS, Role.value):
        stripped = text.value.strip()
        if stripped and stripped != text.value:
            place = manifest.at(text.pointer)
            edit = Edit.json(place, stripped, safe=text not in texts(manifest, Role.value))
            yield Problem(place, f"{text.key} starts or ends with a space or line break", "remove it", (edit,))


@rule(Severity.warning, {NAME: {"author": "   "}})
def text_blank(manifest: Manifest) -> Iterator[Problem]:
    """Fields and choices that customers read are not blank.

    The official tests only count characters, and spaces are characters.
    """
    for text in texts(manifest, Role.name, Role.sentence, Role.label, Role.prose, Role.value):
        if not text.value.strip():
            yield Problem(manifest.at(text.pointer), f"{text.key} is blank", "fill it in, or remove it")


@rule(Severity.warning, {NAME: {"name": "Acme\nSignals"}})
def text_line_break(manifest: Manifest) -> Iterator[Problem]:
    """Names, labels and choices are on one line.

    They are shown on one line, where a line break or a tab becomes a space or nothing.
    """
    for text in texts(manifest, *_ONE_LINE):
        if any(char in text.value.strip() for char in "\n\r\t"):
            yield Problem(
                manifest.at(text.pointer), f"{text.key} contains a line break or a tab", "write it on one line"
            )


def _each(
    manifest: Manifest, text: Text, pattern: str, mend: Callable[[str], str]
) -> tuple[Place, int, tuple[Edit, ...]] | None:
    """Where a pattern stands first in a string, how often it does, and the edits that mend each."""
    matches = list(re.finditer(pattern, text.value))
    edits = tuple(Edit(spot(manifest, text, match), mend(match[0])) for match in matches)
    return (edits[0].place, len(matches), edits) if edits else None


@rule(Severity.note, {NAME: {"author": "Acme  Signals"}})
def double_blank(manifest: Manifest) -> Iterator[Problem]:
    """Words and sentences are separated by a single space.

    Browsers show two spaces as one, but a search for one does not find two.
    """
    for text in texts(manifest, *WORDS, Role.value):
        if "  " in text.value and (found := _each(manifest, text, _DOUBLE, lambda _: " ")):
            place, count, edits = found
            safe = text not in texts(manifest, Role.value)
            mend = tuple(edit._replace(safe=safe) for edit in edits)
            yield Problem(place, f"{text.key} has several spaces in a row{_times(count)}", "keep one", mend)


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""


@rule(Severity.note, {NAME: {"overview": "Bring Acme\u2019s metrics to LaunchDarkly."}})
def typographic_quote(manifest: Manifest) -> Iterator[Problem]:
    """Quotes and apostrophes are straight.

    Word processors insert curly ones. LaunchDarkly's own texts use straight ones, and reviewers replace the others.
    """
    if manifest.document.text.isascii() and "\\u" not in manifest.document.text:
        return
    for text in texts(manifest, *WORDS):
        if found := _each(manifest, text, _QUOTE, _straight):
            place, count, edits = found
            yield Problem(place, f"{text.key} has a typographic quote{_times(count)}", "write it straight", edits)


def _straight(quote: str) -> str:
    straight = _QUOTES[quote]
    return "\\" + straight if straight == '"' else straight


@rule(Severity.warning, {NAME: {"author": "\u0410cme Signals"}})
def mixed_alphabets(manifest: Manifest) -> Iterator[Problem]:
    """No word mixes Latin letters with Greek or Cyrillic ones that look like them.

    Such a word looks right, but no search finds it; this is how names are counterfeited.
    """
    if manifest.document.text.isascii() and "\\u" not in manifest.document.text:
        return
    for text in texts(manifest, *WORDS, Role.value):
        for match in re.finditer(_MIXED, text.value):
            foreign = next(char for char in match[0] if not char.isascii())
            name = unicodedata.name(foreign, f"U+{ord(foreign):04X}").lower()
            yield Problem(spot(manifest, text, match), f"a word mixes Latin letters with {name}", "type the word again")
