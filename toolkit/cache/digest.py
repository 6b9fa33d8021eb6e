"""Digests of what something depends on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL, which takes a tenth of a run that only remembers
    except ImportError:
        from hashlib import blake2b

SIZE = 20
"""Bytes of a digest."""


def digest(parts: Iterable[bytes]) -> bytes:
    """A digest of some bytes, in their order and their limits."""
    hashed = blake2b(digest_size=SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()
