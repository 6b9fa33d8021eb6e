"""The integrations beside one: what rules may know of their manifests, which each is looked up by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from toolkit.integration.product import LONGEST, Product, distinctive, domains

T = TypeVar("T")
NAMED = 4
"""Directories that a message names at most; the last may be a number of others."""


class Neighborhood:
    """The manifests of one directory of integrations, by the name of theirs: read and put in order once for them all.

    Of each only what rules may know, see ``toolkit.integration.tree.KNOWN``.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The directories by the name of the integration, in small letters."""
        return _index(self._texts("name"), lambda name: [name.strip().casefold()])

    @cached_property
    def oauth_keys(self) -> dict[str, list[str]]:
        """The directories by their ``oauthIntegrationKey``."""
        return _index(self._texts("oauthIntegrationKey"), lambda key: [key])

    @cached_property
    def products(self) -> dict[str, Product]:
        """The integrations that have a name, by directory."""
        names = self._texts("name").items()
        return {path: Product(path, name[:LONGEST], domains(self.values[path])) for path, name in names}

    @cached_property
    def by_domain(self) -> dict[str, list[str]]:
        """The directories by each domain that is the integration's own."""
        return _index(self.products, lambda product: product.domains)

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """The directories by each word of the name that names only this product, in small letters."""
        return _index(self.products, lambda product: distinctive(product.name))

    def _texts(self, member: str) -> dict[str, str]:
        members = {path: value.get(member) for path, value in self.values.items() if isinstance(value, dict)}
        return {path: text for path, text in members.items() if isinstance(text, str)}


class Siblings(Mapping[str, Any]):
    """The manifests beside the directory ``here``, by the name of theirs."""

    def __init__(self, every: Neighborhood, here: str) -> None:
        self._every = every
        self._here = here

    def __getitem__(self, directory: str) -> Any:
        if directory == self._here:
            raise KeyError(directory)
        return self._every.values[directory]

    def __iter__(self) -> Iterator[str]:
        return (directory for directory in self._every.values if directory != self._here)

    def __len__(self) -> int:
        return len(self._every.values) - (self._here in self._every.values)

    def with_name(self, name: str) -> list[str]:
        """The directories of the integrations of this name, whatever its letter case."""
        return self._others(self._every.names.get(name.strip().casefold(), ()))

    def with_oauth_key(self, key: str) -> list[str]:
        """The directories of the integrations that have this ``oauthIntegrationKey``."""
        return self._others(self._every.oauth_keys.get(key, ()))

    def at_domain(self, domain: str) -> list[Product]:
        """The integrations that have a domain for their own."""
        return self._products(self._every.by_domain.get(domain, ()))

    def with_word(self, words: Iterable[str]) -> list[Product]:
        """The integrations whose name has one of these words, and one that names only this product."""
        by_word = self._every.by_word
        return self._products({path for word in words for path in by_word.get(word.lower(), ())})

    def called_as(self, page: str, words: Iterable[str]) -> list[Product]:
        """The integrations whose directory is called ``page``, or whose name has no other words that only it has."""
        named = [each for each in self.with_word(words) if distinctive(each.name).issubset(words)]
        return self._products({page, *(each.directory for each in named)})

    def _others(self, directories: Iterable[str]) -> list[str]:
        return [directory for directory in directories if directory != self._here]

    def _products(self, directories: Iterable[str]) -> list[Product]:
        known = (self._every.products.get(directory) for directory in sorted(self._others(directories)))
        return [product for product in known if product]


def which_have(directories: Sequence[str]) -> str:
    """``the integration acme has``, or ``the integrations acme, bolt and 3 more have``."""
    if len(directories) == 1:
        return f"the integration {directories[0]} has"
    *first, last = directories if len(directories) <= NAMED else (*directories[: NAMED - 1], "")
    last = last or f"{len(directories) - len(first)} more"
    return f"the integrations {', '.join(first)} and {last} have"


def _index(values: Mapping[str, T], keys: Callable[[T], Iterable[str]]) -> dict[str, list[str]]:
    """The keys of ``values`` by what ``keys`` says of each."""
    found: dict[str, list[str]] = {}
    for name, value in values.items():
        for key in keys(value):
            found.setdefault(key, []).append(name)
    return found
