"""What of the partner's answers is shown to LaunchDarkly's members."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Manifest
from toolkit.integration.pointers import AUDIT_LOG_HOOK, FORM
from toolkit.regex import regex
from toolkit.rules.examples import TOKEN, hook_endpoint
from toolkit.rules.registry import error, rule

_SCHEME = r"[\x00-\x20\u00a0\ufeff]*(?:(?:https?|ftp|wss?):[\\/]*|[a-z][a-z0-9.+-]*://|//)"
_HOST = regex(rf"{_SCHEME}([^#?/\\]*)", re.IGNORECASE)
_VARIABLE = regex(r"\{\{\w+\}\}", re.ASCII)
_REGION = {"key": "region", "name": "Region", "type": "string", "description": "Choose your region."}


@rule(
    error,
    bad=hook_endpoint(
        {"url": "https://{{{region}}}.acme-signals.example"}, (TOKEN, _REGION), includeErrorResponseBody=True
    ),
    gate="tests",
)
def error_body_of_any_host(manifest: Manifest) -> Iterator[Problem]:
    """`includeErrorResponseBody` is used only for requests to a fixed host.

    LaunchDarkly's log shows the responses to failed requests, so nobody may direct the requests to a host of their
    choice. Write the host into the URL, or start the URL with an `enum` form variable of whole URLs. The official tests
    mean to allow an `enum` inside the host too, but a mistake in them refuses every form variable there.
    """
    url = manifest.get(f"{AUDIT_LOG_HOOK}/endpoint/url")
    if not manifest.get(f"{AUDIT_LOG_HOOK}/includeErrorResponseBody") or not isinstance(url, str):
        return
    place = manifest.at(f"{AUDIT_LOG_HOOK}/endpoint/url")
    help_ = "write a fixed host, or start the URL with an `enum` of whole URLs, or remove includeErrorResponseBody"
    if name := _at_the_start(manifest, url):
        yield Problem(place, f"error responses are shown, but {name} decides the host", help_)
    elif _in_the_host(manifest, url):
        yield Problem(place, "error responses are shown, but a form variable is part of the host", help_)


def _at_the_start(manifest: Manifest, url: str) -> str:
    """The name that the URL starts with, if that is a form variable of another type than enum, or there are none."""
    name = url[2 : url.find("}")] if url.startswith("{{") and "}" in url else ""
    types = [variable.type for variable in manifest.form_variables if (variable.list, variable.key) == (FORM, name)]
    return name if any(type_ != "enum" for type_ in types) or (name and not manifest.has(FORM)) else ""


def _in_the_host(manifest: Manifest, url: str) -> bool:
    """Whether the official tests see a form variable in the host, and any to compare it with."""
    found = _HOST.match(url)
    host = found[1].rpartition("@")[2] if found else ""
    return "{{" in host and (not manifest.has(FORM) or bool(manifest.list(FORM) and _VARIABLE.search(host)))
