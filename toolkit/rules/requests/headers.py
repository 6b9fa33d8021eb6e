"""The headers of LaunchDarkly's requests."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from toolkit.finding import Edit, Problem
from toolkit.integration import Endpoint, Manifest, Template
from toolkit.regex import regex
from toolkit.rules.examples import BEARER, CONTENT, SIGNED, hook
from toolkit.rules.registry import error, note, rule, warning

_NAME = regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token, in RFC 9110's words."""
_CONTROL = regex(r"[\x00-\x08\x0a-\x1f\x7f]")
_MEDIA = regex(r"(?ais)(?:application|audio|font|image|message|model|multipart|text|video)/[\w.+-]+(?:\s*;.*)?")
"""The registered kinds of media, and any of their types."""
_JSON = regex(r"(?i)[^/]+/(?:[^;/]+\+)?json\b")
_MANAGED = frozenset({"host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"})
"""Headers that the client sets by itself."""
_ENDINGS = regex(r"(?i)\.(json|html|txt|xml|csv|ya?ml)(?:\.hbs|\.handlebars)?$")
_STANDARD = ("Authorization", "Content-Type", "Accept", "User-Agent", "Cache-Control")


@rule(
    error,
    bad=[
        hook({"headers": [CONTENT, {"name": "Authorization:", "value": "Bearer {{{token}}}"}]}),
        hook(
            {
                "hmacSignature": {"headerName": "X LD Signature", "hmacSecretFormVariableKey": "token"},
                "headers": [CONTENT],
            }
        ),
    ],
    good=hook({"headers": [CONTENT, BEARER, {"name": "X_Acme.Source~1", "value": "LaunchDarkly"}]}),
)
def invalid_header_name(endpoint: Endpoint) -> Iterator[Problem]:
    """The name of a header contains only letters, digits, hyphens and a few other characters.

    A request with any other name cannot be sent: no colon, no slash, no space, no accents. See RFC 9110, section 5.1.
    """
    signed = endpoint.signature.get("headerName")
    names = [(f"{header.pointer}/name", header.name) for header in endpoint.headers]
    names += [(f"{endpoint.pointer}/hmacSignature/headerName", signed)] if isinstance(signed, str) else []
    for pointer, name in names:
        if not _NAME.fullmatch(name):
            place, bare = endpoint.manifest.at(pointer), name.strip().rstrip(":").strip()
            edits = (Edit.json(place, bare),) if _NAME.fullmatch(bare) else ()
            help_ = f"write `{bare}`" if edits else "use letters, digits and hyphens"
            yield Problem(place, f"`{name}` is not a valid header name", help_, edits)


@rule(
    warning,
    bad=[
        hook({"headers": [CONTENT, BEARER, {"name": "authorization", "value": "{{{token}}}"}]}),
        hook({"headers": [CONTENT, BEARER, BEARER]}),
        hook({"headers": [CONTENT, {"name": "X-LD-Signature", "value": "signed"}], **SIGNED}),
    ],
    good=hook({"headers": [CONTENT, BEARER], **SIGNED}),
)
def duplicate_header(endpoint: Endpoint) -> Iterator[Problem]:
    """A request has each header only once.

    Letter case does not matter. Which of two is used depends on the receiver. The header of `hmacSignature` counts too.
    """
    signed = endpoint.signature.get("headerName")
    seen: dict[str, set[str]] = {signed.lower(): set()} if isinstance(signed, str) else {}
    for header in endpoint.headers:
        place, values = endpoint.manifest.at(header.pointer), seen.get(header.name.lower())
        if values is not None:
            edits = (Edit(place, None),) if header.value in values else ()
            yield Problem(place, f"the header {header.name} is set twice", "keep one of them", edits)
        seen.setdefault(header.name.lower(), set()).add(header.value)


@rule(
    warning,
    bad=[
        hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": " "}]}),
        hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": "LaunchDarkly\n"}]}),
        hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": "Caf\u00e9"}]}),
    ],
    good=hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": 'Launch"Darkly'}]}),
    unless=("broken-template",),
)
def invalid_header_value(template: Template) -> Iterator[Problem]:
    """A header has a value, on one line, in ASCII, without spaces or quotes around it.

    A line break would start another header, and receivers treat spaces and other letters differently.
    """
    if template.role != "header":
        return
    place, value = template.at(), template.text
    name = template.manifest.text(f"{(place.pointer or '').rpartition('/')[0]}/name")
    literal = template.filled_with("x")
    if not value.strip():
        yield Problem(place, f"{name} has no value", "give it one, or remove the header")
    elif _CONTROL.search(literal) or value != value.strip():
        edits = () if _CONTROL.search(literal.strip()) else (Edit.json(place, value.strip()),)
        yield Problem(place, f"{name} contains a line break, or starts or ends with a space", "remove it", edits)
    elif re.fullmatch(r"([\"']).*\1", value):
        edits = (Edit.json(place, value[1:-1], safe=False),)
        yield Problem(place, f"the quotes around {name} are sent too", "remove them", edits)
    elif odd := re.search(r"[^\x00-\x7f]", literal):
        yield Problem(place, f"{name} contains `{odd[0]}`, which is not ASCII", "write it in ASCII")


