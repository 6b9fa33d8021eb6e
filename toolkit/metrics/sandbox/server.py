"""Starts a sandbox in a thread of this process."""

import asyncio
import importlib.util
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.errors import LditError
from toolkit.metrics.sandbox.options import Options

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10
"""The seconds that a connection may take for the head of a request."""


@contextmanager
def running(options: Options, host: str = "127.0.0.1", port: int = 0, patience: float = PATIENCE) -> Iterator[str]:
    """Gives the base URL of a sandbox that answers, and stops it in the end; port 0 takes any free one.

    Raises LditError if the extra ``serve`` is missing, or the port or the data file is taken.
    """
    if not all(map(importlib.util.find_spec, ("starlette", "uvicorn", "jsonpatch"))):
        raise LditError("the sandbox needs starlette and uvicorn", "pip install 'ld-integration-toolkit[serve]'")
    import uvicorn

    from toolkit.metrics.sandbox import app
    from toolkit.metrics.sandbox.limits import RateLimit
    from toolkit.metrics.sandbox.state import Sandbox
    from toolkit.metrics.sandbox.store import Store

    listener = _listen(host, port)
    with listener:
        sandbox = Sandbox(options, Store(options.data), RateLimit(options.rate_limit))
        config = uvicorn.Config(
            app.create(sandbox, host),
            http=_protocol(patience),
            ws="none",
            lifespan="off",
            log_level="critical",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            # The socket listens already, so a request that comes before the server is up just waits.
            yield f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        finally:
            sandbox.closing.set()  # ends the streams, which the server would wait for
            server.should_exit = True
            thread.join()
            sandbox.store.close()


def _protocol(patience: float) -> "type[H11Protocol]":
    """uvicorn's protocol, which closes idle connections, also where the head of a request never ends."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Impatient(H11Protocol):
        deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self.watch()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self.watch()

        def connection_lost(self, exc: Exception | None) -> None:
            if self.deadline:
                self.deadline.cancel()
            super().connection_lost(exc)

        def watch(self) -> None:
            """Starts the clock between requests, and stops it while one is answered."""
            idle = self.cycle is None or self.cycle.response_complete
            if self.deadline and not idle:
                self.deadline.cancel()
                self.deadline = None
            elif idle and not self.deadline:
                self.deadline = self.loop.call_later(patience, self.give_up)

        def give_up(self) -> None:
            self.deadline = None
            if self.cycle is None or self.cycle.response_complete:
                self.transport.close()

    return Impatient


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise LditError(f"cannot listen on {host} port {port}: {error}", "use another --port") from None
    # Headers and body are two writes; without this the second waits 40 ms for the first to be confirmed.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
