"""Which names the templates of an integration mention, by a search that is quicker than parsing each of them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from toolkit.integration import Integration, Manifest
from toolkit.integration.fields import endpoints

MUSTACHE = re.compile(r"\{\{\{?(?:'[^']*'|[^{}']|\{(?!\{)|\}(?!\}))*+\}\}\}?")
"""One mustache; a string in it may hold another."""
_PATH = re.compile(r"[\w$@-]+(?:[./]\[?[\w$@-]+\]?)*")
_TEMPLATES = ("/capabilities/auditLogEventsHook/templates", "/capabilities/eventsHook/templates")
_MORE = (
    "/capabilities/approval/creationRequest/parser/urlTemplate",
    "/capabilities/featureStore/featureStoreRequest/payloadPrefix",
    "/capabilities/featureStore/featureStoreRequest/payloadSuffix",
)
"""Templates beside URLs and headers that name variables at the top level."""


class Mentioned(NamedTuple):
    """The names in all templates.

    ``first`` are names at the start of a path in a URL or a header, and the keys of secrets to sign with; ``pairs`` are
    neighbours in any path, such as ``("formVariables", "region")``; ``whole`` are paths of one name.
    """

    first: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    whole: frozenset[str]


def mentioned(integration: Integration) -> Mentioned | None:
    """The names in the mustaches of the manifest and of the templates it names.

    None where a template is missing or cannot be read, since then nothing can be said of what is not mentioned.
    """
    manifest = integration.manifest
    if manifest is None:
        return None
    paths = [path for at in _TEMPLATES for path in manifest.object(at).values() if isinstance(path, str)]
    files = [integration.file(path) for path in dict.fromkeys(paths)]
    readable = [file for file in files if file is not None and file.readable]
    if len(readable) < len(files):
        return None
    every = {path for text in (manifest.document.text, *(file.text for file in readable)) for path in _paths(text)}
    parts = [re.split(r"[./\[\]]+", path.rstrip("]")) for path in every]
    pairs = {pair for names in parts for pair in pairwise(names)}
    return Mentioned(frozenset(_first(manifest)), frozenset(pairs), frozenset(every))


def _paths(text: str) -> Iterator[str]:
    for mustache in MUSTACHE.findall(text) if "{{" in text else ():
        yield from _PATH.findall(mustache)


def _first(manifest: Manifest) -> Iterator[str]:
    texts: list[Any] = [manifest.text(pointer) for pointer in _MORE]
    for field in endpoints(manifest):
        headers, signature = field.value.get("headers"), field.value.get("hmacSignature")
        items = headers if isinstance(headers, list) else []
        texts += [field.value.get("url"), *(item.get("value") for item in items if isinstance(item, dict))]
        if isinstance(signature, dict) and isinstance(key := signature.get("hmacSecretFormVariableKey"), str):
            yield key
    for text in texts:
        for path in _paths(text) if isinstance(text, str) else ():
            yield re.split(r"[./\[]", path, maxsplit=1)[0]
