"""Whose name, host or page stands somewhere: the integration's own, LaunchDarkly's, or another integration's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.integration.product import LAUNCHDARKLY, LONGEST, SHARED, Product, distinctive, domain, domains
from toolkit.integration.product import is_launchdarkly as leads_to_launchdarkly
from toolkit.integration.siblings import Siblings

if TYPE_CHECKING:
    from toolkit.integration.integration import Integration


@dataclass(frozen=True, eq=False)
class Ownership:
    """Who an integration is, and who the others around it are."""

    integration: Integration

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the integration and its author are called, LaunchDarkly aside."""
        manifest = self.integration.manifest
        names = (manifest.text("/name"), manifest.text("/author")) if manifest else ()
        return tuple(name[:LONGEST] for name in names if "launchdarkly" not in name.lower())

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its names and of its directory, in small letters."""
        spelled = (*self.names, self.integration.name.replace("-", " "))
        return frozenset(word for name in spelled for word in re.findall(r"[^\W_]+", name.lower()))

    @cached_property
    def domains(self) -> frozenset[str]:
        """The domains of its own links and mail, those of LaunchDarkly and of everybody aside."""
        value = self.integration.manifest.value if self.integration.manifest else None
        return domains(value)

    @cached_property
    def home(self) -> frozenset[str]:
        """The domain of its mail, or else of its site: what is its own for certain."""
        manifest = self.integration.manifest
        mail, site = (manifest.text("/supportEmail"), manifest.text("/links/site")) if manifest else ("", "")
        found = domains({"supportEmail": mail})
        return found or domains({"links": {"site": site}})

    @cached_property
    def is_launchdarkly(self) -> bool:
        """Whether LaunchDarkly itself looks after the integration: its support mail is LaunchDarkly's."""
        mail = self.integration.manifest.text("/supportEmail") if self.integration.manifest else ""
        return leads_to_launchdarkly(mail.rpartition("@")[2]) if "@" in mail else False

    @cached_property
    def _siblings(self) -> Siblings:
        return self.integration.siblings

    def _is_other(self, product: Product) -> bool:
        """Whether an integration is not of the same partner, as far as anybody can see."""
        if self.home & product.domains or not self.words.isdisjoint(distinctive(product.name)):
            return False
        return product.directory not in self.integration.name and self.integration.name not in product.directory

    def owner(self, host: str) -> Product | None:
        """The other integration beside this one that a host belongs to, if any."""
        found = domain(host)
        if found in self.home or found in LAUNCHDARKLY or found in SHARED:
            return None
        return next(filter(self._is_other, self._siblings.at_domain(found)), None)

    def page_of(self, page: str) -> Product | None:
        """The other integration beside this one whose page of the documentation is called so, if any."""
        words = page.split("-")
        if not self.words.isdisjoint(words):
            return None
        return next(filter(self._is_other, self._siblings.called_as(page, words)), None)

    def named(self, text: str) -> Iterator[tuple[re.Match[str], Product]]:
        """Where a text names another integration, by a word that means nothing else."""
        words = set(re.findall(r"[^\W_]+", text))
        for other in filter(self._is_other, self._siblings.with_word(words)):
            for word in sorted(word for word in distinctive(other.name, as_written=True) & words if word[0].isupper()):
                if match := re.search(rf"(?<![\w./@-]){re.escape(word)}(?![\w@-]|\.\w)", text):
                    yield match, other
