"""Misbehaves on purpose and by seed: refuses, fails, resets the connection after it has acted, or is slow."""

import asyncio
import random
import socket
import struct
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toolkit.metrics.sandbox.options import Faults
from toolkit.metrics.sandbox.wire import error

FAULTED = ("/api/", "/v2/", "/bulk", "/events/", "/mobile")
# In the wild any of the headers may be missing, and a reset may lie in the past.
WAITS: tuple[Callable[[int], dict[str, str]], ...] = (
    lambda now: {"Retry-After": "1"},
    lambda now: {"X-Ratelimit-Route-Remaining": "0", "X-Ratelimit-Reset": str(now + 1000)},
    lambda now: {"X-Ratelimit-Auth-Token-Remaining": "0", "X-Ratelimit-Auth-Token-Reset": str(now + 1000)},
    lambda now: {"X-Ratelimit-Global-Remaining": "0", "X-Ratelimit-Reset": str(now - 1000)},
    lambda now: {},
)


class FaultyApp:
    """Wraps ``app``; which request meets which fault depends only on the seed and the order of requests."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app, self._faults = app, faults
        self._random = random.Random(faults.seed)  # noqa: S311 - not a secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or lets it meet a fault."""
        fault = self._draw() if scope["type"] == "http" and scope["path"].startswith(FAULTED) else None
        match fault:
            case "429":
                headers = self._random.choice(WAITS)(int(time.time() * 1000))
                await error(429, "Rate limited", headers=headers)(scope, receive, send)
            case "500":
                if self._random.random() < 0.5:
                    await self._app(scope, receive, _unheard)
                await error(500, "Internal server error")(scope, receive, send)
            case "reset":
                await self._app(scope, receive, _unheard)
                await _reset(receive, send)
            case _:
                await asyncio.sleep(self._faults.delay if fault == "slow" else 0)
                await self._app(scope, receive, send)

    def _draw(self) -> str | None:
        point = self._random.random()
        for fault, rate in self._faults.rates.items():
            if (point := point - rate) < 0:
                return fault
        return None


async def _unheard(message: Message) -> None:
    """Takes the answer of the application and passes it on to nobody."""


async def _reset(receive: Receive, send: Send) -> None:
    # ASGI has no way to break a connection; the `send` that uvicorn passes is a method of an object that has
    # one.
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    # A linger time of zero makes the kernel send a reset, not an orderly end.
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
