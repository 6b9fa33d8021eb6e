"""Tells open pages that something has changed on disk."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from toolkit.errors import LditError

_QUIET = 15.0
"""Seconds between signs of life, by which a closed page is noticed."""


class Changes:
    """Watches directories, and counts the times that something in them has changed."""

    def __init__(self, roots: Callable[[], Iterable[Path]]) -> None:
        self._roots = roots
        self._count = 0
        self._stop = asyncio.Event()
        self._changed = asyncio.Condition()

    async def watch(self) -> None:
        """Watches until ``stop``, the directories anew that are there after each change."""
        from watchfiles import awatch

        while not self._stop.is_set():
            roots = self._there()
            if not roots:
                await asyncio.sleep(0.2)
                continue
            async for _ in awatch(*roots, debounce=60, step=20, stop_event=self._stop):
                await self._tell()
                if self._there() != roots:
                    break

    def _there(self) -> set[Path]:
        """The directories to watch that are there."""
        try:
            return {root for root in self._roots() if root.is_dir()}
        except LditError:
            return set()

    async def stop(self) -> None:
        """Ends watching, and what the pages listen to."""
        self._stop.set()
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._count += 1
            self._changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """A server-sent event for each change from now on."""
        seen = self._count
        yield ": listening\n\n"
        while not self._stop.is_set():
            try:
                async with self._changed:
                    await asyncio.wait_for(self._changed.wait_for(lambda: self._count > seen), _QUIET)  # noqa: B023
            except TimeoutError:
                yield ": nothing new\n\n"
                continue
            seen = self._count
            if not self._stop.is_set():
                yield "data: changed\n\n"
