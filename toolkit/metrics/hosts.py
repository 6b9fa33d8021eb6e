"""Where LaunchDarkly lives, and how a partner's program introduces itself there."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from toolkit import __version__
from toolkit.errors import LditError


class Host(NamedTuple):
    """The base URLs of the REST API and of the events service, without a slash at the end."""

    api: str
    events: str


HOSTS = {
    "commercial": Host("https://app.launchdarkly.com", "https://events.launchdarkly.com"),
    "eu": Host("https://app.eu.launchdarkly.com", "https://events.eu.launchdarkly.com"),
    "federal": Host("https://app.launchdarkly.us", "https://events.launchdarkly.us"),
}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def find_host(name: str, events: str | None = None) -> Host:
    """The host called ``name`` in HOSTS, or the one at the base URL ``name``.

    ``events`` is the base URL of its events service, where that is another (a dedicated instance has one).

    Raises LditError for anything else, and for plain HTTP to another machine: it would show the token to the
    network.
    """
    if name in HOSTS:
        api, known_events = HOSTS[name]
        return Host(api, checked_url(events) if events else known_events)
    url = checked_url(name)
    return Host(url, checked_url(events) if events else url)


def checked_url(name: str) -> str:
    """``name``, a base URL, without a slash at its end; raises LditError as ``find_host`` does."""
    try:
        parts = urlsplit(name)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]+", name):
        raise LditError(f"`{name}` is not a host", f"say one of {', '.join(HOSTS)}, or a URL such as {HOSTS['eu'].api}")
    if parts.username or parts.password:
        raise LditError("the URL of the host holds a user name or password", "remove it, the token is enough")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise LditError(f"{name} would send the token in the clear", "use https")
    return name.rstrip("/")


def user_agent(source: str, version: str, product: str = "MetricImport") -> str:
    """The User-Agent of a partner's call: ``{launchdarkly product}-{source product}-int/{version}``.

    Blanks become hyphens. The partner guide asks for this form on every call.
    """
    return checked_user_agent("-".join(f"{product} {source} int/{version}".split()))


def checked_user_agent(text: str) -> str:
    """``text``, if it has that form; raises LditError otherwise."""
    if not re.fullmatch(r"[A-Za-z0-9_.]+-[A-Za-z0-9_.-]+-int/[A-Za-z0-9_.+-]+", text):
        example = "MetricImport-ACME-CORPORATION-int/1.0"
        raise LditError(f"`{text}` is not the User-Agent of a partner", f"write it like {example}")
    return text


DEFAULT_AGENT = user_agent("ldit", __version__)
