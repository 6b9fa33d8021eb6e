"""Whose name, host or page stands somewhere: the integration's own, LaunchDarkly's, or another integration's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from toolkit.integration.integration import Integration

LAUNCHDARKLY = ("launchdarkly.com", "launchdarkly.us", "launchdarkly.eu", "launchdarkly.io")
"""LaunchDarkly's domains; its documentation is at launchdarkly.com/docs, formerly at docs.launchdarkly.com."""
_SHARED_DOMAINS = """
github.com gitlab.com bitbucket.org google.com microsoft.com amazon.com atlassian.net notion.site medium.com
readthedocs.io gitbook.io zendesk.com intercom.com youtube.com npmjs.com pypi.org docker.com linkedin.com
visualstudio.com jetbrains.com discord.com slack.com gmail.com
"""
_SHARED = frozenset(_SHARED_DOMAINS.split())
"""Domains on which many companies have their pages."""
_SUFFIXES = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_LONGEST = 200
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


@dataclass(frozen=True)
class Product:
    """Another integration: its directory, its name, and the domains that are its own."""

    directory: str
    name: str
    domains: frozenset[str]


@dataclass(frozen=True, eq=False)
class Ownership:
    """Who an integration is, and who the others around it are."""

    integration: Integration

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the integration and its author are called, LaunchDarkly aside."""
        manifest = self.integration.manifest
        names = (manifest.text("/name"), manifest.text("/author")) if manifest else ()
        return tuple(name[:_LONGEST] for name in names if "launchdarkly" not in name.lower())

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its names and of its directory, in small letters."""
        spelled = (*self.names, self.integration.name.replace("-", " "))
        return frozenset(word for name in spelled for word in re.findall(r"[^\W_]+", name.lower()))

    @cached_property
    def domains(self) -> frozenset[str]:
        """The domains of its own links and mail, those of LaunchDarkly and of everybody aside."""
        value = self.integration.manifest.value if self.integration.manifest else None
        return _domains(value)

    @cached_property
    def home(self) -> frozenset[str]:
        """The domain of its mail, or else of its site: what is its own for certain."""
        manifest = self.integration.manifest
        mail, site = (manifest.text("/supportEmail"), manifest.text("/links/site")) if manifest else ("", "")
        found = _domains({"supportEmail": mail})
        return found or _domains({"links": {"site": site}})

    @cached_property
    def is_launchdarkly(self) -> bool:
        """Whether LaunchDarkly itself looks after the integration: its support mail is LaunchDarkly's."""
        mail = self.integration.manifest.text("/supportEmail") if self.integration.manifest else ""
        return is_launchdarkly(mail.rpartition("@")[2]) if "@" in mail else False

    @cached_property
    def others(self) -> tuple[Product, ...]:
        """The integrations in the directories beside this one, as far as they are not of the same partner."""
        return tuple(self._others())

    def _others(self) -> Iterator[Product]:
        for directory, value in self.integration.siblings.items():
            if isinstance(value, dict) and isinstance(name := value.get("name"), str):
                product = Product(directory, name[:_LONGEST], _domains(value))
                own = self.home & product.domains or not self.words.isdisjoint(distinctive(name))
                if not own and directory not in self.integration.name and self.integration.name not in directory:
                    yield product

    def owner(self, host: str) -> Product | None:
        """The other integration that a host belongs to, if any."""
        found = domain(host)
        if found in self.home or found in LAUNCHDARKLY or found in _SHARED:
            return None
        return next((other for other in self.others if found in other.domains), None)

    def named(self, text: str) -> Iterator[tuple[re.Match[str], Product]]:
        """Where a text names another integration, by a word that means nothing else."""
        words = set(re.findall(r"[^\W_]+", text))
        for other in self.others:
            for word in sorted(word for word in distinctive(other.name, as_written=True) & words if word[0].isupper()):
                if match := re.search(rf"(?<![\w./@-]){re.escape(word)}(?![\w@-]|\.\w)", text):
                    yield match, other


def distinctive(name: str, *, as_written: bool = False) -> frozenset[str]:
    """The words of a name that name only this product: long enough, and no words of the field."""
    words = re.findall(r"[^\W_]+", name)
    kept = (word for word in words if len(word) > 3 and word.lower() not in _GENERIC and not word.isdecimal())
    return frozenset(kept if as_written else map(str.lower, kept))


def _domains(value: Any) -> frozenset[str]:
    if not isinstance(value, dict):
        return frozenset()
    links = value.get("links")
    urls = [url for url in (links.values() if isinstance(links, dict) else ()) if isinstance(url, str)]
    hosts = [_host(url) for url in urls if "://" in url]
    mail = value.get("supportEmail")
    hosts += [mail.rpartition("@")[2]] if isinstance(mail, str) and "@" in mail else []
    return frozenset(domain(host) for host in hosts if host) - _SHARED - frozenset(LAUNCHDARKLY)


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
