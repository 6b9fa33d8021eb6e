"""The templates that stand in the manifest itself: URLs, headers, bodies, the words of flag links."""

from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Integration, Manifest, Template
from toolkit.integration.templates import HOOK, LINK
from toolkit.rules import suggestions
from toolkit.rules.patches import CONTENT
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import hook_endpoint, link_with


@rule(
    Severity.error,
    hook_endpoint({"url": "https://api.acme-signals.example/{{{account}}}"}),
    hook_endpoint({"headers": [CONTENT, {"name": "Authorization", "value": "Bearer {{{token}}"}]}),
    gate="tests",
)
def form_variable_refs(template: Template) -> Iterator[Problem]:
    """The templates in the URL and the headers of an audit log hook can be rendered.

    They can use form variables by their keys, the event as `context`, and `oauth` if `requiresOAuth` is true. Form
    variables of type `oauth`, `multiselect`, `environmentSelector` and `publicKey` have no value.
    """
    if _pointer(template).startswith(f"{HOOK}/endpoint/"):
        yield from untestable(template)


@rule(
    Severity.error,
    link_with("{{{metadata.name}}}", {"title": {"type": "string"}}),
    link_with("Acme record"),
    gate="tests",
)
def flag_link(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The templates in the texts of a flag link can be rendered.

    They can use `deepLink` and the keys that `flagLink.metadata` declares, such as `metadata.title`; nothing else. The
    official tests crash if `flagLink.metadata` is missing.
    """
    if manifest.object(LINK) and not manifest.has(f"{LINK}/metadata"):
        yield Problem(manifest.key(LINK), "the flag link has no metadata", 'add `"metadata": {}`')
    for template in integration.templates:
        if _pointer(template).startswith(f"{LINK}/uiBlocks/"):
            yield from untestable(template)


@rule(
    Severity.note,
    link_with("Acme record", {"site": {"type": "string"}}, blocks={"image": {"sourceUrl": "{{{metadata.site}}}"}}),
)
def flag_link_url(template: Template) -> Iterator[Problem]:
    """The URLs of a flag link come from metadata of type `uri`, or are its `deepLink`.

    A value of type `string` may be any text. One accepted integration uses one for a picture.
    """
    if template.role == "url" and _pointer(template).startswith(f"{LINK}/"):
        declared = template.manifest.object(f"{LINK}/metadata")
        for found in template.references:
            way = found.resolved or ()
            kind = declared.get(str(way[1])) if len(way) == 2 and way[0] == "metadata" else None
            if isinstance(kind, dict) and kind.get("type") == "string":
                place = template.at(found.start, found.end)
                yield Problem(place, f"{way[1]} is of type string, but used as a URL", 'make its type "uri"')


def untestable(template: Template) -> Iterator[Problem]:
    """Why the official tests cannot render a template, once for each place in it."""
    seen = set()
    for use in template.tested:
        error = template.output(use.tested).error
        if error and error.phase != "limit" and error.offset not in seen:
            seen.add(error.offset)
            place = template.at(error.offset, error.offset + len(error.name or ""))
            yield Problem(place, str(error), suggestions.failure(template, error))


def _pointer(template: Template) -> str:
    return template.place.pointer or ""
