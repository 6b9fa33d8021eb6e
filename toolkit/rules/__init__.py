"""The rules: one module per subject, one function per rule. Pure: a subject in, problems out."""

from importlib import import_module

from toolkit.rules.registry import RULES, Rule

MODULES = (
    "manifest",
    "metrics",
    "wording",
    "identity",
    "spelling",
    "typography",
    "links",
    "placeholders",
    "icons",
    "icon_safety",
    "icon_shape",
    "form_variables",
    "form",
    "form_fields",
    "form_options",
    "capabilities",
    "flag_links",
    "card",
    "categories",
    "oauth",
    "endpoints",
    "headers",
    "authorization",
    "signatures",
    "hooks",
    "approvals",
    "parsers",
    "pointers",
    "synced_segments",
    "policies",
    "expressions",
    "templates",
    "variables",
    "dialect",
    "payloads",
    "escaping",
    "responses",
    "akamai",
    "readme",
    "readme_text",
    "files",
    "secrets",
    "icon_pixels",
)
"""The modules that hold rules; each registers its own when it is imported."""

for _module in MODULES:
    import_module(f"toolkit.rules.{_module}")

__all__ = ["MODULES", "RULES", "Rule"]
