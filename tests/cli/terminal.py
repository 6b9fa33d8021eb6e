"""A program in a real terminal, driven as a person does: an answer is typed once the program waits for one."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_LOGIN = "import os, sys; os.login_tty(0); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes standard input the terminal that Ctrl-C is typed on."""
_SECONDS = 30
_PROMPT = ": "


def transcript(arguments: Sequence[str], answers: Sequence[str], cwd: Path, env: dict[str, str]) -> tuple[str, int]:
    """What stands on the terminal at the end, without styles, and the exit status.

    ``answers`` are typed one after the other, each with Enter; ``\\x03`` and ``\\x04`` alone are Ctrl-C and Ctrl-D.
    """
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _LOGIN, sys.executable, "-W", "error", "-m", "toolkit", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env={"TERM": "xterm", "COLUMNS": "100", "LINES": "40", **env},
    )
    os.close(theirs)
    try:
        shown = _driven(ours, list(answers))
        return _STYLE.sub("", shown.decode()).replace("\r\n", "\n"), process.wait(_SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _driven(terminal: int, answers: list[str]) -> bytes:
    shown, begin = b"", time.monotonic()
    while time.monotonic() - begin < _SECONDS:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # how Linux says that the other side is closed
                return shown
            if not piece:
                return shown
            shown += piece
        elif answers and _STYLE.sub("", shown.decode()).endswith(_PROMPT):
            typed = answers.pop(0)
            os.write(terminal, typed.encode() if typed in ("\x03", "\x04") else f"{typed}\n".encode())
            while not select.select([terminal], [], [], 1)[0] and time.monotonic() - begin < _SECONDS:
                pass
    raise AssertionError(f"the program waits for something else than is typed:\n{shown.decode()}")
