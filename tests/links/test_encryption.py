"""https: the connection goes to the address that was looked up, the certificate has to be that of the name."""

import shutil
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from toolkit.integration import Answer
from toolkit.links import Limits, ask


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Server(HTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that refuses the certificate is what the test is about."""


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_the_certificate_has_to_be_that_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=acme.test"
    names = ("-addext", "subjectAltName=DNS:acme.test", "-keyout", str(key), "-out", str(certificate))
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Server(("127.0.0.1", 0), Handler) as server, ThreadPoolExecutor(1) as pool:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        pool.submit(server.serve_forever, 0.02)
        good, bad = (f"https://{host}:{server.server_port}/" for host in ("acme.test", "other.test"))
        limits = Limits(workers=1, timeout=2)
        found = dict(ask([good, bad], allow_private=True, resolve=lambda _: ["127.0.0.1"], limits=limits))
        server.shutdown()
    assert found == {good: Answer(), bad: Answer(unsure="its certificate or encryption is not accepted")}
    assert set(asked) == {"acme.test", "other.test"}
