"""The command line: one file for each command."""

import errno
import sys

from toolkit.errors import LditError

ABORTED, CANNOT_RUN = 1, 2
"""Exit statuses: interrupted, by whoever runs the command or reads its output; the command could not do its work."""


def failed(error: LditError | OSError) -> int:
    """Says on standard error why a command could not do its work, and what to do; the exit status."""
    if isinstance(error, LditError):
        message, remedy = str(error), error.help
    elif error.errno == errno.EPIPE:  # whoever reads the output has seen enough
        return ABORTED
    else:
        message, remedy = f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}", ""
    sys.stderr.write(f"error: {message}\n" + (f"help: {remedy}\n" if remedy else ""))
    return CANNOT_RUN
