"""A geometric stroke alphabet, so that a drawn word needs no font.

A letter is 10 units high and drawn in strokes of one width with round ends. Every sub-path starts with an
absolute ``M x y`` and goes on in relative commands, so a letter is moved by moving its starts.
"""

from typing import NamedTuple

from toolkit.regex import regex

HEIGHT = 10.0
_GAP = 2.9
_SPACE = 5.0
_KERN = 1.5
"""How much closer two letters stand that leave a hole between them, such as LT and VA."""
_ROOM_ABOVE, _HANGING = frozenset("AL"), frozenset("TVWY7")
_ROOM_BELOW, _STANDING = frozenset("FPTVWY7"), frozenset("AJ4")

_LETTERS = {
    "A": (8.0, "M0 10l4-10 4 10M1.5 6.25h5"),
    "B": (6.5, "M0 4.8h3.9a2.6 2.6 0 0 1 0 5.2h-3.9v-10h3.6a2.4 2.4 0 0 1 0 4.8"),
    "C": (8.25, "M8.25 1.2a5 5 0 1 0 0 7.6"),
    "D": (8.0, "M0 0v10h3a5 5 0 0 0 0-10z"),
    "E": (5.6, "M5.6 0h-5.6v10h5.6M0 5h4.7"),
    "F": (5.4, "M5.4 0h-5.4v10M0 5h4.5"),
    "G": (10.0, "M8.25 1.2a5 5 0 1 0 1.75 3.8h-4.2"),
    "H": (7.0, "M0 0v10M7 0v10M0 5h7"),
    "I": (0.0, "M0 0v10"),
    "J": (5.0, "M5 0v7.5a2.5 2.5 0 0 1-5 0"),
    "K": (6.5, "M0 0v10M6.2 0l-6.2 5.8M2.1 3.84l4.4 6.16"),
    "L": (5.2, "M0 0v10h5.2"),
    "M": (9.0, "M0 10v-10l4.5 6.5 4.5-6.5v10"),
    "N": (7.4, "M0 10v-10l7.4 10v-10"),
    "O": (10.0, "M5 0a5 5 0 0 0 0 10a5 5 0 0 0 0-10z"),
    "P": (6.0, "M0 10v-10h3.2a2.8 2.8 0 0 1 0 5.6h-3.2"),
    "Q": (10.0, "M5 0a5 5 0 0 0 0 10a5 5 0 0 0 0-10zM6.6 6.6l3.4 3.4"),
    "R": (6.2, "M0 10v-10h3.2a2.8 2.8 0 0 1 0 5.6h-3.2M3.2 5.6l3 4.4"),
    "S": (5.6, "M5.1 1.07a2.8 2.5 0 1 0-2.3 3.93a2.8 2.5 0 1 1-2.3 3.93"),
    "T": (7.0, "M0 0h7M3.5 0v10"),
    "U": (7.0, "M0 0v6.5a3.5 3.5 0 0 0 7 0v-6.5"),
    "V": (8.0, "M0 0l4 10 4-10"),
    "W": (12.0, "M0 0l3 10 3-8 3 8 3-10"),
    "X": (7.0, "M0 0l7 10M7 0l-7 10"),
    "Y": (7.4, "M0 0l3.7 5.2v4.8M7.4 0l-3.7 5.2"),
    "Z": (6.4, "M0 0h6.4l-6.4 10h6.4"),
    "0": (6.6, "M3.3 0a3.3 5 0 0 0 0 10a3.3 5 0 0 0 0-10z"),
    "1": (2.4, "M0 2l2.4-2v10"),
    "2": (5.6, "M0 2.8a2.8 2.8 0 1 1 4.94 1.8l-4.94 5.4h5.6"),
    "3": (5.45, "M0.2 0h4.8l-2.6 3.9a3.05 3.05 0 1 1-2.34 5.01"),
    "4": (6.4, "M4.8 10v-10l-4.8 7h6.4"),
    "5": (5.5, "M4.9 0h-4l-0.49 4.53a3.1 3.1 0 1 1-0.38 4.36"),
    "6": (6.2, "M0 6.9a3.1 3.1 0 0 0 6.2 0a3.1 3.1 0 0 0-6.2 0M4.15 0l-3.59 5.12"),
    "7": (5.8, "M0 0h5.8l-3.9 10"),
    "8": (
        5.8,
        "M2.9 4.7a2.35 2.35 0 0 1 0-4.7a2.35 2.35 0 0 1 0 4.7a2.9 2.65 0 0 0 0 5.3a2.9 2.65 0 0 0 0-5.3",
    ),
    "9": (6.2, "M6.2 3.1a3.1 3.1 0 0 0-6.2 0a3.1 3.1 0 0 0 6.2 0M2.05 10l3.59-5.12"),
}
"""Of each letter, its width and its path."""
_START = regex(r"M([\d.]+) ([\d.]+)")


class Drawing(NamedTuple):
    """A line of text as one path, from 0,0 to ``width``, HEIGHT, measured in the middle of the strokes."""

    width: float
    path: str


def draw(text: str) -> Drawing:
    """One line of ``text``, which holds A-Z, 0-9 and blanks only."""
    x = 0.0
    paths: list[str] = []
    previous = ""
    for letter in text:
        if letter == " ":
            x += _SPACE
            continue
        if previous:
            x += _GAP - _KERN * _leaves_hole(previous, letter)
        width, path = _LETTERS[letter]
        paths.append(_moved(path, x))
        x += width
        previous = letter
    return Drawing(round(x, 2), "".join(paths))


def _leaves_hole(left: str, right: str) -> bool:
    return (left in _ROOM_ABOVE and right in _HANGING) or (left in _ROOM_BELOW and right in _STANDING)


def _moved(path: str, x: float) -> str:
    return _START.sub(lambda start: f"M{round(float(start[1]) + x, 2):g} {start[2]}", path)
