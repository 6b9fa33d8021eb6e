"""uvicorn's protocol, which closes idle connections, also where the head of a request never ends."""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0
"""The seconds that a connection may take for the head of a request."""


class Impatient(H11Protocol):
    """Closes a connection that has no request in work for ``patience`` seconds."""

    patience: ClassVar[float] = PATIENCE
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the clock."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Stops the clock when a head is complete."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Starts the clock again."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock for good."""
        if self.deadline:
            self.deadline.cancel()
        super().connection_lost(exc)

    @property
    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _watch(self) -> None:
        if self.deadline and not self._idle:
            self.deadline.cancel()
            self.deadline = None
        elif self._idle and not self.deadline:
            self.deadline = self.loop.call_later(self.patience, self._give_up)

    def _give_up(self) -> None:
        self.deadline = None
        if self._idle:
            self.transport.close()
