"""Which variables the templates of an integration name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.integration.endpoint import endpoints_of
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM, FORM, STORE_FORM
from toolkit.integration.templates import named

if TYPE_CHECKING:
    from toolkit.handlebars import Steps
    from toolkit.integration.form_variable import FormVariable
    from toolkit.integration.integration import Integration

_LIST_NAMES: dict[str, frozenset[str]] = {
    FORM: frozenset({"formVariables"}),
    APPROVAL_FORM: frozenset({"approvalFormVariables"}),
    ENVIRONMENT_FORM: frozenset({"environmentFormVariables", "environment"}),
}
"""The names under which templates see a whole list of variables."""


@dataclass(frozen=True)
class Mentions:
    """The ways to all variables in all templates, as ``Reference.resolved`` gives them.

    ``first`` are the first steps in URLs, headers and payloads, where form variables are at the top level, and the keys
    of secrets to sign with.
    """

    ways: frozenset[Steps]
    first: frozenset[str]

    def has(self, *way: str) -> bool:
        """Whether a template names what the way leads to, or a part of it."""
        return any(other[: len(way)] == way for other in self.ways)

    def uses(self, variable: FormVariable) -> bool:
        """Whether a template names a form variable, or the whole list that it stands in."""
        names = _LIST_NAMES.get(variable.list, frozenset())
        below = any(self.has(name, variable.key) or (name,) in self.ways for name in names)
        return below or (variable.list in (FORM, STORE_FORM) and variable.key in self.first)


def mentions_of(integration: Integration) -> Mentions | None:
    """What the templates name; None where one is missing or cannot be read, since then nobody knows what is not."""
    if integration.manifest is None:
        return None
    files = [integration.file(one.path) for one in named(integration.manifest)]
    broken = any(template.fault for template in integration.templates)
    if broken or any(file is None or not file.readable for file in files):
        return None
    ways = {found.resolved for template in integration.templates for found in template.references if found.resolved}
    return Mentions(frozenset(ways), frozenset(_first(integration)))


def _first(integration: Integration) -> Iterator[str]:
    for template in integration.templates:
        if template.role != "body":
            yield from (str(found.resolved[0]) for found in template.references if found.resolved)
    for endpoint in endpoints_of(integration.manifest) if integration.manifest else ():
        key = endpoint.signature.get("hmacSecretFormVariableKey")
        if isinstance(key, str):
            yield key
