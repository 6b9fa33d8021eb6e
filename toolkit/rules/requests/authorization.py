"""How requests prove who sends them."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Endpoint, Integration
from toolkit.regex import regex
from toolkit.rules.examples import CONTENT, ENDPOINT, SETTLED, approval, hook
from toolkit.rules.registry import rule, warning
from toolkit.text import nearest

_SCHEMES = {name.lower(): name for name in ("Bearer", "Basic", "Digest", "Token", "ApiKey", "OAuth", "Splunk")}
_ALL = "bearer|basic|digest|token|apikey|oauth|splunk|geniekey|hmac"
_GLUED = regex(r"(?i)(bearer|basic|digest)(?=\{\{)")
_COLON = regex(r"(?i)(bearer|basic|digest)\s*:\s*")
_TWICE = regex(rf"(?i)((?:{_ALL})\b|\w+)\s+(?:(?:{_ALL})|\1)\s+")
_BASIC = regex(r"basic\s+(?=\{\{\{?\s*basicAuthHeaderValue\b)", re.IGNORECASE)
_FIRST = regex(r"(\w+)\s")
_CREDENTIAL = regex(r"(?i)(?:[\w-]+\s+)?(?=[\w+/.~=-]*\d)[\w+/.~=-]{16,}")
_SECURE = regex(r"(?i)authorization|.*(?:api|access|auth)[-_]?(?:key|token)|.*(?:token|secret)")
_PLAIN = {"name": "Authorization", "value": "Bearer 5f1d7a84e9b2c3061d7a84e9"}


def _authorized(value: str) -> dict[str, object]:
    return {"headers": [CONTENT, {"name": "Authorization", "value": value}]}


@rule(
    warning,
    bad=[
        hook(_authorized("Bearer{{{token}}}")),
        hook(_authorized("Bearer Bearer {{{token}}}")),
        hook(_authorized("Bearer GenieKey {{{token}}}")),
        hook(_authorized("Baerer {{{token}}}")),
        hook(_authorized("Bearer: {{{token}}}")),
        hook(_authorized("Basic {{{basicAuthHeaderValue 'acme' token}}}")),
    ],
    good=[hook(_authorized(f"{scheme} {{{{{{token}}}}}}")) for scheme in ("GenieKey", "token", "AcmeKey v1")],
    unless=("broken-template",),
)
def wrong_authorization(endpoint: Endpoint) -> Iterator[Problem]:
    """The value of an Authorization header starts with a scheme, once, and a space.

    Such as `Bearer {{{token}}}`. A receiver that cannot read the scheme refuses the request. `basicAuthHeaderValue`
    adds the word Basic itself.
    """
    for header in endpoint.headers:
        if header.name.lower().endswith("authorization"):
            yield from _scheme_problems(endpoint, f"{header.pointer}/value", header.value)


def _scheme_problems(endpoint: Endpoint, pointer: str, value: str) -> Iterator[Problem]:
    at = endpoint.manifest.at
    if match := _BASIC.match(value):
        place = at(pointer, match.span())
        yield Problem(place, "the header would say Basic twice", "remove the word", (Edit(place, ""),))
    elif glued := _GLUED.match(value):
        place = at(pointer, glued.span())
        edits = (Edit(place, f"{glued[0]} "),)
        yield Problem(place, f"there is no space after {glued[0]}", f"write `{glued[0]} `", edits)
    elif colon := _COLON.match(value):
        place = at(pointer, colon.span())
        edits = (Edit(place, f"{colon[1]} "),)
        yield Problem(place, f"there is a colon after {colon[1]}", f"write `{colon[1]} `", edits)
    elif twice := _TWICE.match(value):
        place = at(pointer, (0, twice.end(1) + 1))
        words = twice[0].split()
        both = f"{words[0]} twice" if words[0] == words[1] else f"both {words[0]} and {words[1]}"
        yield Problem(place, f"the header says {both}", "remove one", (Edit(place, "", safe=False),))
    elif (first := _FIRST.match(value)) and (meant := _meant(first[1])):
        place = at(pointer, first.span(1))
        edits = (Edit(place, meant, safe=False),)
        yield Problem(place, f"{first[1]} is not a scheme of authorization", f"did you mean `{meant}`?", edits)


def _meant(word: str) -> str:
    """The scheme that a word resembles, and is not."""
    known = word.lower() in _SCHEMES
    return "" if known else _SCHEMES.get(nearest(word.lower(), ("bearer", "basic"), 0.75), "")


@rule(
    warning,
    bad=hook({"headers": [CONTENT, _PLAIN]}, ()),
    good=hook({"headers": [CONTENT, {"name": "X-Acme-Key-Version", "value": "2024-11-30-stable-1"}]}, ()),
)
def fixed_credential(endpoint: Endpoint) -> Iterator[Problem]:
    """A header for a credential contains a form variable, not the credential itself.

    The manifest is public, and every customer has another account.
    """
    for header in endpoint.headers:
        if _SECURE.fullmatch(header.name) and _CREDENTIAL.fullmatch(header.value.strip()):
            place = endpoint.manifest.at(f"{header.pointer}/value")
            yield Problem(place, f"{header.name} is the same for every customer", "use a secret form variable")


_STATUS = {"url": f"{ENDPOINT['url']}/{{{{context.approvalId}}}}", "method": "GET", "headers": [CONTENT]}


@rule(
    warning,
    bad=approval(statusRequest={"endpoint": _STATUS, "parser": SETTLED}),
    good=approval(
        statusRequest={
            "endpoint": {**_STATUS, "url": "https://status.acme-orders.example/{{context.approvalId}}"},
            "parser": SETTLED,
        }
    ),
)
def missing_authorization(integration: Integration) -> Iterator[Problem]:
    """If one request of a capability carries a secret or a token, all of them to the same host do.

    The partner's API refuses a request without it. One accepted integration asks for a status without any.
    """
    carrying: dict[tuple[str, str], bool] = {}
    requests = [(endpoint, _carries_secret(integration, endpoint)) for endpoint in integration.endpoints]
    for endpoint, carries in requests:
        this = (_capability(endpoint), _host(endpoint))
        carrying[this] = carrying.get(this, False) or carries
    for endpoint, carries in requests:
        if not carries and carrying[_capability(endpoint), _host(endpoint)]:
            message = "this request carries no secret, unlike the others to this host"
            yield Problem(endpoint.key(), message, "add the same headers")


def _capability(endpoint: Endpoint) -> str:
    return "/".join(endpoint.pointer.split("/")[:3])


def _host(endpoint: Endpoint) -> str:
    """What stands for the host: all of the URL before its path, templates as they are written."""
    return re.split(r"(?<![:/{])/(?!/)", endpoint.url, maxsplit=1)[0].lower()


def _carries_secret(integration: Integration, endpoint: Endpoint) -> bool:
    secrets = {variable.key for variable in endpoint.manifest.form_variables if variable.is_true("isSecret")}
    secrets.add("accessToken")
    named = {
        step
        for template in integration.templates
        if (template.place.pointer or "").startswith(f"{endpoint.pointer}/")
        for found in template.references
        for step in found.resolved or ()
    }
    return bool(endpoint.signature) or not secrets.isdisjoint(named)
