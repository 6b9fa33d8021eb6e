"""One request to one URL, at an address that was looked at before."""

import time
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

from toolkit import __version__
from toolkit.links.addresses import Addresses
from toolkit.links.limits import Limits
from toolkit.links.outcome import UnsureError
from toolkit.metrics.retry import retry_after

_HEADERS = {"User-Agent": f"ldit/{__version__} (link check)", "Accept": "*/*"}
_PORTS = {"http": 80, "https": 443}


class Response(NamedTuple):
    """The status, where it sends on to, and how many seconds it asks to wait; empty and None where it does not."""

    status: int
    location: str
    retry_after: float | None


class Client:
    """Keeps connections open between requests, and waits where a host has asked for it."""

    def __init__(self, addresses: Addresses, limits: Limits) -> None:
        self._addresses = addresses
        self._limits = limits
        self._resume: dict[str, float] = {}
        timeout = Timeout(connect=limits.timeout, read=limits.timeout)
        self._pools = PoolManager(num_pools=200, maxsize=limits.per_host, retries=False, timeout=timeout)

    def request(self, method: str, url: str) -> Response:
        """The answer, without its body. Raises GoneError and UnsureError."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
            host = _host(parts)
        except (ValueError, KeyError) as error:
            raise UnsureError("it is no URL that can be asked") from error
        if not host:
            raise UnsureError("it names no host")
        time.sleep(max(0, self._resume.get(host, 0) - time.monotonic()))
        failure = UnsureError("it has no address")
        for address in self._addresses.of(host)[:2]:
            try:
                return self._asked(method, parts, host, address, port)
            except (ConnectTimeoutError, NewConnectionError):
                failure = UnsureError("no connection", silent=True)
        raise failure

    def pause(self, url: str, seconds: float) -> None:
        """Lets nobody ask the host of ``url`` before that time is over."""
        self._resume[_host(urlsplit(url))] = time.monotonic() + seconds

    def _asked(self, method: str, parts: SplitResult, host: str, address: str, port: int) -> Response:
        tls = {"server_hostname": host, "assert_hostname": host} if parts.scheme == "https" else {}
        pool = self._pools.connection_from_host(address, port, parts.scheme, tls)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        name = f"[{host}]" if ":" in host else host
        headers = _HEADERS | {"Host": f"{name}:{port}" if parts.port else name}
        try:
            response = pool.urlopen(method, target, headers=headers, redirect=False, preload_content=False)
        except (ConnectTimeoutError, NewConnectionError):
            raise
        except ReadTimeoutError as error:
            raise UnsureError(f"no answer in {self._limits.timeout:g} s", silent=True) from error
        except SSLError as error:
            raise UnsureError("its certificate or encryption is not accepted") from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise UnsureError(f"the connection broke ({type(error).__name__})") from error
        if method == "HEAD":
            response.release_conn()
        else:
            response.close()
        return Response(
            response.status, response.headers.get("Location") or "", retry_after(response.headers, time.time())
        )


def _host(parts: SplitResult) -> str:
    """The host as it is looked up: in ASCII, whatever its letters. Raises UnicodeError for one that cannot be."""
    return (parts.hostname or "").encode("idna").decode()
