"""The way out: through the proxy that the environment names, as curl and other programs take it."""

from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from toolkit.errors import LditError
from toolkit.metrics.hosts import LOOPBACK

CONNECTIONS = 8
"""How many may stay open to one host."""


def connections(url: str, timeout: urllib3.Timeout) -> urllib3.PoolManager:
    """Connections for ``url``, through HTTPS_PROXY and its kin unless NO_PROXY names the host.

    Loopback is always asked directly: the token would cross the network in the clear. Raises LditError for a
    proxy that is no HTTP proxy; its message shows no password.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    proxy = None if host in LOOPBACK or proxy_bypass(host) else getproxies().get(parts.scheme)
    if not proxy:
        return urllib3.PoolManager(timeout=timeout, maxsize=CONNECTIONS)
    try:
        where = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        known = where.scheme in ("http", "https") and bool(where.hostname) and where.port != 0
    except ValueError:
        known = False
    if not known:
        raise LditError(f"the proxy for {parts.scheme} is no HTTP proxy", f"correct {parts.scheme.upper()}_PROXY")
    headers = None
    if where.username:
        words = f"{unquote(where.username)}:{unquote(where.password or '')}"
        headers = urllib3.make_headers(proxy_basic_auth=words)
    address = f"{where.scheme}://{where.netloc.rpartition('@')[2]}"
    return urllib3.ProxyManager(address, timeout=timeout, maxsize=CONNECTIONS, proxy_headers=headers)
