"""What the tests of this room share: quick retries, and a server with a script."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.metrics.client import MetricsClient
from toolkit.metrics.retry import PatientRetry, patient
from toolkit.metrics.sandbox.options import Options

TOKEN = Options().token
CREATOR = """
import signal, sys
from toolkit.cli.metric import metric
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
metric(sys.argv[1:])
"""
SANDBOX = "import sys; from toolkit.cli.sandbox import sandbox; sandbox(sys.argv[1:])"


def hasty(**changes: Any) -> PatientRetry:
    """The retries of the client, without the waiting."""
    retry: PatientRetry = patient().new(backoff_factor=0, backoff_max=0.001, backoff_jitter=0, **changes)
    return retry


class Reply(NamedTuple):
    """What the scripted server answers; status 0 breaks the connection."""

    status: int
    body: object = None
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    raw: str = ""  # the very text, instead of what JSON makes of the body


class Script:
    """Answers each request with the next of its replies, the last one again and again; notes the requests."""

    def __init__(self) -> None:
        self.url = ""
        self.replies: list[Reply] = []
        self.requests: list[tuple[str, str, dict[str, str], Any]] = []

    def says(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def client(self, **changes: Any) -> MetricsClient:
        return MetricsClient("api-secret", "default", host=self.url, retry=hasty(**changes))


@contextmanager
def scripted() -> Iterator[Script]:
    """A running Script."""
    made = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            made.requests.append((self.command, self.path, dict(self.headers), json.loads(body) if body else None))
            reply = made.replies.pop(0) if len(made.replies) > 1 else made.replies[0]
            if not reply.status:
                self.close_connection = True
                return
            content = b"" if reply.body is None else (reply.raw or json.dumps(reply.body)).encode()
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = do_CONNECT = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        made.url = f"http://127.0.0.1:{server.server_port}"
        yield made
        server.shutdown()
        thread.join()


class Endless:
    """Where a server listens that answers with a body without end, and how many bytes it has sent."""

    def __init__(self, url: str) -> None:
        self.url, self.sent = url, 0


@contextmanager
def endless(status: int) -> Iterator[Endless]:
    """A server that answers every request with ``status`` and a body that goes on until the client leaves."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = Endless(f"http://127.0.0.1:{listener.getsockname()[1]}")

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(f"HTTP/1.1 {status} Any\r\n\r\n".encode())
                while True:
                    made.sent += connection.send(b" " * 65536)

    thread = threading.Thread(target=serve)
    thread.start()
    yield made
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@contextmanager
def start(code: str, *args: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of its own, which does not outlive its test."""
    environment = os.environ | {"LAUNCHDARKLY_ACCESS_TOKEN": TOKEN, "PYTHONPATH": str(Path.cwd())}
    command, pipe = [sys.executable, "-c", code, *args], subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
