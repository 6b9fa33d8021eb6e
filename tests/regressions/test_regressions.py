"""What the fuzzers found once is right now. A file here holds the case, made as small as it got, and what it did."""

from pathlib import Path

import pytest

from tests.fuzz.case import load
from tests.fuzz.check import checked

SAVED = sorted(Path(__file__).parent.glob("*.json"))


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_it_stays_right(path: Path) -> None:
    failure = load(path)
    message, _ = checked(failure.target, failure.case)
    assert not message
