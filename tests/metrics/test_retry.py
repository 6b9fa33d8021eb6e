"""How long the headers ask to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.metrics.retry import LONGEST_WAIT, RESETS, seconds_to_wait

GLOBAL = "X-Ratelimit-Global-Remaining"
NOW = 1_700_000_000.0
SOON = str(int(NOW * 1000) + 4000)
PAST = str(int(NOW * 1000) - 4000)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 0),
        ({"Retry-After": "3"}, 3),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"Retry-After": "99999"}, LONGEST_WAIT),
        ({"X-Ratelimit-Reset": SOON}, 4),
        ({"X-Ratelimit-Reset": PAST}, 0),
        ({"X-Ratelimit-Reset": "soon"}, 0),
        ({"X-Ratelimit-Reset": SOON, "X-Ratelimit-Route-Remaining": "0"}, 4),
        ({"X-Ratelimit-Reset": SOON, GLOBAL: "9"}, 0),
        ({"X-Ratelimit-Reset": SOON, GLOBAL: "9", "X-Ratelimit-Route-Remaining": "0"}, 4),
        ({"X-Ratelimit-Auth-Token-Reset": SOON, "X-Ratelimit-Auth-Token-Remaining": "0"}, 4),
        ({"X-Ratelimit-Reset": SOON, "Retry-After": "7"}, 7),
    ],
)  # fmt: skip
def test_after_a_refusal(headers: dict[str, str], wait: float) -> None:
    assert seconds_to_wait(headers, NOW, refused=True) == pytest.approx(wait)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-Ratelimit-Reset": SOON}, 0),
        ({"X-Ratelimit-Reset": SOON, "X-Ratelimit-Route-Remaining": "3"}, 0),
        ({"X-Ratelimit-Reset": SOON, "X-Ratelimit-Route-Remaining": "0"}, 4),
    ],
)
def test_before_one(headers: dict[str, str], wait: float) -> None:
    assert seconds_to_wait(headers, NOW, refused=False) == pytest.approx(wait)


HEADERS = ["Retry-After", *RESETS, *(name for names in RESETS.values() for name in names)]


@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=25) | st.integers().map(str)), st.booleans())
def test_always_within_limits(headers: dict[str, str], refused: bool) -> None:
    assert 0 <= seconds_to_wait(headers, NOW, refused) <= LONGEST_WAIT
