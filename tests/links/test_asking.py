"""Following links, against a real server on this machine that behaves in every way that servers do."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from urllib.parse import unquote

import pytest

from toolkit.integration import Answer
from toolkit.links import Limits, addresses, ask
from toolkit.links.outcome import GoneError

QUICK = Limits(timeout=0.5, stall=2)
ALL = tuple(f"host{number:02}.test" for number in range(20))


class Handler(BaseHTTPRequestHandler):
    """Answers by the first part of the path; see BEHAVIORS."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_HEAD(self) -> None:
        name, _, self.rest = self.path.strip("/").partition("/")
        self.server.asked[self.headers["Host"].partition(":")[0], self.command, self.path] += 1
        BEHAVIORS[name](self)

    do_GET = do_HEAD  # noqa: N815

    def say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def times(self) -> int:
        """How often this path was asked for, by whatever method."""
        return sum(count for key, count in self.server.asked.items() if key[2] == self.path)

    def slow(self) -> None:
        time.sleep(0.7)
        self.say(200)

    def later(self) -> None:
        self.server.ended.wait(30)
        self.close_connection = True

    def drip(self) -> None:
        """Sends a header that never ends, a little at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.ended.wait(0.2):
            self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Nothing."""


def to(status: int, place: str) -> Callable[[Handler], None]:
    return lambda handler: handler.say(status, Location=place.replace("REST", handler.rest))


BEHAVIORS: dict[str, Callable[[Handler], None]] = {
    "fine": lambda handler: handler.say(200),
    "slow": Handler.slow,
    "gone": lambda handler: handler.say(404),
    "removed": lambda handler: handler.say(410),
    "get-only": lambda handler: handler.say(200 if handler.command == "GET" else 405),
    "get-differs": lambda handler: handler.say(200 if handler.command == "GET" else 404),
    "moved": to(301, "/fine/REST"),
    "moved-on": to(308, "/moved/REST"),
    "moved-then-elsewhere": to(301, "/elsewhere/REST"),
    "elsewhere": to(302, "/fine/REST"),
    "moved-away": to(301, "/gone/REST"),
    "loop": to(302, "/loop/REST"),
    "nowhere": to(301, "ftp://host.test/"),
    "nonsense": to(301, "http://[/"),
    "forbidden": lambda handler: handler.say(403),
    "broken": lambda handler: handler.say(500),
    "limited": lambda handler: handler.say(200) if handler.times() > 1 else handler.say(429, Retry_After="1"),
    "limited-long": lambda handler: handler.say(429, Retry_After="600"),
    "away-for-now": lambda handler: handler.say(503),
    "reset": lambda handler: handler.connection.shutdown(SHUT_RDWR),
    "silent": Handler.later,
    "drip": Handler.drip,
    "to": lambda handler: handler.say(302, Location=f"http://{unquote(handler.rest)}"),
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[tuple[str, str, str]] = Counter()
        self.ended = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that went away is none of this test's business."""

    def url(self, path: str, host: str = "host.test") -> str:
        return f"http://{host}:{self.server_port}/{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running, ThreadPoolExecutor(1) as pool:
        pool.submit(running.serve_forever, 0.02)
        yield running
        running.ended.set()
        running.shutdown()


def local(host: str) -> list[str]:
    """Every name ending in .test is this machine; no other is known."""
    if host.endswith(".test"):
        return ["127.0.0.1"]
    if host[0].isdigit() or ":" in host:
        return addresses.resolve(host)
    raise GoneError(f"unknown host {host}")


def answers(*urls: str, limits: Limits = QUICK, private: bool = True) -> dict[str, Answer]:
    return dict(ask(urls, allow_private=private, resolve=local, limits=limits))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("fine", Answer()),
        ("get-only", Answer()),
        ("get-differs", Answer()),
        ("gone", Answer(gone="404")),
        ("removed", Answer(gone="410")),
        ("moved/x", Answer(moved="/fine/x")),
        ("moved-on/x", Answer(moved="/fine/x")),
        ("moved-then-elsewhere/x", Answer(moved="/elsewhere/x")),
        ("elsewhere/x", Answer()),
        ("moved-away", Answer(gone="404")),
        ("loop", Answer(unsure="more than 6 redirects")),
        ("nowhere", Answer(unsure="it is no URL that can be asked")),
        ("nonsense", Answer(unsure="ValueError: Invalid IPv6 URL")),
        ("forbidden", Answer(unsure="status 403")),
        ("broken", Answer(unsure="status 500")),
        ("limited", Answer()),
        ("limited-long", Answer(unsure="status 429")),
        ("away-for-now", Answer(unsure="status 503")),
        ("reset", Answer(unsure="the connection broke (ProtocolError)")),
        ("silent", Answer(unsure="no answer in 0.5 s")),
        ("drip", Answer(unsure="no answer in time")),
    ],
)
def test_what_a_server_says(server: Server, path: str, expected: Answer) -> None:
    url = server.url(path)
    moved = server.url(expected.moved[1:]) if expected.moved else ""
    assert answers(url) == {url: expected._replace(moved=moved)}


