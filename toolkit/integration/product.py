"""What products are called, and which domains are their own."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

LAUNCHDARKLY = ("launchdarkly.com", "launchdarkly.us", "launchdarkly.eu", "launchdarkly.io")
"""LaunchDarkly's domains; its documentation is at launchdarkly.com/docs, formerly at docs.launchdarkly.com."""
_SHARED_DOMAINS = """
github.com gitlab.com bitbucket.org google.com microsoft.com amazon.com atlassian.net notion.site medium.com
readthedocs.io gitbook.io zendesk.com intercom.com youtube.com npmjs.com pypi.org docker.com linkedin.com
visualstudio.com jetbrains.com discord.com slack.com gmail.com
"""
SHARED = frozenset(_SHARED_DOMAINS.split())
"""Domains on which many companies have their pages."""
_SUFFIXES = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
LONGEST = 200
"""Characters of a name that are looked at."""
_GENERIC_WORDS = """
acme access account activity agent alerts analytics app apps approvals audience audit automation big cloud code
collection community connect custom dashboard data deployment desktop developer edge enterprise events example
experiment experimentation experiments export feature flag flags import inbound insights integration integrations
launchdarkly legacy metric metrics monitor native open outbound platform port product pro release sample segment
segments server service signal signals space stack store sync synced test tools track tray trigger triggers webhook
webhooks workflow studio via one the for and with official beta
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words in names of integrations that mean something else as well."""


def domain(host: str) -> str:
    """The registered part of a host: ``acme.io`` of ``docs.acme.io``, ``acme.co.uk`` of ``www.acme.co.uk``."""
    labels = host.lower().strip(".").split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SUFFIXES else 2
    return ".".join(labels[-size:])


def is_launchdarkly(host: str) -> bool:
    """Whether a host is LaunchDarkly's."""
    return domain(host) in LAUNCHDARKLY


class Product(NamedTuple):
    """An integration as others see it: its directory, its name, and the domains that are its own."""

    directory: str
    name: str
    domains: frozenset[str]


def distinctive(name: str, *, as_written: bool = False) -> frozenset[str]:
    """The words of a name that name only this product: long enough, and no words of the field."""
    words = re.findall(r"[^\W_]+", name)
    kept = (word for word in words if len(word) > 3 and word.lower() not in _GENERIC and not word.isdecimal())
    return frozenset(kept if as_written else map(str.lower, kept))


def domains(value: Any) -> frozenset[str]:
    """The domains of the links and of the mail of a manifest, those of LaunchDarkly and of everybody aside."""
    if not isinstance(value, dict):
        return frozenset()
    links = value.get("links")
    urls = [url for url in (links.values() if isinstance(links, dict) else ()) if isinstance(url, str)]
    hosts = [_host(url) for url in urls if "://" in url]
    mail = value.get("supportEmail")
    hosts += [mail.rpartition("@")[2]] if isinstance(mail, str) and "@" in mail else []
    return frozenset(domain(host) for host in hosts if host) - SHARED - frozenset(LAUNCHDARKLY)


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
