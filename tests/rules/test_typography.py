"""Characters: what cannot be seen, what looks like another, and blanks where none belong."""

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import form, hook


@pytest.mark.parametrize(
    ("character", "point", "left"),
    [
        ("\u200b", "U+200B", "Acme"),
        ("\xad", "U+00AD", "Acme"),
        ("\u200d", "U+200D", "Acme"),
        ("\u202e", "U+202E", "Acme"),
        ("\x07", "U+0007", "Acme"),
        ("\xa0", "U+00A0", "Ac me"),
        ("\u3000", "U+3000", "Ac me"),
        ("\ufffd", "U+FFFD", "Ac\ufffdme"),
    ],
)
def test_what_cannot_be_seen_is_named_and_removed(
    messages: Messages, fixed: Fixed, character: str, point: str, left: str
) -> None:
    patch = {NAME: {"author": f"Ac{character}me"}}
    (message,) = messages("invisible-character", patch)
    assert point in message
    assert fixed("invisible-character", patch)["author"] == left


def test_it_is_found_wherever_it_stands(messages: Messages) -> None:
    endpoint = {"url": "https://api.acme-signals.example/\u200bchanges"}
    assert len(messages("invisible-character", hook(endpoint))) == 1


@pytest.mark.parametrize("text", ["Café Acme", "Acme \U0001f469\u200d\U0001f4bb", "东京 Acme", "Acme\tSignals"])
def test_letters_of_the_world_can_be_seen(messages: Messages, text: str) -> None:
    assert messages("invisible-character", {NAME: {"author": text}}) == []


@pytest.mark.parametrize(
    "patch",
    [
        {NAME: {"name": " Acme Signals"}},
        {NAME: {"description": "Measure what your visitors do, and show it in LaunchDarkly. "}},
        form(type="enum", allowedValues=["eu ", "us"]),
        form(type="string", placeholder=" eu"),
        form(type="multiselect", multiselectOptions=[{"label": "Europe\n", "value": "eu"}]),
    ],
)
def test_blanks_around_a_text_are_removed(messages: Messages, fixed: Fixed, patch: dict[str, object]) -> None:
    assert len(messages("padded-text", patch)) == 1
    assert "eu " not in str(fixed("padded-text", patch))


def test_blank_choices_are_no_choices(messages: Messages) -> None:
    assert len(messages("blank-text", form(type="enum", allowedValues=["", "us"]))) == 1
    assert len(messages("blank-text", form(type="string", name=" ", description="\u3000"))) == 2


def test_two_blanks_become_one(fixed: Fixed) -> None:
    patch = {NAME: {"details": "One sentence of many words.  And another one.   And a third one."}}
    assert fixed("double-space", patch)["details"] == "One sentence of many words. And another one. And a third one."


def test_quotes_become_straight_and_the_file_stays_json(fixed: Fixed) -> None:
    patch = {NAME: {"details": "\u201cAcme\u201d keeps each customer\u2019s records for many years."}}
    assert fixed("curly-quote", patch)["details"] == '"Acme" keeps each customer\'s records for many years.'


@pytest.mark.parametrize(("text", "count"), [("\u0410cme", 1), ("Acm\u0435", 1), ("Акме", 0), ("Acme \u03b2", 0)])
def test_alphabets_are_mixed_inside_a_word_only(messages: Messages, text: str, count: int) -> None:
    assert len(messages("mixed-alphabets", {NAME: {"author": text}})) == count
