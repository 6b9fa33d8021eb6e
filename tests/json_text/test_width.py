from collections.abc import Callable

import pytest

from toolkit.json_text import width as room
from toolkit.json_text.width import width

JOINER, SELECTOR = "\u200d", "\ufe0f"
COLUMNS = {
    "": 0,
    "plain": 5,
    "é": 1,
    "e\u0301": 1,
    "a\x7f": 2,
    "é\x7f\x85": 1,
    "漢字": 4,
    "한": 2,
    "\uff26\uff35": 4,
    "…": 1,
    "\u200b": 1,
    "☎": 1,
    f"☎{SELECTOR}": 2,
    "😀": 2,
    "👍🏽": 2,
    "🇩🇪": 2,
    "🇩🇩": 4,
    f"1{SELECTOR}\u20e3": 2,
    f"👩{JOINER}🚀": 2,
    f"👨🏽{JOINER}⚕{SELECTOR}": 2,
    f"👨{JOINER}👩{JOINER}👧{JOINER}👦": 2,
    f"👩🏻{JOINER}🤝{JOINER}👨🏿": 2,
    f"👩🏻{JOINER}🤝{JOINER}👨🏻": 8,
    f"🏳{SELECTOR}{JOINER}🌈": 2,
    f"🚀{JOINER}🚀": 5,
    "🫠": 1,
    "\ud800": 1,
    "\x9b31mé": 1,
}


def code_points(ranges: str) -> set[int]:
    bounds = [[int(code, 16) for code in part.split("-")] for part in ranges.split()]
    return {code for bound in bounds for code in range(bound[0], bound[-1] + 1)}


@pytest.mark.parametrize("text", COLUMNS, ids=ascii)
def test_counts_columns(text: str) -> None:
    assert width(text) == COLUMNS[text]


def test_the_table_is_right_about_prettier(prettier_width: Callable[[object], object]) -> None:
    assert prettier_width(list(COLUMNS)) == list(COLUMNS.values())


def test_counts_every_character_as_prettier_does(prettier_width: Callable[[object], object]) -> None:
    ranges = [(0x20, 0xD7FF), (0xE000, 0x1FFFF), (0x2F800, 0x30000), (0xE0000, 0xE0200)]
    texts = [f"é{chr(code)}" for start, end in ranges for code in range(start, end + 1)]
    assert prettier_width(texts) == [width(text) for text in texts]


def test_counts_every_pair_as_prettier_does(prettier_width: Callable[[object], object]) -> None:
    emoji = sorted(code_points(room._EMOJI) | code_points(room._EMOJI_WITH_SELECTOR))
    flags = [chr(0x1F1E6 + letter) for letter in range(26)]
    marks = [SELECTOR, "🏻", "🏿", "\u20e3", f"{SELECTOR}\u20e3", "\u0301"]
    marks += [f"{JOINER}{sign}{SELECTOR}" for sign in "♀♂⚕⚖✈⚧☠❄"]
    marks += [JOINER + sign for sign in "♂🎄🌾🌈⬛🔥💨🦺💫🦯🚀"]
    texts = [chr(code) + tone + mark for code in emoji for mark in marks for tone in ("", SELECTOR, "🏽")]
    texts += [one + other for one in flags for other in flags]
    assert prettier_width(texts) == [width(text) for text in texts]


def test_counts_people_as_prettier_does(prettier_width: Callable[[object], object]) -> None:
    people = [person + tone for person in "👨👩🧑👦👧" for tone in ("", "🏻", "🏿")]
    bonds = [
        JOINER,
        f"{JOINER}❤{SELECTOR}{JOINER}",
        f"{JOINER}❤{JOINER}",
        f"{JOINER}❤{SELECTOR}{JOINER}💋{JOINER}",
    ]
    bonds += [f"{JOINER}🤝{JOINER}", f"{JOINER}🤝", ""]
    couples = [one + bond + other for one in people for bond in bonds for other in people]
    family = [JOINER + member for member in "👨👩👦👧"]
    texts = couples + [couple + child for couple in couples[:700] for child in family]
    texts += [adult + child + other for adult in "👨👩🧑" for child in family for other in family]
    texts += [text + child for text in texts[-48:] for child in family]
    assert prettier_width(texts) == [width(text) for text in texts]
