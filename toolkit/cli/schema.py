"""``ldit schema``."""

import os
import sys
from pathlib import Path

import click

from toolkit import resources
from toolkit.errors import LditError
from toolkit.integration.around import root_around
from toolkit.schema.fork import FILE
from toolkit.schema.official import for_editors
from toolkit.text import reason

SCHEMAS = {
    "manifest": "schemas/manifest.json",
    "lint-report": "schemas/lint-report.json",
    "ldit-config": "schemas/ldit-config.json",
    "metric": "schemas/metric.json",
}
"""The JSON Schemas that we ship, by the name under which they are asked for."""


@click.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
@click.option("--output", type=click.Path(path_type=Path), help="Write it to this new file.")
def schema(name: str, output: Path | None) -> None:
    """Print a JSON Schema, for an editor to check and complete while you type."""
    text = for_editors() if name == "manifest" else resources.path(SCHEMAS[name]).read_text(encoding="utf-8")
    own = _own_schema() if name == "manifest" else None
    if own and output is None and _is_standard_output(own):
        raise LditError(
            f"{own} is the fork's own schema", f"`git checkout -- {FILE}` brings it back; editors use it as it is"
        )
    if own:
        click.echo(f"note: this fork has its own schema, which its tests use: let the editor use {own}", err=True)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)


def _own_schema() -> Path | None:
    """The ``manifest.schema.json`` of the fork that the current directory is in."""
    root = root_around(Path.cwd())
    return Path(os.path.relpath(root / FILE)) if root else None


def _is_standard_output(path: Path) -> bool:
    """Whether the output was redirected to the file at ``path``, which is empty by now."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), path.stat())
    except (OSError, ValueError):
        return False


def _write(path: Path, text: str) -> None:
    """Writes a new file, or none. Raises LditError."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise LditError(
            f"{path} is there already and is not overwritten", "name another file, or remove this one"
        ) from None
    except OSError as error:
        raise LditError(f"{path} cannot be written: {reason(error)}", "name another file") from error
