"""What each capability shows to customers elsewhere in LaunchDarkly's app."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from toolkit import events
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM
from toolkit.json_text import join
from toolkit.preview.form import form
from toolkit.preview.icons import icons
from toolkit.preview.markdown import clipped, inline
from toolkit.preview.row import title
from toolkit.preview.view import View

_LINK = "/capabilities/flagLink"
_TRIGGER = "/capabilities/trigger"
_SEGMENT = "/capabilities/syncedSegment"
Facts = dict[str, Any]


def capabilities(view: View) -> list[tuple[str, Facts]]:
    """The name of each capability with what its picture needs; one without a picture has a ``sentence``."""
    return [(name, facts) for name in view.manifest.object("/capabilities") for facts in _facts(view, name)]


def _facts(view: View, name: str) -> Iterator[Facts]:
    if name in DRAWN:
        yield DRAWN[name](view)
    elif name in SENTENCES:
        yield {"sentence": SENTENCES[name], "value": clipped(view.manifest.text(join("/capabilities", name)), 300)}


def _flag_link(view: View) -> Facts:
    blocks, manifest = f"{_LINK}/uiBlocks", view.manifest
    image = manifest.object(f"{blocks}/image")
    return {
        "icon": icons(view.integration, view.findings)["square"],
        "header": clipped(manifest.text(f"{_LINK}/header"), 300),
        "image": "avatar" if image.get("isAvatar") is True else "icon" if image else "",
        "name": _shown(view, f"{blocks}/name"),
        "title": list(_elements(view, f"{blocks}/title")),
        "linked": manifest.flag(f"{blocks}/title/linkToReference"),
        "description": inline(_shown(view, f"{blocks}/description")),
        "context": list(_elements(view, f"{blocks}/context")),
        "empty_title": clipped(manifest.text(f"{_LINK}/emptyState/title"), 300),
        "empty_text": inline(manifest.text(f"{_LINK}/emptyState/leadText")),
    }


def _elements(view: View, block: str) -> Iterator[Facts]:
    for index, element in enumerate(view.manifest.list(f"{block}/elements")):
        if isinstance(element, dict):
            yield {
                "text": _shown(view, f"{block}/elements/{index}/text"),
                "bold": element.get("isBold") is True,
                "time": element.get("isTimestamp") is True,
                "linked": "url" in element,
            }


def _shown(view: View, pointer: str) -> str:
    return clipped(view.rendered(pointer, events.APPROVAL), 2_000)


def _trigger(view: View) -> Facts:
    manifest = view.manifest
    parser = {"eventName": "event name", "value": "value", "url": "link"}
    return {
        "name": clipped(title(view), 300),
        "documentation": inline(f"[{url}]({url})") if (url := manifest.text(f"{_TRIGGER}/documentation")) else "",
        "default": manifest.text(f"{_TRIGGER}/defaultEventName") or "An alert",
        "read": [(label, path) for key, label in parser.items() if (path := manifest.text(f"{_TRIGGER}/parser/{key}"))],
    }


def _approval(view: View) -> Facts:
    manifest = view.manifest
    return {
        "name": clipped(manifest.text("/capabilities/approval/name") or view.integration.title, 300),
        "configurations": manifest.flag("/capabilities/approval/allowApprovalIntegrationConfigurations"),
        "environment": form(view, ENVIRONMENT_FORM),
        "request": form(view, APPROVAL_FORM),
    }


def _segment(view: View) -> Facts:
    answers = [
        (status, clipped(view.rendered(f"{_SEGMENT}/jsonResponseBody", name)))
        for status, name in zip((200, 400), events.SEGMENTS, strict=True)
    ]
    return {
        "icon": icons(view.integration, view.findings)["square"],
        "answers": answers if view.manifest.has(f"{_SEGMENT}/jsonResponseBody") else [],
    }


def _properties(view: View) -> Facts:
    listed = (one for one in view.manifest.list("/capabilities/reservedCustomProperties") if isinstance(one, dict))
    return {"properties": [(str(one.get("name", "")), inline(str(one.get("description", "")))) for one in listed]}


DRAWN: Mapping[str, Callable[[View], Facts]] = {
    "flagLink": _flag_link,
    "trigger": _trigger,
    "approval": _approval,
    "syncedSegment": _segment,
    "reservedCustomProperties": _properties,
}
"""Capabilities with a picture, each in the template of its name."""
SENTENCES: Mapping[str, str] = {
    "auditLogEventsHook": "Everything that customers see of it is the row with its table, and the panel.",
    "eventsHook": "Everything that customers see of it is the row with its table, and the panel.",
    "featureStore": "One configuration for each environment, made in the panel.",
    "bigSegmentStore": "One configuration for each environment, made in the panel.",
    "flagImport": "An import is started and watched from the Integrations page. Imported flags are off and tagged.",
    "flagCleanup": "Where customers find its button is not documented.",
    "buttonAction": "A request is sent at the click of a button. Where customers find it is not documented.",
    "externalConfigurationURL": "In place of the panel, customers go to",
    "externalConfigurationPages": "In place of the panel, customers go to pages outside of LaunchDarkly.",
    "internalConfigurationURL": "In place of the panel, customers go to this part of LaunchDarkly:",
    "hideConfiguration": "Customers cannot edit configurations in LaunchDarkly.",
}
"""What is known of the other capabilities."""