@rule(warning, bad=hook({"headers": [CONTENT, BEARER, {"name": "Content-Length", "value": "100"}]}))
def managed_header(endpoint: Endpoint) -> Iterator[Problem]:
    """Headers such as Host, Content-Length and Connection are left to LaunchDarkly.

    It sets them itself for each request.
    """
    for header in endpoint.headers:
        if header.name.lower() in _MANAGED:
            place = endpoint.manifest.at(header.pointer)
            edits = (Edit(place, None, safe=False),)
            yield Problem(place, f"{header.name} is set by LaunchDarkly", "remove it", edits)


@rule(
    warning,
    bad=[
        hook({"headers": [{"name": "Content-Type", "value": "text/plain"}, BEARER]}),
        hook({"headers": [{"name": "Content-Type", "value": "json"}, BEARER]}),
        hook({"headers": [BEARER]}),
    ],
    good=hook({"headers": [{"name": "content-type", "value": "application/vnd.acme+json; charset=utf-8"}, BEARER]}),
    unless=("misspelled-header",),
)
def wrong_content_type(endpoint: Endpoint) -> Iterator[Problem]:
    """A request with a body has a Content-Type, which matches the body.

    JSON templates, JSON bodies and LaunchDarkly's standard payload need `application/json` or a type that ends in
    `+json`; templates that end in `.txt` or `.html` need another. LaunchDarkly adds application/json only where no
    headers are listed at all, so a missing one is a note.
    """
    typed = [header for header in endpoint.headers if header.name.lower() == "content-type"]
    bodies = list(_bodies(endpoint))
    for header in typed:
        kind, place = header.value.strip(), endpoint.manifest.at(f"{header.pointer}/value")
        if "{{" in kind or not kind:
            continue
        if not _MEDIA.fullmatch(kind):
            yield Problem(place, f"{kind} is not a media type", "write one such as application/json")
            continue
        if unlike := [body for body in bodies if body[1] != bool(_JSON.match(kind))]:
            more = f" and {len(unlike) - 1} more" if len(unlike) > 1 else ""
            verb = f"{'are' if more else 'is'}{'' if unlike[0][1] else ' not'} JSON"
            message = f"the Content-Type is {kind}, but {unlike[0][0]}{more} {verb}"
            yield Problem(place, message, "change one to match the other")
    if bodies and not typed and isinstance(endpoint.value.get("headers"), list):
        message = f"there is no Content-Type for {bodies[0][0]}"
        yield Problem(endpoint.at("headers"), message, "add one, such as application/json", severity=note)


def _bodies(endpoint: Endpoint) -> Iterator[tuple[str, bool]]:
    """What is sent to an endpoint, and whether it is JSON."""
    manifest: Manifest = endpoint.manifest
    if manifest.flag(f"{endpoint.parent}/useStandardWebhookPayload"):
        yield "the standard payload", True
    if manifest.text(f"{endpoint.parent}/jsonBody") or endpoint.name == "actionRequest":
        yield "jsonBody", True
    paths = [path for path in manifest.object(f"{endpoint.parent}/templates").values() if isinstance(path, str)]
    for path in dict.fromkeys(paths):
        if ending := _ENDINGS.search(path):
            yield path, ending[1].lower() == "json"


@rule(
    warning,
    bad=[
        hook({"headers": [CONTENT, {"name": "Authorisation", "value": "Bearer {{{token}}}"}]}),
        hook({"headers": [CONTENT, {"name": "User_Agent", "value": "LaunchDarkly {{{token}}}"}]}),
    ],
    good=hook({"headers": [CONTENT, {"name": "X-Authorization", "value": "Bearer {{{token}}}"}]}),
)
def misspelled_header(endpoint: Endpoint) -> Iterator[Problem]:
    """Standard headers are spelled as the standard does: Authorization, Content-Type, Accept.

    A receiver ignores a header that it does not know. Letter case does not matter.
    """
    for header in endpoint.headers:
        if meant := _standard(header.name):
            place = endpoint.manifest.at(f"{header.pointer}/name")
            edits = (Edit.json(place, meant, safe=False),)
            yield Problem(place, f"{header.name} is not a standard header", f"did you mean `{meant}`?", edits)


def _standard(name: str) -> str:
    """The standard header that a name resembles, and is not."""
    bare = re.sub(r"[-_]", "", name.lower())
    for meant in _STANDARD:
        if name.lower() == meant.lower() or not re.fullmatch(r"(?i)(?!x[-_])[\w-]+", name):
            return ""
        other = meant.replace("-", "").lower()
        if bare == other or (len(other) > 9 and SequenceMatcher(None, bare, other).ratio() >= 0.87):
            return meant
    return ""
