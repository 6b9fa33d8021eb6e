"""The accepted icons: nothing unsafe in them, and few flags from each measure."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from toolkit.svg.embedded import decode
from toolkit.svg.fixes import without_comments, without_editor_metadata
from toolkit.svg.geometry import frame
from toolkit.svg.picture import Picture, same_picture
from toolkit.svg.pixels import CannotJudge, measure
from toolkit.svg.reader import read
from toolkit.svg.safety import offences

PLAIN_WHITE = 1.5
MOST = {
    "cannot be judged": 2,
    "overflows": 1,
    "blank or pale": 0,
    "hardly seen on white": 2,
    "off centre": 6,
    "square: ratio": 3,
    "square: small": 5,
    "square: sparse": 4,
    "horizontal: ratio": 2,
    "horizontal: low": 4,
    "swapped": 1,
    "disagrees": 1,
    "percent": 4,
}
"""Of these icons, the most that each measure may flag: about as many as were flagged among twice as many."""


class Icon(NamedTuple):
    integration: str
    role: str
    data: bytes
    figures: Picture | CannotJudge


@pytest.fixture(scope="module")
def icons(corpus: Path) -> list[Icon]:
    return list(_icons(corpus / "integrations"))


def _icons(directory: Path) -> Iterator[Icon]:
    for manifest in sorted(directory.glob("*/manifest.json")):
        for role, path in json.loads(manifest.read_bytes()).get("icons", {}).items():
            data = (manifest.parent / path).read_bytes()
            yield Icon(manifest.parent.name, role, data, measure(data))


def test_no_accepted_file_has_an_offence(corpus: Path) -> None:
    files = sorted((corpus / "integrations").rglob("*.svg"))
    assert len(files) > 100
    for file in files:
        drawing = read(file.read_bytes())
        assert [*offences(drawing), *decode(drawing).offences] == [], file


def test_few_accepted_icons_are_flagged(icons: list[Icon]) -> None:
    flags = Counter(flag for icon in icons for flag in _flags(icon)) + Counter(_flags_of_pairs(icons))
    assert {flag: count for flag, count in flags.items() if count > MOST[flag]} == {}


def test_mends_leave_the_picture_alone(icons: list[Icon]) -> None:
    for icon in icons[::5]:
        text = read(icon.data).text
        for fix in (without_comments, without_editor_metadata):
            for edit in sorted(fix(read(text.encode())), reverse=True):
                text = text[: edit.start] + edit.text + text[edit.end :]
        assert measure(text.encode()) == icon.figures, icon.integration


def _flags(icon: Icon) -> Iterator[str]:
    size, figures = frame(read(icon.data)), icon.figures
    if size.disagrees:
        yield "disagrees"
    if size.percent:
        yield "percent"
    if not isinstance(figures, Picture):
        yield "cannot be judged"
        return
    if figures.overflow > 0.002:
        yield "overflows"
    if figures.blank or figures.on_white.best < PLAIN_WHITE:
        yield "blank or pale"
    if figures.on_white.share < 0.2 and not figures.plate:
        yield "hardly seen on white"
    if max(map(abs, figures.off_centre)) > 0.04:
        yield "off centre"
    yield from _flags_of_size(icon.role, figures)


def _flags_of_size(role: str, figures: Picture) -> Iterator[str]:
    if role == "square":
        if not 0.8 <= figures.frame.ratio <= 1.25:
            yield "square: ratio"
        if round(min(figures.in_square)) < 16 or round(max(figures.in_square)) < 24:
            yield "square: small"
        if figures.square_coverage < 0.12:
            yield "square: sparse"
    elif round(figures.in_row[1]) < 26:
        yield "horizontal: low"


def _flags_of_pairs(icons: list[Icon]) -> Iterator[str]:
    pairs: dict[str, dict[str, Picture]] = {}
    for icon in icons:
        if isinstance(icon.figures, Picture):
            pairs.setdefault(icon.integration, {})[icon.role] = icon.figures
    for pair in pairs.values():
        if len(pair) == 2:
            square, horizontal = pair["square"], pair["horizontal"]
            if horizontal.frame.ratio < 1.6 and not same_picture(square, horizontal):
                yield "horizontal: ratio"
            if square.frame.ratio > horizontal.frame.ratio:
                yield "swapped"
