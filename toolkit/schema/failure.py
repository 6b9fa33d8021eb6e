"""One thing that the schema refuses in a manifest, as something that a partner can act on."""

from typing import NamedTuple


class Failure(NamedTuple):
    """One thing to fix in a manifest.

    ``pointer`` (RFC 6901) names the value, or with ``on_key`` the key itself. ``replacement`` is the one
    word, key (with ``on_key``) or value that was probably meant; ``missing`` the required key that the
    object at ``pointer`` lacks. A ``guess`` is a replacement found by its meaning rather than its spelling.
    """

    pointer: str
    on_key: bool
    message: str
    help: str
    replacement: object | None = None
    missing: str | None = None
    guess: bool = False
