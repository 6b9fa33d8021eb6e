"""The hosts of requests beside each other."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Integration
from toolkit.integration.product import domain
from toolkit.regex import regex
from toolkit.rules.examples import store
from toolkit.rules.registry import rule, warning

_STATIC = regex(r"(?i)https?://([a-z0-9][a-z0-9.-]*\.[a-z]{2,})(?=[:/?#]|$)")
_LABELS = frozenset(
    {"staging", "stage", "stg", "dev", "development", "test", "testing", "sandbox", "local", "qa", "uat"}
)
"""Parts of the names of hosts on which things are tried out."""


@rule(
    warning,
    bad=store(validation={"url": "https://api.staging.acme-signals.example/check"}),
    good=store(validation={"url": "https://status.acme-signals.example/check"}),
)
def test_host(integration: Integration) -> Iterator[Problem]:
    """All requests go to hosts that customers use, none to one on which things are tried out.

    Reported is a host with `staging`, `dev`, `test`, `sandbox` or `local` in its name where another request of the
    integration goes to a host of the same domain without it.
    """
    hosts = [(endpoint, match) for endpoint in integration.endpoints if (match := _STATIC.match(endpoint.url))]
    real = {domain(match[1]): match[1].lower() for _, match in reversed(hosts) if not _label(match[1])}
    for endpoint, match in hosts:
        label, other = _label(match[1]), real.get(domain(match[1]))
        if label and other:
            place = endpoint.at("url", match.span(1))
            message = f"`{label}` is in the name of this host, while another request goes to {other}"
            yield Problem(place, message, f"write `{other}`")


def _label(host: str) -> str:
    """The part of a host's name that says it is for trying out."""
    inside = re.split(r"[.-]", host.lower().removesuffix(domain(host)))
    return next((label for label in inside if label in _LABELS), "")
