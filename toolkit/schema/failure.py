"""What the official validator refuses in a manifest, as things that a partner can act on."""

from typing import Any, NamedTuple

from toolkit.schema.accept import accepts


class Failure(NamedTuple):
    """One thing to mend in a manifest.

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


def failures(value: Any) -> list[Failure]:
    """Everything that the official validator refuses in ``value``, a manifest as ``json.loads`` gives it.

    One plain sentence for each place, in order of their JSON pointers; empty exactly when it is accepted.
    Raises LditError when the installation lacks the schema.
    """
    if accepts(value):
        return []
    from toolkit.schema.explain import explained

    return explained(value)
