"""The integrations of the same directory, for the rules that compare one with all others."""

from typing import Any

from toolkit.integration import Integration

_known: dict[str, dict[str, Any]] = {}
"""The manifests of the last directory asked for: reading them anew for each member would cost the square."""


def manifests_beside(integration: Integration) -> dict[str, Any]:
    """The manifests beside an integration, by directory name, without its own.

    What was read for one integration serves for the next of the same directory, as long as this one has not changed.
    """
    own = integration.manifest.value if integration.manifest else None
    if integration.root is None:
        return integration.siblings
    directory = integration.root.absolute().parent.as_posix()
    every = _known.get(directory)
    if every is None or every.get(integration.name) != own:
        every = integration.siblings | {integration.name: own}
        _known.clear()
        _known[directory] = every
    return {name: value for name, value in every.items() if name != integration.name}
