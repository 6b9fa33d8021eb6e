"""The characters of the words that customers read."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Manifest, Text
from toolkit.integration.fields import WORDS
from toolkit.integration.manifest import NAME
from toolkit.regex import regex
from toolkit.rules.examples import README
from toolkit.rules.registry import note, rule, warning

_INVISIBLE = regex(
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
_MIXED = regex("[A-Za-z][\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]*|[\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]+")
_FIELDS = (*WORDS, "value")
"""The roles of single fields, choices among them."""
_ONE_LINE = ("name", "label", "hint", "value")


@rule(
    warning,
    bad=[
        {NAME: {"author": "Acme\u200b Signals"}},
        {NAME: {"details": "Acme Signals\xa0measures every record that your customers choose."}},
    ],
    unless="not-utf8",
)
def invisible_character(manifest: Manifest) -> Iterator[Problem]:
    """Strings contain no invisible characters.

    Zero-width characters, control characters and special spaces come along when text is copied from a web page. They
    break searching, comparing and wrapping, and nobody sees why. One accepted integration has this defect too.
    """
    source = manifest.document.text
    escaped = any(escape in source for escape in ("\\u", "\\b", "\\f"))
    if not escaped and (source.isascii() or not _INVISIBLE.search(source)):
        return
    for field in manifest.strings:
        for match in _INVISIBLE.finditer(field.value):
            place, char = manifest.at(field.pointer, match.span()), match[0]
            name = unicodedata.name(char, "a control character").lower()
            if char in _BLANKS:
                edits: tuple[Edit, ...] = (Edit(place, " "),)
            else:
                edits = () if char == "\ufffd" or "\ud800" <= char <= "\udfff" else (Edit(place, ""),)
            yield Problem(
                place, f"there is an invisible character, U+{ord(char):04X} {name}", "remove it or type a space", edits
            )


@rule(warning, bad=[{NAME: {"author": " Acme Signals"}}, {NAME: {"name": "Acme Signals\n"}}])
def padded_text(text: Text) -> Iterator[Problem]:
    """Names, sentences and choices do not start or end with a space.

    The space shows in lists and sorts the name wrongly; a choice with one is a different choice. Some accepted
    integrations have this defect too.
    """
    stripped = text.value.strip()
    if text.role in _FIELDS and stripped and stripped != text.value:
        edit = Edit.json(text.at(), stripped, safe=text.role != "value")
        yield Problem(text.at(), f"{text.name} starts or ends with a space or line break", "remove it", (edit,))


@rule(warning, bad={NAME: {"author": "   "}})
def blank_text(text: Text) -> Iterator[Problem]:
    """Fields and choices that customers read are not blank.

    The official tests only count characters, and spaces are characters.
    """
    if text.role in _FIELDS and text.role != "hint" and not text.value.strip():
        yield Problem(text.at(), f"{text.name} is blank", "fill it in, or remove it")


@rule(warning, bad={NAME: {"name": "Acme\nSignals"}}, good={"README.md": f"{README}\nTwo\nlines.\n"})
def unexpected_line_break(text: Text) -> Iterator[Problem]:
    """Names, labels and choices are on one line.

    They are shown on one line, where a line break or a tab becomes a space or nothing.
    """
    if text.role in _ONE_LINE and any(char in text.value.strip() for char in "\n\r\t"):
        yield Problem(text.at(), f"{text.name} contains a line break or a tab", "write it on one line")


def _each(text: Text, pattern: str, fix: Callable[[str], str], *, safe: bool = True) -> tuple[Edit, ...]:
    """The edits that fix a text wherever a pattern stands in it."""
    return tuple(Edit(text.at(*match.span()), fix(match[0]), safe) for match in re.finditer(pattern, text.value))


@rule(note, bad={NAME: {"author": "Acme  Signals"}}, pedantic=True)
def double_space(text: Text) -> Iterator[Problem]:
    """Words and sentences are separated by a single space.

    Browsers show two spaces as one, but a search for one does not find two.
    """
    edits = _each(text, _DOUBLE, lambda _: " ", safe=text.role != "value") if "  " in text.value else ()
    if text.role in _FIELDS and edits:
        message = f"{text.name} has several spaces in a row{_times(len(edits))}"
        yield Problem(edits[0].place, message, "keep one", edits)


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""


@rule(note, bad={NAME: {"overview": "Bring Acme\u2019s metrics to LaunchDarkly."}}, pedantic=True)
def curly_quote(text: Text) -> Iterator[Problem]:
    """Quotes and apostrophes are straight.

    Word processors insert curly ones. LaunchDarkly's own texts use straight ones, and reviewers replace the others.
    """
    if text.role in WORDS and not text.value.isascii() and (edits := _each(text, _QUOTE, _straight)):
        message = f"{text.name} has a curly quote{_times(len(edits))}"
        yield Problem(edits[0].place, message, "write it straight", edits)


def _straight(quote: str) -> str:
    straight = _QUOTES[quote]
    return "\\" + straight if straight == '"' else straight


@rule(warning, bad={NAME: {"author": "\u0410cme Signals"}}, good={NAME: {"author": "\u0410\u043a\u043c\u0435 Acme"}})
def mixed_alphabets(text: Text) -> Iterator[Problem]:
    """No word mixes Latin letters with Greek or Cyrillic ones that look like them.

    Such a word looks right, but no search finds it; this is how names are counterfeited.
    """
    if text.is_of_manifest and not text.value.isascii():
        for match in _MIXED.finditer(text.value):
            foreign = next(char for char in match[0] if not char.isascii())
            name = unicodedata.name(foreign, f"U+{ord(foreign):04X}").lower()
            yield Problem(text.at(*match.span()), f"a word mixes Latin letters with {name}", "type the word again")
