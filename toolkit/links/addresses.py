"""From a host's name to the addresses that may be asked."""

import ipaddress
import socket
from collections.abc import Callable

from toolkit.links.outcome import GoneError, UnsureError

CONTROL = "launchdarkly.com"
"""A name that exists: where it is unknown too, there is no network, rather than no host."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

Resolve = Callable[[str], list[str]]
"""The IP addresses of a host. Raises GoneError for an unknown host, UnsureError when nobody can tell."""


def resolve(host: str) -> list[str]:
    """What the system's resolver says, IPv4 first; see Resolve."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _UNKNOWN:
            raise GoneError(f"unknown host {host}") from error
        raise UnsureError("its name could not be looked up") from error
    except (UnicodeError, OSError) as error:
        raise UnsureError("its name could not be looked up") from error
    found.sort(key=lambda entry: entry[0] != socket.AF_INET)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it carries an IPv4 address inside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class Addresses:
    """Looks each host up once; what is then connected to is exactly what was looked at here."""

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._known: dict[str, list[str]] = {}
        self._online: bool | None = None

    def of(self, host: str) -> list[str]:
        """The addresses of ``host``. Raises GoneError, and UnsureError also where one of them is not public."""
        if host not in self._known:
            self._known[host] = self._looked_up(host)
        found = self._known[host]
        if not self._allow_private and not all(map(is_public, found)):
            raise UnsureError(f"{host} is at a private address")
        return found

    def _looked_up(self, host: str) -> list[str]:
        try:
            found = self._resolve(host)
        except GoneError:
            self._check_network()
            raise
        self._online = True
        return found

    def _check_network(self) -> None:
        if self._online is None:
            try:
                self._online = bool(self._resolve(CONTROL))
            except GoneError:
                self._online = False
        if not self._online:
            raise UnsureError("there is no network")
