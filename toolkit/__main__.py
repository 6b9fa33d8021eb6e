"""The entry point of ``ldit``, and of ``python -m toolkit``."""

import sys

from toolkit import __version__


def main() -> None:
    """Runs the command line; ``--version`` alone is answered before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        print(f"ldit {__version__}")  # noqa: T201
        return
    from toolkit.cli import command

    command(prog_name="ldit")


if __name__ == "__main__":
    main()
