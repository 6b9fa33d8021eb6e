"""From a host's name to the addresses that may be asked."""

import ipaddress
import socket
from collections.abc import Callable

from toolkit.links.outcome import GoneError, UnsureError

CONTROL = "launchdarkly.com"
"""A name that exists: where it is unknown too, there is no network, rather than no host."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            *("2001::/23", "2001:db8::/32", "3fff::/20"),
        ),
    )
)
"""Networks that are not of the open internet, by IANA's registries of special-purpose addresses (RFC 6890 and its
updates; 192.88.99.0/24 by RFC 7526) and of multicast addresses. Of IPv6, only 2000::/3 is given out for it at all
(IANA, IPv6 Global Unicast Address Assignments): not ::/96, 64:ff9b:1::/48, fc00::/7, fe80::/10, fec0::/10, ff00::/8.
"""
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
        if ip not in _UNICAST:
            return False
    return not any(ip in network for network in _SPECIAL)


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
