"""The rules: one folder a room, one function a rule. Pure: a subject in, problems out.

A room's name is a selector: ``--select icons`` means all its rules.
"""

from toolkit.rules.catalog import Catalog
from toolkit.rules.registry import Rule

ROOMS: dict[str, dict[str, str]] = {
    "manifest": {
        "schema": "manifest",
        "identity": "manifest text",
        "categories": "manifest",
        "links": "link visit",
        "pages": "link manifest",
        "duplicates": "manifest",
    },
    "wording": {
        "sentences": "manifest text",
        "spelling": "text",
        "names": "manifest text",
        "typography": "manifest text",
        "placeholders": "integration",
    },
    "form": {
        "types": "form_variable",
        "fields": "form_variable",
        "options": "form_variable",
        "dependencies": "manifest",
    },
    "capabilities": {
        "general": "manifest",
        "hooks": "manifest",
        "approvals": "manifest",
        "segments": "manifest",
        "flag_links": "manifest template",
        "stores": "manifest",
        "oauth": "manifest",
        "metrics": "json_file",
    },
    "readme": {
        "content": "manifest readme",
        "links": "link readme",
        "samples": "readme",
        "requests": "readme",
    },
    "requests": {
        "endpoints": "endpoint manifest template",
        "hosts": "integration",
        "headers": "endpoint template",
        "authorization": "integration",
        "signatures": "endpoint",
        "responses": "manifest",
        "akamai": "manifest",
    },
    "parsers": {
        "pointers": "manifest",
        "patterns": "manifest",
    },
    "policies": {
        "statements": "integration",
        "resources": "statement",
        "actions": "statement",
    },
    "templates": {
        "files": "manifest",
        "rendering": "template",
        "variables": "manifest template",
        "printed": "integration",
        "helpers": "manifest template",
        "json": "template",
        "escaping": "template",
    },
    "icons": {
        "paths": "manifest",
        "safety": "svg",
        "shape": "icon svg",
        "pixels": "icon svg",
    },
    "files": {
        "json": "integration",
        "paths": "manifest",
        "hygiene": "integration",
        "whitespace": "file",
        "secrets": "file",
        "generated": "integration",
    },
}
"""The modules of rules by room, each with its subjects: where an integration has none of them, it is not imported."""

RULES = Catalog(ROOMS)
"""Every rule by its id, in the order of ROOMS."""

__all__ = ["ROOMS", "RULES", "Rule"]
