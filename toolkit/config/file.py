"""Reads ``ldit.toml``, or ``[tool.ldit]`` of a ``pyproject.toml``; ``schemas/ldit-config.json`` describes both."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from toolkit.config.paths import is_nowhere, neighbors
from toolkit.config.settings import PathSettings, Settings
from toolkit.config.waiver import Waiver
from toolkit.errors import LditError
from toolkit.finding import Severity
from toolkit.regex import regex
from toolkit.rules.selectors import resolve
from toolkit.text import did_you_mean, reason

LIMIT = 1_000_000
"""Bytes; a larger file is refused, and not read any further."""
OWN, SHARED = "ldit.toml", "pyproject.toml"
_TABLE = regex(rb"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*ldit[ \t]*[\].]", re.MULTILINE)
"""A table of ours, or one inside it, in a file that belongs to others too."""


class ConfigError(LditError):
    """A configuration file that says something that cannot be meant."""


def find(start: Path) -> Path | None:
    """The nearest configuration file, in ``start`` or above it."""
    here = start.resolve()
    for directory in (here, *here.parents):
        if os.path.isfile(own := directory / OWN):  # noqa: PTH113 - unlike Path.is_file, it never raises
            return own
        if os.path.isfile(shared := directory / SHARED) and _TABLE.search(_bytes(shared)):  # noqa: PTH113
            return shared
    return None


def load(path: Path) -> Settings:
    """The settings in a configuration file. Raises ConfigError, with the file and the key, for anything unknown."""
    import tomllib

    try:
        table = tomllib.loads(_bytes(path).decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    except ValueError as error:  # Python reads no longer ones
        raise ConfigError(f"{path.name}: a number has too many digits", "no setting is a number") from error
    except RecursionError as error:
        raise ConfigError(f"{path.name}: it is nested too deeply", "no setting needs more than two levels") from error
    if path.name == SHARED:
        tool = table.get("tool", {})
        table = tool.get("ldit", {}) if isinstance(tool, dict) else {}
    settings = Settings(root=path.parent.resolve(), **_read(table, _KEYS, path.name))
    for number, waiver in enumerate(settings.waivers, 1):
        if is_nowhere(waiver.path, settings.root):
            message = f"{path.name}: waive number {number}: path: there is no {waiver.path}"
            near = did_you_mean(waiver.path, neighbors(waiver.path, settings.root))
            raise ConfigError(message, near or f"remove the waiver, or name what is there from where {path.name} is")
    return settings


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {reason(error)}") from error
    if len(data) > LIMIT:
        raise ConfigError(f"{path} is larger than {LIMIT // 1_000_000} MB", "keep nothing but settings in it")
    return data


_Reader = Callable[[Any, str], Any]


def _read(table: Any, keys: Mapping[str, tuple[str, _Reader]], where: str) -> dict[str, Any]:
    """The values of a table under their names in Settings; ``where`` names the table in messages."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table")
    for key in table:
        if key not in keys:
            raise ConfigError(f"{where}: unknown key `{key}`", did_you_mean(key, keys) or f"known: {', '.join(keys)}")
    return {keys[key][0]: keys[key][1](value, f"{where}: {key}") for key, value in table.items()}


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{where} must be a text that is not empty")
    return value


def _path(value: Any, where: str) -> str:
    path = _text(value, where)
    if "\\" in path:
        raise ConfigError(f"{where}: {path} has a backslash", f"write `{path.replace(chr(92), '/')}`")
    return path


def _rules(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list):
        raise ConfigError(f"{where} must be a list of rules")
    return resolve([_text(name, where) for name in value], f"{where}: ")


def _switch(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where} must be true or false")
    return value


def _severity(value: Any, where: str) -> Severity:
    if not isinstance(value, str) or value not in Severity.__members__:
        raise ConfigError(f"{where} must be one of: {', '.join(Severity.__members__)}")
    return Severity[value]


def _severities(value: Any, where: str) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table from rule to severity")
    resolve(value, f"{where}: ")
    return {rule: _severity(severity, f"{where}.{rule}") for rule, severity in value.items()}


def _each(value: Any, keys: Mapping[str, tuple[str, _Reader]], needed: tuple[str, ...], where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ConfigError(f"{where} must be an array of tables, written [[{where.rpartition(' ')[2]}]]")
    tables = [_read(table, keys, f"{where} number {number}") for number, table in enumerate(value, 1)]
    for number, table in enumerate(tables, 1):
        for key in needed:
            if key not in table:
                raise ConfigError(f"{where} number {number} lacks `{key}`", f"add `{key} = ...`")
    return tables


def _rule(value: Any, where: str) -> str:
    resolve([name := _text(value, where)], f"{where}: ")
    return name


def _waivers(value: Any, where: str) -> tuple[Waiver, ...]:
    origin = where.partition(":")[0]
    return tuple(Waiver(origin=origin, **table) for table in _each(value, _WAIVE_KEYS, tuple(_WAIVE_KEYS), where))


def _paths(value: Any, where: str) -> tuple[PathSettings, ...]:
    return tuple(PathSettings(**table) for table in _each(value, _PATH_KEYS, ("path",), where))


_WAIVE_KEYS: dict[str, tuple[str, _Reader]] = {
    "rule": ("rule", _rule),
    "path": ("path", _path),
    "reason": ("reason", _text),
}
_PATH_KEYS: dict[str, tuple[str, _Reader]] = {
    "path": ("path", _path),
    "ignore": ("ignore", _rules),
    "severity": ("severity", _severities),
}
_KEYS: dict[str, tuple[str, _Reader]] = {
    "select": ("select", _rules),
    "ignore": ("ignore", _rules),
    "pedantic": ("pedantic", _switch),
    "fail-on": ("fail_on", _severity),
    "severity": ("severity", _severities),
    "waive": ("waivers", _waivers),
    "paths": ("paths", _paths),
}
"""Each key of the file: its name in Settings, and how it is read."""
