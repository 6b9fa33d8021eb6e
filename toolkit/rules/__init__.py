"""The rules: one folder a room, one function a rule. Pure: a subject in, problems out.

A room's name is a selector: ``--select icons`` means all its rules.
"""

from importlib import import_module

from toolkit.rules.registry import RULES, Rule

ROOMS: dict[str, tuple[str, ...]] = {
    "manifest": ("schema", "identity", "categories", "links", "pages", "duplicates"),
    "wording": ("sentences", "spelling", "names", "typography", "placeholders"),
    "form": ("types", "fields", "options", "dependencies"),
    "capabilities": ("general", "hooks", "approvals", "segments", "flag_links", "stores", "oauth", "metrics"),
    "readme": ("content", "links", "samples", "requests"),
    "requests": ("endpoints", "hosts", "headers", "authorization", "signatures", "responses", "akamai"),
    "parsers": ("pointers", "patterns"),
    "policies": ("statements", "resources", "actions"),
    "templates": ("files", "rendering", "variables", "printed", "helpers", "json", "escaping"),
    "icons": ("paths", "safety", "shape", "pixels"),
    "files": ("json", "paths", "hygiene", "secrets", "generated"),
}
"""The modules of rules by room; each registers its own when it is imported."""

for _room, _modules in ROOMS.items():
    for _module in _modules:
        import_module(f"toolkit.rules.{_room}.{_module}")
import_module("toolkit.rules.run")

__all__ = ["ROOMS", "RULES", "Rule"]
