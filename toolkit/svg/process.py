"""Draws with resvg, in a process of its own: a few odd numbers in a path are enough to bring the renderer down."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Lock, Timer
from typing import IO, TYPE_CHECKING, cast
from weakref import WeakSet

from toolkit.errors import LditError
from toolkit.install import remedy
from toolkit.svg import worker
from toolkit.svg.canvas import Canvas
from toolkit.svg.statistics import Statistics
from toolkit.text import reason

if TYPE_CHECKING:
    import subprocess

TIMEOUT, START_TIMEOUT = 5.0, 20.0
"""Seconds by the clock: the worker's limit of processor time comes first, where the system keeps one."""
_OUT_OF_TIME = -getattr(signal, "SIGPROF", 0)


class RenderError(LditError):
    """The renderer gave up: out of time, out of memory, or unable to draw this."""


class NoRendererError(LditError):
    """There is no renderer here, whatever the icon."""


_IN_USE: WeakSet[RenderProcess] = WeakSet()


class RenderProcess:
    """One process for all icons, started when the first is drawn, and anew after an icon that it did not survive.

    Threads may share it. Every method that draws takes a document that passed the safety rules, and raises RenderError,
    at the latest after TIMEOUT seconds, or NoRendererError.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.ahead = Lock()
        """Held by one at a time of those whom nobody waits for yet, so that all others are next."""
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._closed = False
        _IN_USE.add(self)

    def png(self, svg: str) -> bytes:
        """A document as PNG, in its own size."""
        return self._ask(f"\n{svg}")

    def statistics(self, canvas: Canvas) -> Statistics:
        """What the pixels of a rendered canvas say."""
        frame = f"{canvas.width} {canvas.height} {canvas.margin}"
        return Statistics(*json.loads(self._ask(f"{frame}\n{canvas.svg}")))

    def start(self) -> None:
        """Starts the process without waiting for it. Raises NoRendererError."""
        with self._lock:
            self._start()

    def close(self) -> None:
        """Ends the process for good; what it is drawing is given up."""
        self._closed = True
        if process := self._process:
            process.kill()
        with self._lock:
            self._stop()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise NoRendererError("the renderer is closed")
        if self._process is None:
            import subprocess

            pipe, silent = subprocess.PIPE, subprocess.DEVNULL
            command = [sys.executable, "-I", "-S", worker.__file__, *_homes()]
            try:
                self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silent)  # noqa: S603
            except OSError as error:
                raise NoRendererError(f"no process can be started: {reason(error)}", "allow it") from None
            self._ready = False
        return self._process

    def _ask(self, question: str) -> bytes:
        with self._lock:
            status, answer = self._exchange(self._start(), question.encode())
        if status == worker.REFUSED:
            raise RenderError(f"is refused by the renderer: {answer.decode()}", "export the icon again")
        return answer

    def _exchange(self, process: subprocess.Popen[bytes], question: bytes) -> tuple[bytes, bytes]:
        to_worker, from_worker = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        if not self._ready:
            with _deadline(process, START_TIMEOUT):
                self._ready = from_worker.read(1) == worker.READY
            if not self._ready:
                self._stop()
                raise NoRendererError("the renderer does not start", remedy())
        try:
            with _deadline(process, TIMEOUT) as late:
                to_worker.write(len(question).to_bytes(4) + question)
                to_worker.flush()
                status, length = from_worker.read(1), from_worker.read(4)
                answer = from_worker.read(int.from_bytes(length))
        except OSError:
            status = b""
        if status and not late.is_set():
            return status, answer
        self._stop()
        out_of_time = late.is_set() or process.returncode == _OUT_OF_TIME
        too_long = f"takes over {worker.SECONDS:g} s to draw, the limit"
        why = too_long if out_of_time else "makes the renderer break down"
        raise RenderError(why, "simplify the drawing: fewer filters, gradients and repeated parts")

    def forget(self) -> None:
        """Leaves the process to whom it belongs, in a program that was forked from that one."""
        self._lock, self.ahead = Lock(), Lock()
        if process := self._process:
            self._process = None
            process.returncode = 0  # nothing of ours is to be waited for
            for pipe in (process.stdin, process.stdout):
                cast(io.BufferedWriter, pipe).raw.close()

    def _stop(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            process.communicate()


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
    """Kills the process unless the block ends in time; the event is set when it did not."""
    late = Event()

    def expire() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, expire)
    timer.daemon = True
    try:
        timer.start()
    except RuntimeError:
        raise NoRendererError("no thread can be started", "allow more threads") from None
    try:
        yield late
    finally:
        timer.cancel()


def _homes() -> Iterator[str]:
    """The directories that hold what the worker imports; as a program on its own it knows none of them."""
    for package in ("resvg_py", "PIL", "toolkit"):
        found = find_spec(package)
        if found is None or found.origin is None:
            raise NoRendererError(f"{package} is not installed", remedy())
        yield str(Path(found.origin).parents[1])


def _forget() -> None:
    for process in _IN_USE:
        process.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
