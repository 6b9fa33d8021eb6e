"""Where the settings of each integration come from: its configuration file, with the options before it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from toolkit.cli.options import Options
from toolkit.config import Settings, find, load
from toolkit.finding import Severity


class Chosen:
    """The settings of the integration at a path, each configuration file read once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._read = cache(self._load)
        self.file = cache(self._file)

    def __call__(self, directory: str) -> Settings:
        """The settings that hold in ``directory``. Raises LditError for a configuration that cannot be used."""
        return self._read(self.file(directory))

    def _file(self, directory: str) -> Path | None:
        options = self._options
        return options.config or (None if options.isolated else find(Path(directory)))

    def _load(self, path: Path | None) -> Settings:
        options = self._options
        settings = load(path) if path else Settings()
        return replace(
            settings,
            select=options.select or settings.select,
            ignore={*settings.ignore, *options.ignore},
            pedantic=options.pedantic or settings.pedantic,
            gate=options.gate,
            fail_on=Severity[options.fail_on] if options.fail_on else settings.fail_on,
        )
