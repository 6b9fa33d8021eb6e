"""The accepted icons: nothing unsafe in them, and few flags from each measure."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from toolkit.svg.drawable import NotMeasured
from toolkit.svg.embedded import decode
from toolkit.svg.fixes import without_editor_metadata
from toolkit.svg.geometry import frame
from toolkit.svg.measurement import Measurement, same_image
from toolkit.svg.reader import read
from toolkit.svg.renderer import default_renderer
from toolkit.svg.safety import violations
from toolkit.text_edits import apply

PLAIN_WHITE = 1.5
MOST = {
    "cannot be judged": 2,
    "overflows": 1,
    "blank or pale": 0,
    "hardly seen on white": 2,
    "off center": 6,
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
    measured: Measurement | NotMeasured


@pytest.fixture(scope="module")
def icons(corpus: Path) -> list[Icon]:
    return list(_icons(corpus / "integrations"))


def _icons(directory: Path) -> Iterator[Icon]:
    for manifest in sorted(directory.glob("*/manifest.json")):
        for role, path in json.loads(manifest.read_bytes()).get("icons", {}).items():
            data = (manifest.parent / path).read_bytes()
            yield Icon(manifest.parent.name, role, data, default_renderer().measure(data))


def test_no_accepted_file_has_an_offence(corpus: Path) -> None:
    files = sorted((corpus / "integrations").rglob("*.svg"))
    assert len(files) > 100
    for file in files:
        drawing = read(file.read_bytes())
        assert [*violations(drawing), *decode(drawing).violations] == [], file


def test_few_accepted_icons_are_flagged(icons: list[Icon]) -> None:
    flags = Counter(flag for icon in icons for flag in _flags(icon)) + Counter(_flags_of_pairs(icons))
    assert {flag: count for flag, count in flags.items() if count > MOST[flag]} == {}


def test_fixes_leave_what_is_seen_alone(icons: list[Icon]) -> None:
    for icon in icons[::5]:
        document = read(icon.data)
        text = apply(document.text, without_editor_metadata(document))
        assert default_renderer().measure(text.encode()) == icon.measured, icon.integration


def _flags(icon: Icon) -> Iterator[str]:
    size, measured = frame(read(icon.data)), icon.measured
    if size.disagrees:
        yield "disagrees"
    if size.percent:
        yield "percent"
    if not isinstance(measured, Measurement):
        yield "cannot be judged"
        return
    if measured.overflow > 0.002:
        yield "overflows"
    if measured.blank or measured.on_white.best < PLAIN_WHITE:
        yield "blank or pale"
    if measured.on_white.share < 0.2 and not measured.plate:
        yield "hardly seen on white"
    if max(map(abs, measured.off_center)) > 0.04:
        yield "off center"
    yield from _flags_of_size(icon.role, measured)


def _flags_of_size(role: str, measured: Measurement) -> Iterator[str]:
    if role == "square":
        if not 0.8 <= measured.frame.ratio <= 1.25:
            yield "square: ratio"
        if round(min(measured.in_square)) < 16 or round(max(measured.in_square)) < 24:
            yield "square: small"
        if measured.square_coverage < 0.12:
            yield "square: sparse"
    elif round(measured.in_row[1]) < 26:
        yield "horizontal: low"


def _flags_of_pairs(icons: list[Icon]) -> Iterator[str]:
    pairs: dict[str, dict[str, Measurement]] = {}
    for icon in icons:
        if isinstance(icon.measured, Measurement):
            pairs.setdefault(icon.integration, {})[icon.role] = icon.measured
    for pair in pairs.values():
        if len(pair) == 2:
            square, horizontal = pair["square"], pair["horizontal"]
            if horizontal.frame.ratio < 1.6 and not same_image(square, horizontal):
                yield "horizontal: ratio"
            if square.frame.ratio > horizontal.frame.ratio:
                yield "swapped"
