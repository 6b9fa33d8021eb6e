"""The rate-limit headers of the API, counted per route in windows of ten seconds."""

import time
from collections import Counter

WINDOW = 10.0


class RateLimit:
    """Grants every route ``limit`` requests per window, and all of them together twice as many."""

    def __init__(self, limit: int, window: float = WINDOW) -> None:
        self._limit, self._window = limit, window
        self._reset, self._taken = 0.0, Counter[str]()

    def take(self, route: str) -> bool:
        """Counts one request to ``route``; False if it is over the limit."""
        if time.time() >= self._reset:
            self._reset = time.time() + self._window
            self._taken.clear()
        self._taken[route] += 1
        return self._taken[route] <= self._limit and self._taken.total() <= 2 * self._limit

    def headers(self, route: str) -> dict[str, str]:
        """What is left now, and when (epoch milliseconds) the window ends."""
        return {
            "X-Ratelimit-Global-Remaining": str(max(0, 2 * self._limit - self._taken.total())),
            "X-Ratelimit-Route-Remaining": str(max(0, self._limit - self._taken[route])),
            "X-Ratelimit-Reset": str(int(self._reset * 1000)),
        }
