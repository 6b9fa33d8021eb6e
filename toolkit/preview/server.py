"""Runs a preview in a thread of this process, on loopback only."""

import importlib.util
import secrets
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from toolkit.errors import LditError
from toolkit.install import remedy
from toolkit.text import reason

LOOPBACK = "127.0.0.1"
_NEEDED = ("starlette", "uvicorn", "watchfiles")


@contextmanager
def running(paths: Iterable[Path], port: int = 0) -> Iterator[str]:
    """Gives the address of a preview of the integrations in ``paths``, and stops it in the end.

    The address holds a random token, without which nothing is answered. Port 0 takes any free one. Raises LditError
    if the extra ``serve`` is missing, the port is taken, or there is no integration in the paths.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise LditError(f"the live preview needs {', '.join(missing)}", remedy("serve"))
    import uvicorn

    from toolkit.preview.app import create
    from toolkit.preview.library import Library

    library, token = Library(paths), secrets.token_urlsafe(16)
    addresses = library.addresses
    if not addresses:
        raise LditError("there is no integration in the given paths", "name a directory with a manifest.json")
    with _listening(port) as listener:
        taken = listener.getsockname()[1]
        config = uvicorn.Config(
            create(library, token, taken),
            http="h11",
            ws="none",
            lifespan="on",
            log_level="critical",
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            here = f"http://{LOOPBACK}:{taken}/{token}/"
            yield here if len(addresses) > 1 else f"{here}{quote(addresses[0], safe='')}/"
        finally:
            server.should_exit = True
            thread.join()


def _listening(port: int) -> socket.socket:
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise LditError(f"cannot listen on port {port}: {reason(error)}", "take another --port") from None
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the body waits for the head's confirmation
    return listener
