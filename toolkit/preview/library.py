"""The integrations that a preview shows, as they are on disk now."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from toolkit.config import Settings, find, load
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.integration.discovery import discover
from toolkit.masking import masker
from toolkit.preview import fixing
from toolkit.preview.page import gallery_page, page
from toolkit.preview.view import Choices, View


class GoneError(LditError):
    """There is no integration at an address, or no longer."""


class Library:
    """Reads the integrations in ``paths`` anew for each page, so that nothing on it is out of date.

    An integration's address is the name of its directory, with a number where several have the same. One page is made
    at a time, and no fix beside another.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._lock = Lock()

    @property
    def roots(self) -> list[Path]:
        """The directories to watch. Raises LditError for a path that is no more."""
        return sorted({path if path.is_dir() else path.parent for path in self._paths} | set(self._found().values()))

    @property
    def addresses(self) -> list[str]:
        """The address of each integration."""
        return list(self._found())

    def gallery(self) -> str:
        """The page with a row for each integration."""
        with self._lock:
            views = [View(Integration.read(path), live=True, address=name) for name, path in self._found().items()]
            return gallery_page(views)

    def page(self, address: str, sent: object = None) -> str:
        """The page of one integration with the choices that it sent. Raises GoneError."""
        with self._lock:
            return page(view_of(self._integration(address), Choices.of(sent), address=address, live=True))

    def propose(self, address: str, sent: dict[str, Any]) -> dict[str, str]:
        """The change that a page asks for: its ``diff``, without credentials, and its ``digest``. Raises LditError."""
        with self._lock:
            proposal = self._proposal(address, sent)
            message = "" if proposal.diff else "No change: the fix would cause another finding."
            diff = masker([proposal.before])(proposal.diff)
        return {"diff": diff, "digest": proposal.digest, "message": message}

    def apply(self, address: str, sent: dict[str, Any]) -> None:
        """Makes the change with the ``digest`` that a page sends. Raises LditError where it has become another."""
        with self._lock:
            fixing.apply(self._proposal(address, sent), str(sent.get("digest", "")))

    def _proposal(self, address: str, sent: dict[str, Any]) -> fixing.Proposal:
        integration = self._integration(address)
        rule = str(sent.get("rule", ""))
        return fixing.propose(integration, settings_of(integration), rule, unsafe=sent.get("unsafe") is True)

    def _integration(self, address: str) -> Integration:
        try:
            directory = self._found().get(address)
        except LditError:  # the path itself is no more
            directory = None
        if directory is None:
            raise GoneError(f"the integration {address} is gone")
        return Integration.read(directory)

    def _found(self) -> dict[str, Path]:
        return dict(_named(discover(self._paths)))


def _named(directories: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    seen: dict[str, int] = {}
    for directory in directories:
        name = directory.resolve().name or "integration"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}~{seen[name]}"), directory


def view_of(integration: Integration, choices: Choices, *, address: str = "", live: bool = False) -> View:
    """An integration, linted with the settings of its own configuration file, as a page shows it at this moment."""
    findings = lint(integration, settings_of(integration)).findings
    moment = datetime.now(UTC)
    return View(integration, findings, choices, moment, masker([integration]), live, address or integration.name)


def settings_of(integration: Integration) -> Settings:
    """The settings that ``ldit lint`` would take. Raises LditError for a configuration file that cannot be read."""
    file = find(Path(integration.path))
    return load(file) if file else Settings()
