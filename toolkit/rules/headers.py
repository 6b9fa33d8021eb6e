"""The headers of LaunchDarkly's requests."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.endpoints import static
from toolkit.rules.fields import Field, endpoints
from toolkit.rules.patches import BEARER, CONTENT, SIGNED, hook
from toolkit.rules.registry import rule

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
"""A token, in RFC 9110's words."""
_CONTROL = r"[\x00-\x08\x0a-\x1f\x7f]"
_MEDIA = r"(?ais)(?:application|audio|font|image|message|model|multipart|text|video)/[\w.+-]+(?:\s*;.*)?"
"""The registered kinds of media, and any of their types."""
_JSON = r"(?i)[^/]+/(?:[^;/]+\+)?json\b"
_OURS = frozenset({"host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"})
"""Headers that the client sets by itself."""
_ENDINGS = r"(?i)\.(json|html|txt|xml|csv|ya?ml)(?:\.hbs|\.handlebars)?$"


class Header(NamedTuple):
    """One header with the pointers of its endpoint and of itself."""

    endpoint: str
    pointer: str
    name: str
    value: str


@lru_cache(maxsize=1)
def headers(manifest: Manifest) -> tuple[Header, ...]:
    """Every header of every endpoint that has a name and a value."""
    return tuple(_headers(manifest))


def signatures(manifest: Manifest) -> Iterator[Field]:
    """Every `hmacSignature` that is an object."""
    for field in endpoints(manifest):
        if isinstance(signature := field.value.get("hmacSignature"), dict):
            yield Field(f"{field.pointer}/hmacSignature", signature)


def _headers(manifest: Manifest) -> Iterator[Header]:
    for field in endpoints(manifest):
        listed = field.value.get("headers")
        for index, header in enumerate(listed if isinstance(listed, list) else ()):
            name, value = (header.get("name"), header.get("value")) if isinstance(header, dict) else (None, None)
            if isinstance(name, str) and isinstance(value, str):
                yield Header(field.pointer, f"{field.pointer}/headers/{index}", name, value)


@rule(
    Severity.error,
    hook({"headers": [CONTENT, {"name": "Authorization:", "value": "Bearer {{{token}}}"}]}),
    hook(
        {"hmacSignature": {"headerName": "X LD Signature", "hmacSecretFormVariableKey": "token"}, "headers": [CONTENT]}
    ),
)
def header_name(manifest: Manifest) -> Iterator[Problem]:
    """The name of a header contains only letters, digits, hyphens and a few other characters.

    A request with any other name cannot be sent: no colon, no slash, no space, no accents. See RFC 9110, section 5.1.
    """
    for header in headers(manifest):
        if not re.fullmatch(_NAME, header.name):
            place, bare = manifest.at(f"{header.pointer}/name"), header.name.strip().rstrip(":").strip()
            edits = (Edit.json(place, bare),) if re.fullmatch(_NAME, bare) else ()
            yield Problem(
                place, f"`{header.name}` is not a valid header name", "use letters, digits and hyphens", edits
            )
    for pointer, signature in signatures(manifest):
        name = signature.get("headerName")
        if isinstance(name, str) and not re.fullmatch(_NAME, name):
            place = manifest.at(f"{pointer}/headerName")
            yield Problem(place, f"`{name}` is not a valid header name", "use letters, digits and hyphens")


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, BEARER, {"name": "authorization", "value": "{{{token}}}"}]}),
    hook({"headers": [CONTENT, BEARER, BEARER]}),
    hook({"headers": [CONTENT, {"name": "X-LD-Signature", "value": "signed"}], **SIGNED}),
)
def header_twice(manifest: Manifest) -> Iterator[Problem]:
    """A request has each header only once.

    Letter case does not matter. Which of two is used depends on the receiver. The header of `hmacSignature` counts too.
    """
    signed = {
        (at.removesuffix("/hmacSignature"), _lower(value.get("headerName"))) for at, value in signatures(manifest)
    }
    seen: dict[tuple[str, str], set[str]] = {}
    for header in headers(manifest):
        this, place = (header.endpoint, header.name.lower()), manifest.at(header.pointer)
        values = seen.setdefault(this, set())
        if values or this in signed:
            edits = (Edit(place, None),) if header.value in values else ()
            yield Problem(place, f"the header {header.name} is set twice", "keep one of them", edits)
        values.add(header.value)


