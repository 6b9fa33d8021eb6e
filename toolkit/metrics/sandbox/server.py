"""Starts a sandbox in a thread of this process."""

import importlib.util
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.errors import LditError
from toolkit.install import remedy
from toolkit.metrics.sandbox.options import Options
from toolkit.text import reason


@contextmanager
def running(options: Options, host: str = "127.0.0.1", port: int = 0, patience: float | None = None) -> Iterator[str]:
    """Gives the base URL of a sandbox that answers, and stops it in the end; port 0 takes any free one.

    ``patience`` is how many seconds a connection may be idle (None: 10). Raises LditError if the extra ``serve`` is
    missing, or the port or the data file is taken.
    """
    if not all(map(importlib.util.find_spec, ("starlette", "uvicorn", "jsonpatch"))):
        raise LditError("the sandbox needs starlette and uvicorn", remedy("serve"))
    import uvicorn

    from toolkit.metrics.sandbox import app
    from toolkit.metrics.sandbox.idle import Impatient
    from toolkit.metrics.sandbox.limits import RateLimit
    from toolkit.metrics.sandbox.state import Sandbox
    from toolkit.metrics.sandbox.store import Store

    listener = _listen(host, port)
    with listener:
        sandbox = Sandbox(options, Store(options.data), RateLimit(options.rate_limit))
        protocol = type("Protocol", (Impatient,), {} if patience is None else {"patience": patience})
        config = uvicorn.Config(
            app.create(sandbox, host),
            http=protocol,
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


def _why(error: OSError | OverflowError) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise LditError(f"cannot listen on {host} port {port}: {_why(error)}", "use another --port") from None
    # Headers and body are two writes; without this the second waits 40 ms for the first to be confirmed.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
