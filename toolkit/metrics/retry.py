"""When to try again and how long to wait: urllib3's Retry, taught LaunchDarkly's rate-limit headers."""

import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from urllib3 import BaseHTTPResponse, Retry

# Limits are per ten seconds, so an honest header never asks for more than this.
LONGEST_WAIT = 30.0
# A reset header (epoch milliseconds), and the headers that say whether its limit is the one that has run out.
RESETS = {
    "X-Ratelimit-Reset": ("X-Ratelimit-Global-Remaining", "X-Ratelimit-Route-Remaining"),
    "X-Ratelimit-Auth-Token-Reset": ("X-Ratelimit-Auth-Token-Remaining",),
}


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that Retry-After (a number, or a date) asks to wait at ``now``; None if it does not say."""
    value = (headers.get("Retry-After") or "").strip()
    if (seconds := _number(value)) is not None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now) if value else None
    except (ValueError, OverflowError):
        return None


def seconds_to_wait(headers: Mapping[str, str], now: float, refused: bool) -> float:
    """How many seconds to leave the API alone after an answer that came at ``now`` (seconds since 1970).

    Any header may be missing, and a reset (epoch milliseconds) may lie in the past. ``refused`` says that the
    answer was 429: then a reset counts unless its own remainder is above zero, otherwise only if that is
    zero.
    """
    waits = [0.0, retry_after(headers, now) or 0.0]
    for reset, remainders in RESETS.items():
        left = [n for name in remainders if (n := _number(headers.get(name))) is not None]
        if (until := _number(headers.get(reset))) and (min(left) <= 0 if left else refused):
            waits.append(until / 1000 - now)
    return min(max(waits), LONGEST_WAIT)


def _number(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 20 else None


class PatientRetry(Retry):
    """Waits as long as the headers ask, else exponentially; with jitter, ``backoff_max`` seconds at most."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """The seconds that the headers of ``response`` ask for; None if they do not."""
        wait = seconds_to_wait(response.headers, time.time(), refused=response.status == 429)
        jitter = random.uniform(0, self.backoff_jitter)  # noqa: S311 - not a secret
        return min(wait + jitter, float(self.backoff_max)) if wait else None


def patient() -> PatientRetry:
    """Ten tries over about two minutes; a host that cannot be reached at all is given up after three."""
    return PatientRetry(
        total=10,
        connect=2,
        other=2,  # such as a certificate that is not trusted
        redirect=False,
        status_forcelist={429, 500, 502, 503, 504},
        allowed_methods=None,
        backoff_factor=0.5,
        backoff_max=LONGEST_WAIT,
        backoff_jitter=0.5,
        raise_on_status=False,
    )
