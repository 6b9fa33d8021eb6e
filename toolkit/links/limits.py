"""How patient and how polite the link check is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Times are in seconds.

    ``timeout`` is for a connection, and for each wait for an answer; ``wait`` the longest Retry-After that is heeded;
    ``stall`` how long the whole check goes on without any answer at all. ``per_host`` requests run at once to one host,
    ``workers`` to all; a host that is silent ``misses`` times in a row is left alone.
    """

    timeout: float = 4
    wait: float = 4
    stall: float = 9
    retries: int = 2
    hops: int = 6
    per_host: int = 4
    workers: int = 48
    misses: int = 3
