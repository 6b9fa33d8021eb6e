"""The row of an integration on LaunchDarkly's Integrations page."""

from dataclasses import dataclass

from toolkit.integration import Manifest
from toolkit.preview.icons import IconView, icons
from toolkit.preview.markdown import clipped
from toolkit.preview.view import View

ADD, LEARN, CONFIGURE = "Add integration", "Learn more", "Configure"
_SHORT = 300
_CONFIGURED = ("auditLogEventsHook", "eventsHook", "featureStore", "bigSegmentStore", "flagImport", "flagCleanup")
_OUTSIDE = ("externalConfigurationURL", "externalConfigurationPages", "internalConfigurationURL")


@dataclass(frozen=True)
class Button:
    """What is at the right of a row; ``unsure`` says what is inferred about it."""

    label: str
    unsure: str = ""


@dataclass(frozen=True)
class Row:
    """A row; ``columns`` are those of the table that it expands to, empty where it has none."""

    title: str
    overview: str
    square: IconView
    button: Button
    columns: tuple[str, ...]
    hidden: bool


def row(view: View) -> Row:
    """The row of the integration of a view."""
    manifest = view.manifest
    return Row(
        title=clipped(title(view), _SHORT),
        overview=clipped(manifest.text("/overview"), _SHORT),
        square=icons(view.integration, view.findings)["square"],
        button=button(manifest),
        columns=_columns(manifest),
        hidden=manifest.flag("/hideOnIntegrationsPage"),
    )


def title(view: View) -> str:
    """The name as customers read it: a lone trigger has the word behind it."""
    capabilities = view.manifest.object("/capabilities")
    return f"{view.integration.title} trigger" if list(capabilities) == ["trigger"] else view.integration.title


def button(manifest: Manifest) -> Button:
    """The button of a row, by what there is to configure."""
    held = manifest.object("/capabilities")
    if any(name in held for name in _OUTSIDE):
        return Button(ADD, "it leads out of this page; what it says is not documented")
    if manifest.has("/legacy"):
        return Button(ADD, "LaunchDarkly has a form of its own for it")
    if manifest.flag("/requiresOAuth") and "approval" in held and not manifest.list("/formVariables"):
        return Button(CONFIGURE)
    if manifest.list("/formVariables") or any(name in held for name in _CONFIGURED):
        return Button(ADD)
    return Button(LEARN, "" if not held else "it has nothing to fill in")


def is_learn_more(manifest: Manifest) -> bool:
    """Whether the row leads to an explanation in place of a form."""
    return button(manifest).label == LEARN


def _columns(manifest: Manifest) -> tuple[str, ...]:
    if is_learn_more(manifest):
        return ()
    if any(manifest.has(f"/capabilities/{name}") for name in ("auditLogEventsHook", "eventsHook")):
        return ("Success events", "Most recent success", "Errors", "Most recent error")
    return ("Status",)