def test_each_url_is_asked_once_and_by_its_own_name(server: Server) -> None:
    urls = [server.url("fine/a"), server.url("fine/b"), server.url("fine/a")]
    assert set(answers(*urls)) == set(urls)
    assert server.asked == {("host.test", "HEAD", "/fine/a"): 1, ("host.test", "HEAD", "/fine/b"): 1}


def test_an_unknown_host_is_gone_but_only_where_there_is_a_network(server: Server) -> None:
    missing = "https://missing.invalid/"
    assert answers(missing, server.url("fine"), limits=Limits(workers=1))[server.url("fine")] == Answer()
    assert answers(server.url("fine"), missing, limits=Limits(workers=1))[missing] == Answer(
        gone="unknown host missing.invalid"
    )
    assert answers(missing) == {missing: Answer(unsure="there is no network")}


def test_nobody_listens(server: Server) -> None:
    url = "http://host.test:1/"
    assert answers(url) == {url: Answer(unsure="no connection")}


def test_private_addresses_are_not_asked(server: Server) -> None:
    port = server.server_port
    hosts = ("host.test", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0")
    urls = [f"http://{host}:{port}/fine" for host in hosts]
    found = answers(*urls, private=False)
    assert {answer.unsure.partition(" is ")[2] for answer in found.values()} == {"at a private address"}
    assert not server.asked


@pytest.mark.parametrize(
    "target", ["10.0.0.8/", "169.254.169.254/latest/meta-data", "[::1]/", "localhost.:1/", "2130706433/"]
)
def test_a_redirect_to_a_private_address_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    truth = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or truth(address))
    lookup = {"public.test": ["127.0.0.1"], "localhost.": ["127.0.0.2"]}
    url = server.url(f"to/{target}", "public.test")
    found = dict(ask([url], resolve=lambda host: lookup.get(host) or addresses.resolve(host), limits=QUICK))
    if "2130706433" in target:  # that is 127.0.0.1, which counts as public in this test
        assert found[url].unsure == "no connection"
    else:
        assert found[url].unsure.endswith("is at a private address")


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    turns = iter([["127.0.0.1"], ["10.0.0.8"], ["10.0.0.8"]])
    url = server.url("elsewhere/x", "rebinding.test")
    assert dict(ask([url], resolve=lambda _: next(turns), limits=QUICK)) == {url: Answer()}
    assert next(turns) == ["10.0.0.8"]


def planned(server: Server) -> dict[str, Answer]:
    """200 URLs on 20 hosts, with what is to be found out about each."""
    unsure = {
        "silent": "no answer in 4 s",
        "forbidden": "status 403",
        "broken": "status 500",
        "limited-long": "status 429",
        "reset": "the connection broke (ProtocolError)",
        "loop": "more than 6 redirects",
    }
    gone = {"gone": "404", "removed": "410", "moved-away": "404"}
    mixed = ("fine", "gone", "removed", "moved", "moved-away", "get-only", "forbidden", "broken", "loop", "reset")
    plan = [mixed] * 12 + [("fine",) * 9 + ("silent",)] * 2 + [("slow",) * 10] * 2 + [("limited",) * 10]
    plan += [("limited-long", "elsewhere") * 5, ("silent",) * 10]
    urls = {}
    for host, names in zip(ALL, plan, strict=False):
        for number, name in enumerate(names):
            moved = server.url(f"fine/{number}", host) if name == "moved" else ""
            expected = Answer(gone.get(name, ""), moved, unsure.get(name, ""))
            urls[server.url(f"{name}/{number}", host)] = expected
    urls |= {f"http://missing.invalid/{number}": Answer(gone="unknown host missing.invalid") for number in range(10)}
    return urls


def test_200_urls_on_20_hosts_in_15_seconds(server: Server) -> None:
    expected = planned(server)
    assert len(expected) == 200
    assert len({url.split("/")[2] for url in expected}) == 20
    start = time.monotonic()
    found = answers(*expected, limits=Limits())
    assert time.monotonic() - start < 15
    left_alone = {url for url, answer in found.items() if answer.unsure.endswith("did not answer before")}
    assert left_alone
    assert all("/silent/" in url for url in left_alone)
    assert {url: found[url] for url in expected if url not in left_alone} == {
        url: answer for url, answer in expected.items() if url not in left_alone
    }
    assert max(count for (_, _, path), count in server.asked.items() if "loop" not in path) <= 2
