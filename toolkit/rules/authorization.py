"""How requests prove who sends them."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.fields import endpoints
from toolkit.rules.headers import headers
from toolkit.rules.patches import CONTENT, ENDPOINT, approval, hook
from toolkit.rules.registry import rule
from toolkit.rules.usage import MUSTACHE

_SCHEMES = {name.lower(): name for name in ("Bearer", "Basic", "Digest", "Token", "ApiKey", "OAuth", "Splunk")}
_GLUED = re.compile(r"(?i)(bearer|basic|digest)(?=\{\{)")
_TWICE = re.compile(r"(?i)(\w+)\s+\1\s+")
_FIRST = re.compile(r"(\w+)\s")
_STANDARD = ("Authorization", "Content-Type", "Accept", "User-Agent", "Cache-Control")
_CREDENTIAL = re.compile(r"(?i)(?:[\w-]+\s+)?(?=[\w+/.~=-]*\d)[\w+/.~=-]{16,}")
_SECURE = re.compile(r"(?i)authorization|.*(?:api|access|auth)[-_]?(?:key|token)|.*(?:token|secret)")
_PLAIN = {"name": "Authorization", "value": "Bearer 5f1d7a84e9b2c3061d7a84e9"}


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, {"name": "Authorization", "value": "Bearer{{{token}}}"}]}),
    hook({"headers": [CONTENT, {"name": "Authorization", "value": "Bearer Bearer {{{token}}}"}]}),
    hook({"headers": [CONTENT, {"name": "Authorization", "value": "Baerer {{{token}}}"}]}),
)
def authorization_scheme(manifest: Manifest) -> Iterator[Problem]:
    """The value of an Authorization header starts with a scheme, once, and a space.

    Such as `Bearer {{{token}}}`. A receiver that cannot read the scheme refuses the request.
    """
    for header in headers(manifest):
        if not header.name.lower().endswith("authorization"):
            continue
        pointer, value = f"{header.pointer}/value", header.value
        if glued := _GLUED.match(value):
            place = manifest.at(pointer, glued.span())
            edits = (Edit(place, f"{glued[0]} "),)
            yield Problem(place, f"there is no space after {glued[0]}", f"write `{glued[0]} `", edits)
        elif twice := _TWICE.match(value):
            place = manifest.at(pointer, (0, twice.end(1) + 1))
            yield Problem(place, f"the header says {twice[1]} twice", "remove one", (Edit(place, "", safe=False),))
        elif (first := _FIRST.match(value)) and (meant := _meant(first[1])):
            place = manifest.at(pointer, first.span(1))
            edits = (Edit(place, meant, safe=False),)
            yield Problem(place, f"{first[1]} is not a scheme of authorization", f"did you mean `{meant}`?", edits)


def _meant(word: str) -> str:
    """The scheme that a word resembles, and is not."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), ("bearer", "basic"), 1, 0.75)
    return _SCHEMES[near[0]] if near and word.lower() not in _SCHEMES else ""


@rule(Severity.warning, hook({"headers": [CONTENT, _PLAIN]}, ()))
def authorization_fixed(manifest: Manifest) -> Iterator[Problem]:
    """A header for a credential contains a form variable, not the credential itself.

    The manifest is public, and every customer has another account.
    """
    for header in headers(manifest):
        if _SECURE.fullmatch(header.name) and _CREDENTIAL.fullmatch(header.value.strip()):
            place = manifest.at(f"{header.pointer}/value")
            yield Problem(place, f"{header.name} is the same for every customer", "use a secret form variable")


@rule(
    Severity.warning,
    approval(
        statusRequest={
            "endpoint": {
                **ENDPOINT,
                "url": f"{ENDPOINT['url']}/{{{{context.approvalId}}}}",
                "method": "GET",
                "headers": [CONTENT],
            },
            "parser": {"statusValue": "/status", "approvalMatcher": "^approved$", "rejectionMatcher": "^declined$"},
        }
    ),
)
def authorization_missing(manifest: Manifest) -> Iterator[Problem]:
    """If one request of a capability carries a secret or a token, all of them do.

    The partner's API refuses a request without it. One accepted integration asks for a status without any.
    """
    secrets = {variable.key for variable in manifest.form_variables if variable.is_true("isSecret")} | {"accessToken"}
    requests: dict[str, list[tuple[str, bool]]] = {}
    for field in endpoints(manifest):
        mustaches = " ".join(MUSTACHE.findall(str(field.value)))
        carries = not secrets.isdisjoint(re.findall(r"[\w-]+", mustaches)) or "hmacSignature" in field.value
        requests.setdefault("/".join(field.pointer.split("/")[:3]), []).append((field.pointer, carries))
    for some in requests.values():
        for pointer, carries in some:
            if not carries and any(other for _, other in some):
                place = manifest.key(pointer)
                yield Problem(place, "this request carries no secret, unlike the others", "add the same headers")


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, {"name": "Authorisation", "value": "Bearer {{{token}}}"}]}),
    hook({"headers": [CONTENT, {"name": "User_Agent", "value": "LaunchDarkly {{{token}}}"}]}),
)
def header_misspelt(manifest: Manifest) -> Iterator[Problem]:
    """Standard headers are spelled as the standard does: Authorization, Content-Type, Accept.

    A receiver ignores a header that it does not know. Letter case does not matter.
    """
    for header in headers(manifest):
        if meant := _standard(header.name):
            place = manifest.at(f"{header.pointer}/name")
            edits = (Edit.json(place, meant, safe=False),)
            yield Problem(place, f"{header.name} is not a standard header", f"did you mean `{meant}`?", edits)


def _standard(name: str) -> str:
    """The standard header that a name resembles, and is not."""
    from difflib import SequenceMatcher

    bare = re.sub(r"[-_]", "", name.lower())
    for meant in _STANDARD:
        if name.lower() == meant.lower() or not re.fullmatch(r"(?i)(?!x[-_])[\w-]+", name):
            return ""
        other = meant.replace("-", "").lower()
        if bare == other or (len(other) > 9 and SequenceMatcher(None, bare, other).ratio() >= 0.87):
            return meant
    return ""
