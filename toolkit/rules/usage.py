"""Which names the templates of an integration mention."""

import re
from typing import NamedTuple

from toolkit.integration import Integration
from toolkit.rules.fields import endpoints

MUSTACHE = re.compile(r"\{\{(?:'[^']*'|[^}']|\}(?!\}))*\}\}\}?")
"""One mustache; a string in it may hold another."""
_PATH = re.compile(r"[\w$@-]+(?:[./]\[?[\w$@-]+\]?)*")
_TEMPLATES = ("/capabilities/auditLogEventsHook/templates", "/capabilities/eventsHook/templates")


class Mentioned(NamedTuple):
    """The names in all templates, each part of a path by itself; ``whole`` are those that are a path alone."""

    names: frozenset[str]
    whole: frozenset[str]


def mentioned(integration: Integration) -> Mentioned | None:
    """The names in the mustaches of the manifest and of the templates it names, and the keys it signs with.

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
    sources = (manifest.document.text, *(file.text for file in readable))
    mustaches = "\n".join(match for text in sources if "{{" in text for match in MUSTACHE.findall(text))
    found = set(_PATH.findall(mustaches))
    parts = {part for path in found for part in re.split(r"[./\[\]]+", path)}
    signing = (field.value.get("hmacSignature") for field in endpoints(manifest))
    keys = {value.get("hmacSecretFormVariableKey") for value in signing if isinstance(value, dict)}
    return Mentioned(frozenset(parts | {key for key in keys if isinstance(key, str)}), frozenset(found))
