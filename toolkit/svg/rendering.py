"""Draws with resvg, in a process of its own: a few odd numbers in a path are enough to bring the renderer down."""

import atexit
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Timer
from typing import IO, cast

from toolkit.errors import LditError
from toolkit.svg import worker

TIMEOUT = 1.0
START_TIMEOUT = 20.0
_SIMPLIFY = "simplify the drawing: fewer filters, gradients and repeated parts"


class RenderError(LditError):
    """The renderer gave up: out of time, out of memory, or unable to draw this."""


def render(svg: str) -> bytes:
    """PNG of a document that passed the safety rules. Raises RenderError, at the latest after TIMEOUT seconds."""
    return _renderer.render(svg.encode())


def warm_up() -> None:
    """Starts the process that renders, without waiting for it."""
    _renderer.start()


class _Renderer:
    """One worker for all icons, started when the first is drawn, and anew after an icon that it did not survive."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            pipe, silent = subprocess.PIPE, subprocess.DEVNULL
            command = [sys.executable, "-I", "-S", worker.__file__, _home_of_resvg()]
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silent)  # noqa: S603
            self._ready = False
        return self._process

    def render(self, svg: bytes) -> bytes:
        with self._lock:
            status, answer = self._exchange(self.start(), svg)
        if status == worker.REFUSED:
            raise RenderError(f"the renderer refuses it: {answer.decode()}", "export the icon again")
        return answer

    def _exchange(self, process: subprocess.Popen[bytes], svg: bytes) -> tuple[bytes, bytes]:
        to_worker, from_worker = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        late: list[bool] = []
        try:
            if not self._ready:
                with _deadline(process, START_TIMEOUT, late):
                    self._ready = from_worker.read(1) == worker.READY
            with _deadline(process, TIMEOUT, late):
                to_worker.write(len(svg).to_bytes(4) + svg)
                to_worker.flush()
                status, length = from_worker.read(1), from_worker.read(4)
                answer = from_worker.read(int.from_bytes(length))
        except OSError:
            status = b""
        if status and not late:
            return status, answer
        self.stop()
        if late:
            raise RenderError(f"takes over {TIMEOUT:g} s to draw, the limit", _SIMPLIFY)
        raise RenderError("the renderer breaks down over it", _SIMPLIFY)

    def stop(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            process.communicate()


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float, late: list[bool]) -> Iterator[None]:
    """Kills the process, and says so in ``late``, unless the block ends in time."""

    def expire() -> None:
        late.append(True)
        process.kill()

    timer = Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _home_of_resvg() -> str:
    found = find_spec("resvg_py")
    if found is None or found.origin is None:
        raise RenderError("resvg_py is not installed", "install ld-integration-toolkit again")
    return str(Path(found.origin).parents[1])


_renderer = _Renderer()
atexit.register(_renderer.stop)
