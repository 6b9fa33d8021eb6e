"""The panel that a customer fills in, and what is stored without anybody knowing where it shows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.integration.pointers import FORM, STORE_FORM
from toolkit.preview.fields import Field
from toolkit.preview.form import form, problems
from toolkit.preview.icons import IconView, icons
from toolkit.preview.markdown import clipped, inline
from toolkit.preview.row import is_learn_more, row
from toolkit.preview.view import View

_CLEANUP = "/capabilities/flagCleanup/formVariables"
_HOOK = "/capabilities/auditLogEventsHook"
_STORED = (
    ("Website", "/links/site"),
    ("LaunchDarkly documentation", "/links/launchdarklyDocs"),
    ("Privacy policy", "/links/privacyPolicy"),
    ("Support website", "/links/supportWebsite"),
    ("Support email", "/supportEmail"),
    ("Author", "/author"),
    ("Version", "/version"),
)


@dataclass(frozen=True)
class Panel:
    """The panel in the order of its parts. ``environment`` and the like tell whether a part is there.

    ``policy`` is the JSON of the default policy, ``connect`` the label of the button for OAuth.
    """

    title: str
    horizontal: IconView
    description: Markup
    has_html: bool
    details: Markup
    learn_more: bool
    environment: bool
    connect: str
    fields: tuple[Field, ...]
    additional: bool
    policy: str
    has_policy: bool
    validates: bool
    problems: tuple[str, ...]
    note: str


def panel(view: View) -> Panel:
    """The panel of the integration of a view."""
    manifest, description = view.manifest, view.manifest.text("/description")
    name, verb = clipped(view.integration.title, 300), "Edit" if view.choices.editing else "Create"
    held = manifest.object("/capabilities")
    fields = form(view, FORM, STORE_FORM, _CLEANUP)
    learn_more = is_learn_more(manifest)
    return Panel(
        title=name if learn_more else f"{verb} {name} configuration",
        horizontal=icons(view.integration, view.findings)["horizontal"],
        description=inline(description),
        has_html="<" in description,
        details=inline(manifest.text("/details")),
        learn_more=learn_more,
        environment="featureStore" in held or "bigSegmentStore" in held,
        connect=f"Connect to {name}" if manifest.flag("/requiresOAuth") else "",
        fields=fields,
        additional=manifest.flag("/capabilities/approval/allowAdditionalApprovalFormVariables"),
        policy=_policy(view),
        has_policy="auditLogEventsHook" in held,
        validates=manifest.has(f"{_HOOK}/templates/validation")
        or manifest.has("/capabilities/featureStore/validationRequest"),
        problems=tuple(problems(fields)) if view.choices.saving else (),
        note=row(view).button.unsure,
    )


def stored(view: View) -> Iterator[tuple[str, str]]:
    """What the manifest holds beside that, with its name: nobody has documented where the app shows it."""
    manifest = view.manifest
    for label, pointer in _STORED:
        if text := manifest.text(pointer):
            yield label, clipped(text, 300)
    if categories := [text for text in manifest.list("/categories") if isinstance(text, str)]:
        yield "Categories", clipped(", ".join(categories), 300)


def _policy(view: View) -> str:
    policy = view.manifest.list(f"{_HOOK}/defaultPolicy")
    return clipped(json.dumps(policy, indent=2, ensure_ascii=False)) if policy else ""
