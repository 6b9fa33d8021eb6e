"""``ldit lint --show-files`` and ``--show-settings``: for whoever wonders what is checked, and how."""

import sys
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum

from toolkit.cli.chosen import Chosen
from toolkit.cli.options import Options
from toolkit.cli.selection import Selection
from toolkit.integration import Integration
from toolkit.text import printable


def show(selection: Selection, options: Options, settings: Chosen) -> int:
    """Prints the files that would be checked, or the settings of each integration; the exit status."""
    for directory in selection.directories:
        path = directory.as_posix()
        if options.show_files:
            integration = Integration.read(directory)
            lines = [f"{path}/{name}" for name, file in integration.files.items() if file.readable]
        else:
            lines = [f"{path}:", *(f"  {line}" for line in _settings(path, settings))]
        sys.stdout.writelines(f"{printable(line)}\n" for line in lines)
    sys.stdout.flush()
    return 0


def _settings(path: str, settings: Chosen) -> Iterator[str]:
    yield f"configuration = {settings.file(path) or 'none'}"
    chosen = settings(path)
    for each in fields(chosen):
        yield f"{each.name.replace('_', '-')} = {_value(getattr(chosen, each.name))}"
    yield f"rules that run = {len(chosen.rules())}"


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple):
        return ", ".join(map(_value, value)) or "none"
    return "none" if value is None else str(value)
