"""Several processes that check integrations for one run; a process that dies leaves its work to the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple, cast

from toolkit.cache.memory import Found
from toolkit.cli.cores import BATCH


class Outcome(NamedTuple):
    """What a process found in an integration whose digest was ``own``."""

    own: bytes
    found: Found


Batch = Sequence[Path]
Work = Callable[[Batch], dict[Path, Outcome]]


def outcomes(begin: Callable[[], Work], directories: Sequence[Path], jobs: int) -> Iterator[dict[Path, Outcome]]:
    """What ``jobs`` processes find in each batch of ``directories``, in their order.

    ``begin`` is called once in each process, and must be one that can be sent there. A batch whose process died is
    empty. However this ends, the processes end too.
    """
    batches = [directories[start : start + BATCH] for start in range(0, len(directories), BATCH)]
    context = get_context("fork" if os.name == "posix" else "spawn")
    workers: dict[Connection, BaseProcess] = {}
    try:
        with _uninterrupted():
            for _ in range(jobs):
                ours, theirs = context.Pipe()
                inherited = [*workers, ours] if os.name == "posix" else []
                process = context.Process(target=_work, args=(theirs, inherited, begin), daemon=True)  # type: ignore[attr-defined]
                process.start()
                workers[ours] = process
                theirs.close()
        yield from _in_order(batches, list(workers))
    finally:
        for connection, process in workers.items():
            connection.close()
            process.kill()
        for process in workers.values():
            process.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keeps Ctrl-C waiting; what is started meanwhile never hears it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_order(batches: Sequence[Batch], idle: list[Connection]) -> Iterator[dict[Path, Outcome]]:
    """The outcomes of all batches in their order, each as soon as it and those before it are there."""
    done: dict[int, dict[Path, Outcome]] = {}
    at_work: dict[Connection, int] = {}
    waiting = iter(enumerate(batches))
    for wanted in range(len(batches)):
        while wanted not in done:
            while idle and (following := next(waiting, None)):
                connection = idle.pop()
                number, batch = following
                at_work[connection] = number
                with suppress(OSError):  # it is dead, which shows when its answer is read
                    connection.send(batch)
            if not at_work:  # all are dead
                done[wanted] = {}
                break
            for ready in cast(list[Connection], wait(list(at_work))):
                number = at_work.pop(ready)
                try:
                    done[number] = ready.recv()
                    idle.append(ready)
                except (EOFError, OSError):
                    done[number] = {}
        yield done.pop(wanted)


def _work(connection: Connection, inherited: Sequence[Connection], begin: Callable[[], Work]) -> None:
    """The life of a process: batches in, outcomes out, until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one ends it
    for each in inherited:
        each.close()
    work = begin()
    with suppress(EOFError, OSError):
        while True:
            connection.send(work(connection.recv()))
