"""What ``ldit lint`` can be asked for."""

from pathlib import Path
from typing import NamedTuple

from toolkit.errors import LditError
from toolkit.finding import Gate


class Options(NamedTuple):
    """The options of ``ldit lint``, under the names of its parameters; ``outputs`` has a place for each format."""

    formats: tuple[str, ...] = ()
    outputs: tuple[Path | None, ...] = ()
    everything: bool = False
    changed: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    gate: Gate | None = None
    pedantic: bool = False
    fail_on: str | None = None
    min_severity: str | None = None
    exit_zero: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    show_diff: bool = False
    show_fixes: bool = False
    statistics: bool = False
    quiet: bool = False
    no_links: bool = False
    online: bool = False
    allow_private: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    stdin_file: Path | None = None
    watch: bool = False
    config: Path | None = None
    isolated: bool = False
    show_files: bool = False
    show_settings: bool = False
    cache: bool = True
    jobs: int | None = None

    @property
    def fixes(self) -> bool:
        """Whether files are to be changed: ``--unsafe-fixes`` alone asks for it too."""
        return self.fix or (self.unsafe_fixes and not self.show_diff)

    @property
    def decisive(self) -> tuple[object, ...]:
        """The options that decide what is found."""
        return self.select, self.ignore, self.gate, self.pedantic, self.fail_on, str(self.config), self.isolated

    @property
    def plain(self) -> bool:
        """Whether what is found depends on files alone, and changes none of them."""
        changing = self.fixes or self.show_diff or self.show_files or self.show_settings
        return not (changing or self.online or self.stdin_file)

    @property
    def printing(self) -> bool:
        """Whether a plain run ends with a report on standard output, which depends on files alone too."""
        return self.plain and not (any(self.outputs) or self.baseline or self.write_baseline or self.watch)

    def require_sense(self, paths: bool) -> None:
        """Raises LditError for options that contradict each other, or the ``paths`` that were given."""
        if self.stdin_file and self.fixes:
            raise LditError("--fix would write what is not saved yet", "use --diff with --stdin-file")
        if self.everything and (paths or self.changed):
            raise LditError("--all leaves nothing to name", "leave out --all, or PATH and --changed")
        if self.statistics and set(self.formats) - {"text"}:
            raise LditError("--statistics is a text of its own", "leave out --format, or --statistics")
