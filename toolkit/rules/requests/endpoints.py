"""Where LaunchDarkly sends its requests, and how."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Endpoint, FormVariable, Integration, Manifest, Template
from toolkit.integration.pointers import FLAG_LINK, FORM, STORE_FORM
from toolkit.integration.sent_url import SentUrl, sent_urls
from toolkit.regex import regex
from toolkit.rules.examples import BEARER, CONTENT, HOST, REGION, SITE, TOKEN, approval, form, hook, store
from toolkit.rules.registry import error, note, rule, warning

_HOST = regex(r"(?i)[\w-]+(?:\.[\w-]+)*\.?(?::\d*)?|\[[0-9a-f:.]+\](?::\d*)?")
_TWICE = "the URL has https:// twice"
_FIRST = regex(r"\{\{\{?\s*([\w-]+)\s*\}")
"""The variable that a URL starts with."""
_SPECIAL = regex(r"[/?#&]")
"""What makes a URL odd, in an answer."""
_OPTIONS = {
    **REGION,
    "type": "dynamicEnum",
    "dynamicOptions": {
        "endpoint": {"url": f"{HOST}/regions", "method": "POST", "headers": [CONTENT]},
        "parser": {"optionsPath": "/regions", "optionsItems": {"label": "/name", "value": "/id"}},
    },
}
_EU = {**SITE, "type": "enum", "allowedValues": ["https://eu.acme-signals.io", "https://us.acme-signals.io"]}


def _is_sent(template: Template) -> bool:
    """Whether a template is the URL of a request, or of the link to an approval."""
    return template.role == "url" and not (template.place.pointer or "").startswith(f"{FLAG_LINK}/")


@rule(
    error,
    bad=[
        hook({"url": "api.acme-signals.example/changes"}),
        hook({"url": "https:///changes"}),
        hook({"url": f"{HOST}/all changes"}),
    ],
    good=hook({"url": "https://api.acme-signals.example:8443/{{pathEncode context.title.plainText}}"}),
    unless=("stray-brace", "broken-template"),
)
def malformed_endpoint(template: Template) -> Iterator[Problem]:
    """The URL of a request starts with `https://` and a host, or with a form variable.

    LaunchDarkly cannot call anything else.
    """
    if _is_sent(template) and not template.fault and (fault := _fault(template)):
        yield Problem(template.at(), *fault)


def _fault(template: Template) -> tuple[str, str] | None:
    """What keeps a URL from being called, and the remedy."""
    url = template.filled_with("x")
    if not template.text.strip():
        return "the URL is empty", "write where the request goes"
    if re.search(r"\s", url):
        return "the URL contains a space", "remove it, or write %20"
    if template.text.startswith("{{") or "{" in url or "}" in url:
        return None
    if not re.match(r"https?://", url, re.IGNORECASE):
        return f"{url[:40]} does not start with https:// or a form variable", "write the whole URL"
    numbered = template.filled_with("0")  # a mustache may stand for a port as well
    host = re.split(r"[/?#]", numbered.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
    if not _HOST.fullmatch(host):
        return f"the URL's host `{host}` is not valid" if host else "the URL has no host", "write a host name"
    return None


@rule(
    warning,
    bad=[
        hook({"url": HOST.replace("https", "http") + "/changes"}),
        form(type="uri", isOptional=True, defaultValue="http://api.acme-signals.io"),
    ],
    good=hook({"url": f"{HOST}/changes?to=http://acme-signals.io"}),
)
def endpoint_without_https(integration: Integration, manifest: Manifest) -> Iterator[Problem]:
    """Requests use https.

    Otherwise tokens and the names of flags travel unencrypted. The URLs that a form suggests or offers count too.
    """
    for endpoint in integration.endpoints:
        if match := re.match("http://", endpoint.url, re.IGNORECASE):
            place = endpoint.at("url", match.span())
            yield Problem(place, "the request uses http", "write https://", (Edit(place, "https://", safe=False),))
    for variable in manifest.form_variables:
        default = ("defaultValue", variable.value.get("defaultValue"))
        for name, value in (default, *variable.choices) if variable.type in ("uri", "enum") else ():
            if isinstance(value, str) and value.lower().startswith("http://"):
                yield Problem(variable.at(name), f"{value[:60]} uses http", "write https://")


@rule(
    warning,
    bad=[
        hook({"url": f"{HOST}/changes#new"}),
        hook({"url": f"{HOST}//changes"}),
        hook({"url": f"{HOST}/changes?a=1&&b=2"}),
        hook({"url": "https://{{{site}}}/changes"}, (TOKEN, SITE)),
        hook({"url": "https://{{{site}}}/changes"}, (TOKEN, _EU)),
        hook({"url": "{{{site}}}changes"}, (TOKEN, {**SITE, "placeholder": "https://hec.acme-signals.io"})),
    ],
    good=[
        hook({"url": "{{{site}}}/changes?a=1&b={{context.kind}}"}, (TOKEN, _EU)),
        hook({"url": f"{HOST}/changes?url=https://acme-signals.io//x&b=?"}),
    ],
    unless=("malformed-endpoint", "stray-brace", "broken-template", "escaped-url"),
)
def odd_url(template: Template) -> Iterator[Problem]:
    """The URL of a request, as it is sent, has one scheme, single slashes, a query in order, and no fragment.

    It is looked at with what customers would fill in: the placeholder, the default and the allowed values of each form
    variable in it. The answer to a form variable of type `uri` starts with https:// already. What stands behind a `#`
    is for browsers, and never sent.
    """
    if not _is_sent(template) or template.fault:
        return
    found: dict[tuple[str, str], list[SentUrl]] = {}
    sent_as = list(sent_urls(template))
    for sent in sent_as:
        for oddity in _oddities(template, sent):
            found.setdefault(oddity, []).append(sent)
    for (message, help_), odd in found.items():
        start = len(template.pieces[0]) if message == _TWICE else 0
        place = template.at(0, start) if start else template.at()
        yield Problem(place, f"{_culprit(template, odd, sent_as)}{message}", help_)


def _culprit(template: Template, odd: list[SentUrl], sent_as: list[SentUrl]) -> str:
    """Of the URLs with one oddity, how messages say whose answer makes it; nothing where no answer does."""
    fine = {sent.variable.key for sent in sent_as if sent not in odd and sent.variable}
    first = _FIRST.match(template.text)
    for sent in odd:
        if variable := sent.variable:
            starts = first is not None and first[1] == variable.key
            if starts or variable.key in fine or _SPECIAL.search(sent.answer):
                return sent.words
    return ""


def _oddities(template: Template, sent: SentUrl) -> Iterator[tuple[str, str]]:
    """What is odd about a URL that is sent, and the remedy."""
    url = sent.url
    path, _, query = url.partition("#")[0].partition("?")
    if re.match(r"(?i)https?:(?://)?https?(?::|%3A)", url):
        yield _TWICE, "start the URL with the variable"
    elif sent.suggested and not re.match(r"(?i)https?://", url) and template.text.startswith("{{"):
        yield "the URL does not start with https://", "write https:// in front, or ask for the whole URL"
    elif re.match(r"(?i)https?://[^/]+(?:/[^/]+)*//", path):
        yield "two slashes follow each other in the path", "remove one"
    elif sent.variable and _is_glued(template, sent):
        yield "nothing separates the host from the path", "write a slash between them"
    if "?" in url and re.search(r"&&|^&|&$", query.partition("//")[0]):
        yield "the query is malformed: `&` separates nothing", "write one `&` between two parameters"
    elif re.search(r"=[^&]*\?[\w-]+=", query) and "//" not in query:
        yield "the query is malformed: it has a second `?`", "write `&` between two parameters"
    if "#" in url and not (template.place.pointer or "").endswith("urlTemplate"):
        yield "the URL has a fragment, which is never sent", "remove it, or write %23"


def _is_glued(template: Template, sent: SentUrl) -> bool:
    """Whether a whole host at the start of a URL is followed by a letter of the path."""
    behind = template.pieces[1][:1] if len(template.pieces) > 1 and not template.pieces[0] else ""
    whole = sent.variable is not None and sent.variable.type == "uri"
    return behind.isalnum() and (whole or bool(re.fullmatch(r"(?i)https?://[\w.-]+(?::\d+)?", sent.answer)))


@rule(
    note,
    bad=hook({"url": "{{{site}}}/changes"}, (TOKEN, {**SITE, "description": "Enter the address of your Acme site."})),
    good=hook({"url": "{{{site}}}/changes"}, (TOKEN, SITE)),
    unless=("odd-url",),
)
def unspoken_slash(form_variable: FormVariable, manifest: Manifest) -> Iterator[Problem]:
    """The description of a URL that a path is added to says whether it ends in a slash.

    Many customers copy the address with its last slash; then two follow each other.
    """
    if form_variable.type != "uri" or form_variable.list not in (FORM, STORE_FORM):
        return
    said = " ".join(str(form_variable.value.get(name, "")) for name in ("description", "placeholder"))
    named = re.compile(rf"\{{\{{\{{?\s*{re.escape(form_variable.key)}\s*\}}\}}\}}?/\w")
    if "slash" not in said.lower() and "/`" not in said and re.search(named, manifest.document.text):
        message = f"a path is added to {form_variable.key}, but nothing says whether it ends in a slash"
        yield Problem(form_variable.at("description"), message, "say `without a slash at the end`")


@rule(
    note,
    bad=hook({"url": f"{HOST}/changes?token={{{{{{token}}}}}}", "headers": [CONTENT]}),
    good=hook({"url": f"{HOST}/changes", "headers": [CONTENT, BEARER]}),
)
def secret_in_url(template: Template) -> Iterator[Problem]:
    """A secret is sent in a header rather than in the URL.

    URLs are written to the logs of every server on the way. Some services offer no other way.
    """
    if _is_sent(template):
        secrets = {variable.key for variable in template.manifest.form_variables if variable.is_true("isSecret")}
        for found in template.references:
            if found.resolved and found.resolved[0] in secrets and template.text[: found.start].strip("{ "):
                place = template.at(found.start, found.end)
                yield Problem(place, f"the secret {found.name} is part of the URL", "send it in a header")


@rule(
    warning,
    bad=[
        hook({"method": "GET"}),
        hook({"method": "DELETE"}),
        store(validation={"method": "PUT"}),
        form(_OPTIONS),
        approval(
            statusRequest={
                "endpoint": {
                    "url": f"{HOST}/{{{{context.approvalId}}}}",
                    "method": "POST",
                    "headers": [CONTENT, BEARER],
                },
                "parser": {"statusValue": "/status", "approvalMatcher": "^yes$", "rejectionMatcher": "^no$"},
            }
        ),
    ],
    good=store(validation={"method": "POST"}),
)
def wrong_method(endpoint: Endpoint) -> Iterator[Problem]:
    """A request that only reads uses GET, and one with a body does not use GET or DELETE.

    LaunchDarkly may repeat a request that reads at any time: to ask for a status, to list options or members. The
    options of a form variable come with GET, since no body can be sent. The body of a GET is dropped on the way, or
    refused.
    """
    method, name = endpoint.method, endpoint.name
    asks = method == "POST" and (name == "dynamicOptions" or (name == "statusRequest" and not endpoint.has_body))
    if (method == "GET" and endpoint.has_body) or (method == "DELETE" and endpoint.is_sending):
        help_ = "use POST, or the method that your API expects"
        yield Problem(endpoint.at("method"), f"the request has a body, but its method is {method}", help_)
    elif endpoint.is_reading and (method in ("PUT", "PATCH", "DELETE") or asks):
        yield Problem(endpoint.at("method"), f"{name} only reads, but its method is {method}", "use GET")
