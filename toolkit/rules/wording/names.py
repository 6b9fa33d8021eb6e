"""Whose name stands in the texts: the integration's own, spelled right, and nobody else's in its place."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Text
from toolkit.integration.manifest import NAME
from toolkit.integration.ownership import distinctive
from toolkit.integration.texts import TextRole
from toolkit.rules.examples import README, ZEPHYR
from toolkit.rules.registry import note, rule, warning

_SHORTEST = 6
"""Letters; a shorter word has too many others that differ in one letter."""
_QUILLWORT = {"name": "Acme Quillwort", "author": "Quillwort"}
_ABOUT = ("/overview", "/description", "/details", "/capabilities/flagLink/header")
"""Pointers to the texts that say what the integration is."""
_SPOKEN: tuple[TextRole, ...] = ("name", "sentence", "label", "prose", "hint", "fragment", "readme", "title")


@rule(
    warning,
    bad=[
        {NAME: {**_QUILLWORT, "overview": "Send the flag changes of your Quilwort account."}},
        {NAME: _QUILLWORT, "README.md": f"{README}\nIn Quill Wort, create a token.\n"},
    ],
    good={NAME: {**_QUILLWORT, "overview": "Send the flag changes of your Quillworts."}},
    unless=("misspelled-product", "misspelled-word"),
)
def misspelled_own_name(text: Text, integration: Integration) -> Iterator[Problem]:
    """The integration's own name is spelled as in the manifest's name, in one word or two as there.

    One letter too few, one too many, two exchanged, or a space inside. In the README it is a note.
    """
    if text.role not in _SPOKEN:
        return
    for name in sorted({word for each in integration.ownership.names for word in distinctive(each, as_written=True)}):
        if len(name) >= _SHORTEST and not name.isupper():
            for match in _near(text, name, integration.ownership.words):
                place = text.at(*match.span())
                edits = (Edit(place, name, safe=False),)
                severity = None if text.is_of_manifest else note
                message = f"`{match[0]}` looks like {name}, misspelled"
                yield Problem(place, message, f"write `{name}`", edits, severity=severity)


def _near(text: Text, name: str, own: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a text says the name with a slip in it."""
    small = name.lower()
    slips = {word for word in text.distinct if word not in own and _is_near(word, small)}
    for word in sorted(slips):
        yield from re.finditer(rf"(?i)(?<![\w./@:#-]){word}(?![\w/@-]|\.\w)", text.masked)
    first, last = text.distinct & {small[:at] for at in range(3, len(small) - 2)}, text.distinct
    for start in sorted(first):
        if small[len(start) :] in last and start[0].isalpha():
            rest = small[len(start) :]
            pattern = rf"(?<![\w./@:#-]){start.capitalize()}[ -](?i:{rest})(?![\w/@-]|\.\w)"
            yield from re.finditer(pattern, text.masked)


def _is_near(word: str, name: str) -> bool:
    """Whether one letter is missing, added, or exchanged with its neighbor, other than at the end."""
    if abs(len(word) - len(name)) > 1 or word == name or word[0] != name[0]:
        return False
    start = next((at for at, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0 or start >= min(len(word), len(name)) - 1:
        return False
    one, two = word[start:], name[start:]
    return one[1:] == two or one == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])


@rule(
    warning,
    bad=[
        {NAME: {"overview": "Send flag change events to Zephyr."}, **ZEPHYR},
        {"README.md": README.replace("# Acme Signals", "# Zephyr"), **ZEPHYR},
    ],
    good={NAME: {"overview": "Send flag changes from Acme Signals to Zephyr."}, **ZEPHYR},
)
def foreign_name(text: Text, integration: Integration) -> Iterator[Problem]:
    """The overview, the description and the README's title speak of this integration, not of another one.

    The name of another integration, where its own name is not said, was probably left over from a manifest that this
    one was copied from. Names are those in the directories beside this one.
    """
    if text.role == "readme":
        heading = integration.readme.headings[0] if integration.readme and integration.readme.headings else None
        spoken, start = (heading.text, text.value.find(heading.text)) if heading and heading.level == 1 else ("", 0)
    else:
        spoken, start = (text.value, 0) if text.place.pointer in _ABOUT else ("", 0)
    own = integration.ownership.words
    if not spoken or start < 0 or not own.isdisjoint(re.findall(r"[^\W_]+", spoken.lower())):
        return
    for match, other in integration.ownership.named(spoken):
        place = text.at(start + match.start(), start + match.end())
        yield Problem(place, f"`{match[0]}` is the name of {other.name}", "write the name of this integration")
        return