def _lower(name: object) -> str:
    return name.lower() if isinstance(name, str) else ""


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": " "}]}),
    hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": "LaunchDarkly\n"}]}),
    hook({"headers": [CONTENT, BEARER, {"name": "X-Acme-Source", "value": "Caf\u00e9"}]}),
)
def header_value(manifest: Manifest) -> Iterator[Problem]:
    """A header has a value, on one line, in ASCII, without spaces or quotes around it.

    A line break would start another header, and receivers treat spaces and other letters differently.
    """
    for header in headers(manifest):
        place, value = manifest.at(f"{header.pointer}/value"), header.value
        if not value.strip():
            yield Problem(place, f"{header.name} has no value", "give it one, or remove the header")
        elif re.search(_CONTROL, static(value)) or value != value.strip():
            edits = () if re.search(_CONTROL, static(value.strip())) else (Edit.json(place, value.strip()),)
            yield Problem(
                place, f"{header.name} contains a line break, or starts or ends with a space", "remove it", edits
            )
        elif re.fullmatch(r"([\"']).*\1", value):
            edits = (Edit.json(place, value[1:-1], safe=False),)
            yield Problem(place, f"the quotes around {header.name} are sent too", "remove them", edits)
        elif odd := re.search(r"[^\x00-\x7f]", static(value)):
            yield Problem(place, f"{header.name} contains `{odd[0]}`, which is not ASCII", "write it in ASCII")


@rule(Severity.warning, hook({"headers": [CONTENT, BEARER, {"name": "Content-Length", "value": "100"}]}))
def header_managed(manifest: Manifest) -> Iterator[Problem]:
    """Headers such as Host, Content-Length and Connection are left to LaunchDarkly.

    It sets them itself for each request.
    """
    for header in headers(manifest):
        if header.name.lower() in _OURS:
            yield Problem(manifest.at(header.pointer), f"{header.name} is set by LaunchDarkly", "remove it")


@rule(
    Severity.warning,
    hook({"headers": [CONTENT, {"name": "Authorization", "value": "Basic {{{basicAuthHeaderValue 'acme' token}}}"}]}),
)
def basic_twice(manifest: Manifest) -> Iterator[Problem]:
    """`basicAuthHeaderValue` is used without the word Basic, which it adds itself."""
    for header in headers(manifest):
        if match := re.match(r"basic\s+(?=\{\{\{?\s*basicAuthHeaderValue\b)", header.value, re.IGNORECASE):
            place = manifest.at(f"{header.pointer}/value", match.span())
            yield Problem(place, "the header would say Basic twice", "remove the word", (Edit(place, ""),))


@rule(
    Severity.warning,
    hook({"headers": [{"name": "Content-Type", "value": "text/plain"}, BEARER]}),
    hook({"headers": [{"name": "Content-Type", "value": "json"}, BEARER]}),
)
def content_type(manifest: Manifest) -> Iterator[Problem]:
    """The Content-Type matches the body.

    JSON templates, JSON bodies and LaunchDarkly's standard payload need `application/json` or a type that ends in
    `+json`; templates that end in `.txt` or `.html` need another. One accepted integration declares
    plain text as JSON.
    """
    for header in headers(manifest):
        kind = header.value.strip()
        if header.name.lower() != "content-type" or "{{" in kind or not kind:
            continue
        place, is_json = manifest.at(f"{header.pointer}/value"), bool(re.match(_JSON, kind))
        if not re.fullmatch(_MEDIA, kind):
            yield Problem(place, f"{kind} is not a media type", "write one such as application/json")
        for body, body_is_json in _bodies(manifest, header.endpoint.removesuffix("/endpoint")):
            if body_is_json != is_json and re.fullmatch(_MEDIA, kind):
                said = "is JSON" if body_is_json else "is not JSON"
                yield Problem(place, f"the Content-Type is {kind}, but {body} {said}", "change one to match the other")


def _bodies(manifest: Manifest, parent: str) -> Iterator[tuple[str, bool]]:
    """What is sent to the endpoint of the capability or request at ``parent``, and whether it is JSON."""
    if manifest.flag(f"{parent}/useStandardWebhookPayload"):
        yield "the standard payload", True
    if manifest.text(f"{parent}/jsonBody"):
        yield "jsonBody", True
    if parent.endswith("/actionRequest"):
        yield "jsonBody", True
    paths = [path for path in manifest.object(f"{parent}/templates").values() if isinstance(path, str)]
    for path in dict.fromkeys(paths):
        if ending := re.search(_ENDINGS, path):
            yield path, ending[1].lower() == "json"


@rule(Severity.note, hook({"headers": [BEARER]}))
def content_type_missing(manifest: Manifest) -> Iterator[Problem]:
    """A request with a body has a Content-Type.

    LaunchDarkly adds application/json only where no headers are listed at all.
    """
    typed = {header.endpoint for header in headers(manifest) if header.name.lower() == "content-type"}
    for field in endpoints(manifest):
        body = next((name for name, _ in _bodies(manifest, field.pointer.removesuffix("/endpoint"))), "")
        if body and field.pointer not in typed and isinstance(field.value.get("headers"), list):
            place = manifest.at(f"{field.pointer}/headers")
            yield Problem(place, f"there is no Content-Type for {body}", "add one, such as application/json")
