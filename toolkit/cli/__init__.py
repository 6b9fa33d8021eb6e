"""The command line: one file for each command."""

import errno
import sys
from collections.abc import Callable
from contextlib import suppress

from toolkit.errors import LditError
from toolkit.text import printable, reason

FOUND, CANNOT_RUN, NOTHING, INTERRUPTED = 1, 2, 3, 130
"""Exit statuses besides 0: findings; no work could be done; nothing to do it on; Ctrl-C, or nobody reads the output."""


def say(*lines: str) -> None:
    """Writes lines to standard error, with escapes for what would steer a terminal or a log."""
    with suppress(OSError, ValueError):  # full, or closed: nobody is there to be told
        sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))
        sys.stderr.flush()


def failed(error: LditError | OSError) -> int:
    """Says why a command could not do its work, and what to do; the exit status."""
    if isinstance(error, LditError):
        say(f"error: {error}", *([f"help: {error.help}"] if error.help else []))
    elif error.errno == errno.EPIPE:  # whoever reads the output has seen enough
        return INTERRUPTED
    else:
        say(f"error: {error.filename or 'output'}: {reason(error)}")
    return CANNOT_RUN


def guarded(work: Callable[[], int]) -> int:
    """The exit status of some work; what it raises on purpose, the system's refusals and Ctrl-C become one too."""
    try:
        return work()
    except (LditError, OSError) as error:
        return failed(error)
    except KeyboardInterrupt:
        return INTERRUPTED
