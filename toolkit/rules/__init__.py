"""The rules: one module per subject, one function per rule. Pure: a subject in, problems out."""

from toolkit.rules import (
    capabilities,
    files,
    form_variables,
    icons,
    links,
    manifest,
    placeholders,
    readme,
    secrets,
    wording,
)
from toolkit.rules.registry import RULES, Gate, Rule

__all__ = [
    "RULES",
    "Gate",
    "Rule",
    "capabilities",
    "files",
    "form_variables",
    "icons",
    "links",
    "manifest",
    "placeholders",
    "readme",
    "secrets",
    "wording",
]
