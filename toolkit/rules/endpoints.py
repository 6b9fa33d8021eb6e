"""Where LaunchDarkly sends its requests."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.template import DEEPEST
from toolkit.json_text import JsonSyntaxError, is_deeper, read
from toolkit.rules.fields import Field, Text, endpoints
from toolkit.rules.form_options import choices
from toolkit.rules.patches import CONTENT, HOST, REGION, SITE, TOKEN, form, hook, store
from toolkit.rules.registry import rule
from toolkit.rules.usage import MUSTACHE

_HOST = r"(?i)[\w-]+(?:\.[\w-]+)*\.?(?::\d*)?|\[[0-9a-f:.]+\](?::\d*)?"
_VARIABLE_HOST = re.compile(r"(?i)https?://\{\{\{?\s*([\w-]+)\s*\}\}")
_READS = ("validationRequest", "dynamicOptions", "memberListRequest", "statusRequest")
"""Whose requests only ask for something."""
_SENDING = ("Hook", "/featureStoreRequest", "/actionRequest")
"""Whose requests always have a body."""
APPROVAL = "/capabilities/approval"
STORE = "/capabilities/featureStore"


_OPTIONS = {
    **REGION,
    "type": "dynamicEnum",
    "dynamicOptions": {
        "endpoint": {"url": f"{HOST}/regions", "method": "POST", "headers": [CONTENT]},
        "parser": {"optionsPath": "/regions", "optionsItems": {"label": "/name", "value": "/id"}},
    },
}


@lru_cache(maxsize=256)
def static(template: str, filling: str = "x") -> str:
    """A template with every mustache made into ``filling``."""
    return MUSTACHE.sub(filling, template)


def urls(manifest: Manifest) -> Iterator[Text]:
    """Every URL of a request, and the link to an approval."""
    for field in endpoints(manifest):
        if isinstance(url := field.value.get("url"), str):
            yield Text(f"{field.pointer}/url", url)
    if link := manifest.text(f"{APPROVAL}/creationRequest/parser/urlTemplate"):
        yield Text(f"{APPROVAL}/creationRequest/parser/urlTemplate", link)


@rule(
    Severity.error,
    hook({"url": "api.acme-signals.example/changes"}),
    hook({"url": "https:///changes"}),
    hook({"url": f"{HOST}/all changes"}),
)
def endpoint_url(manifest: Manifest) -> Iterator[Problem]:
    """The URL of a request starts with `https://` and a host, or with a form variable.

    LaunchDarkly cannot call anything else.
    """
    for text in urls(manifest):
        if fault := _fault(text.value):
            yield Problem(manifest.at(text.pointer), *fault)


def _fault(template: str) -> tuple[str, str] | None:
    """What keeps a URL from being called, and the remedy. A stray brace is left to the rules on templates."""
    url = static(template)
    if not template.strip():
        return "the URL is empty", "write where the request goes"
    if re.search(r"\s", url):
        return "the URL contains a space", "remove it, or write %20"
    if template.startswith("{{") or "{" in url or "}" in url:
        return None
    if not re.match(r"https?://", url, re.IGNORECASE):
        return f"{url[:40]} does not start with https:// or a form variable", "write the whole URL"
    numbered = static(template, "0")  # a mustache may stand for a port as well
    host = re.split(r"[/?#]", numbered.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
    if not re.fullmatch(_HOST, host):
        return f"the URL's host `{host}` is not valid" if host else "the URL has no host", "write a host name"
    return None


@rule(
    Severity.warning,
    hook({"url": HOST.replace("https", "http") + "/changes"}),
    form(type="uri", isOptional=True, defaultValue="http://api.acme-signals.io"),
)
def endpoint_http(manifest: Manifest) -> Iterator[Problem]:
    """Requests use https.

    Otherwise tokens and the names of flags travel unencrypted. The URLs that a form offers count too.
    """
    for text in urls(manifest):
        if match := re.match("http://", text.value, re.IGNORECASE):
            place = manifest.at(text.pointer, match.span())
            edits = (Edit(place, "https://", safe=False),)
            yield Problem(place, "the request uses http", "write https://", edits)
    for variable in manifest.form_variables:
        for name, value in (("defaultValue", variable.value.get("defaultValue")), *choices(variable)):
            if variable.type in ("uri", "enum") and isinstance(value, str) and value.lower().startswith("http://"):
                place = variable.at(name)
                yield Problem(place, f"{value[:60]} uses http", "write https://")


@rule(
    Severity.warning,
    hook({"url": f"{HOST}/changes#new"}),
    hook({"url": f"{HOST}//changes"}),
    hook({"url": "https://{{{site}}}/changes"}, (TOKEN, SITE)),
)
def url_shape(manifest: Manifest) -> Iterator[Problem]:
    """The URL of a request says https:// once, has single slashes between its parts, and no fragment.

    The answer to a form variable of type `uri` starts with https:// already. What stands behind a `#` is for browsers,
    and never sent.
    """
    whole = {variable.key for variable in manifest.form_variables if variable.type == "uri"}
    for text in urls(manifest):
        if (head := _VARIABLE_HOST.match(text.value)) and head[1] in whole:
            place = manifest.at(text.pointer, head.span())
            yield Problem(place, f"{head[1]} is a whole URL, with https:// of its own", "start the URL with it")
        plain = static(text.value)
        if re.match(r"(?i)https?://[^/?#]+(?:/[^/?#]+)*//", plain):
            yield Problem(manifest.at(text.pointer), "two slashes follow each other in the path", "remove one")
        if "#" in plain and not text.pointer.endswith("urlTemplate"):
            place = manifest.at(text.pointer)
            yield Problem(place, "the URL has a fragment, which is never sent", "remove it, or write %23")


@rule(Severity.note, hook({"url": f"{HOST}/changes?token={{{{{{token}}}}}}", "headers": [CONTENT]}))
def secret_in_url(manifest: Manifest) -> Iterator[Problem]:
    """A secret is sent in a header rather than in the URL.

    URLs are written to the logs of every server on the way. Some services offer no other way.
    """
    secrets = {variable.key for variable in manifest.form_variables if variable.is_true("isSecret")}
    for text in urls(manifest) if secrets else ():
        for match in MUSTACHE.finditer(text.value):
            named = secrets.intersection(re.findall(r"[\w-]+", match[0]))
            if named and match.start():
                place = manifest.at(text.pointer, match.span())
                yield Problem(place, f"the secret {min(named)} is part of the URL", "send it in a header")


@rule(Severity.warning, hook({"method": "GET"}), hook({"method": "DELETE"}))
def request_body(manifest: Manifest) -> Iterator[Problem]:
    """A request with a body does not use GET, and one that tells of a change does not use DELETE.

    The body of such a request is dropped on the way, or refused.
    """
    for field in endpoints(manifest):
        method = field.value.get("method")
        sends = field.pointer.removesuffix("/endpoint").endswith(_SENDING)
        if (method == "GET" and _has_body(manifest, field)) or (method == "DELETE" and sends):
            place, help_ = manifest.at(f"{field.pointer}/method"), "use POST, or the method that your API expects"
            yield Problem(place, f"the request has a body, but its method is {method}", help_)


def _has_body(manifest: Manifest, endpoint: Field) -> bool:
    parent = endpoint.pointer.removesuffix("/endpoint")
    if parent.endswith(_SENDING):
        return not manifest.has(f"{parent}/deliveryMethod")
    return bool(manifest.text(f"{parent}/jsonBody").strip())


@rule(Severity.warning, store(validation={"method": "PUT"}), form(_OPTIONS))
def read_method(manifest: Manifest) -> Iterator[Problem]:
    """A request that only reads does not use PUT, PATCH or DELETE.

    LaunchDarkly may repeat it at any time: to validate a connection, to ask for a status, to list options or members.
    The options of a form variable come with GET, since no body can be sent.
    """
    for field in endpoints(manifest):
        method = field.value.get("method")
        parent = field.pointer.removesuffix("/endpoint").rpartition("/")[2]
        changes = method in ("PUT", "PATCH", "DELETE") or (method == "POST" and parent == "dynamicOptions")
        if parent in _READS and changes:
            yield Problem(
                manifest.at(f"{field.pointer}/method"), f"{parent} only reads, but its method is {method}", "use GET"
            )


@rule(Severity.note, store(url=f"{HOST}/store"))
def store_key(manifest: Manifest) -> Iterator[Problem]:
    """A feature store keeps the flags of each environment apart.

    Use `{{_featureStoreKey}}` in the URL, or `{{envId}}` in the prefix. Without either, each configuration needs
    its own store.
    """
    request = f"{STORE}/featureStoreRequest"
    said: Any = manifest.object(request)
    if said and not any(word in str(said) for word in ("_featureStoreKey", "envId")):
        place = manifest.key(request)
        yield Problem(place, "nothing in the request tells environments apart", "put {{_featureStoreKey}} into the URL")


@rule(
    Severity.warning,
    store(payloadPrefix='{"key": "ld-{{envId}}", "value": '),
)
def store_payload(manifest: Manifest) -> Iterator[Problem]:
    """The prefix, the flags and the suffix of a feature store together are JSON.

    `payloadPrefix`, the flags and `payloadSuffix` are sent one after the other.
    """
    request = f"{STORE}/featureStoreRequest"
    prefix, suffix = manifest.text(f"{request}/payloadPrefix"), manifest.text(f"{request}/payloadSuffix")
    if (prefix or suffix) and not is_deeper(prefix + suffix, DEEPEST):
        bodies = (f"{static(prefix, filling)}{{}}{static(suffix, filling)}" for filling in ("x", "0", '"x"'))
        if not any(map(_is_json, bodies)):
            place = manifest.key(f"{request}/{'payloadPrefix' if prefix else 'payloadSuffix'}")
            yield Problem(
                place, "prefix, flags and suffix together are not JSON", "close in the suffix what the prefix opens"
            )


def _is_json(text: str) -> bool:
    try:
        read(text.encode())
    except (JsonSyntaxError, UnicodeEncodeError):
        return False
    return True
