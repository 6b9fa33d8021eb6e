"""Finds every template of an integration, with what LaunchDarkly uses it for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from toolkit import events
from toolkit.integration import contexts
from toolkit.integration.contexts import Arrange
from toolkit.integration.fields import Field, Role
from toolkit.integration.files import File
from toolkit.integration.manifest import Manifest
from toolkit.integration.pointers import (
    APPROVAL as APPROVAL,
)
from toolkit.integration.pointers import (
    APPROVAL_FORM,
    AUDIT_LOG_HOOK,
    BUTTON_ACTION,
    ENVIRONMENT_FORM,
    EVENTS_HOOK,
    FEATURE_STORE,
    FLAG_IMPORT,
    LINK_BLOCKS,
    SYNCED_SEGMENT,
)
from toolkit.integration.template import Makes, Template, Use
from toolkit.json_text import join
from toolkit.text import nearest

if TYPE_CHECKING:
    from toolkit.integration.integration import Integration

Find = Callable[[str], File | None]
_NOTHING = (events.APPROVAL,)
"""The data of a template that gets none, or those of an approval."""
_EVERY = tuple(name for some in events.CHANGES.values() for name in some)
_ROLLOUTS = tuple(events.ROLLOUTS.values())
_MAKES: dict[Role, Makes] = {
    "url-template": "url",
    "header-template": "header",
    "body-template": "body",
    "text-template": "text",
}
"""What a template in the manifest makes, by the role of its field."""


class NamedFile(NamedTuple):
    """A template file that the manifest names at ``pointer``."""

    pointer: str
    kind: str
    path: str


def named(manifest: Manifest, *hooks: str) -> Iterator[NamedFile]:
    """The template files that these capabilities name, an empty path left out."""
    lists = {field.pointer: field.value for field in manifest.fields("template-files")}
    for pointer in [f"{hook}/templates" for hook in hooks] or lists:
        files = lists.get(pointer)
        for kind, path in files.items() if isinstance(files, dict) else ():
            if isinstance(path, str) and path:
                yield NamedFile(join(pointer, kind), kind, path)


def proposed_template(path: str, integration: Integration) -> str:
    """The template file that was probably meant by the path of one that does not exist."""
    return nearest(path, (other for other in integration.files if other.endswith((".hbs", ".handlebars"))))


def proposed_templates(integration: Integration) -> Iterator[str]:
    """The template files that stand in for those that do not exist."""
    for one in named(integration.manifest) if integration.manifest else ():
        if not integration.exists(one.path):
            yield proposed_template(one.path, integration)


def makes_json(path: str) -> bool:
    """Whether a template file is to make JSON, by its name."""
    return path.lower().endswith((".json", ".json.hbs"))


def templates(manifest: Manifest, find: Find) -> Iterator[Template]:
    """Every template: files that can be read, each once, then the strings of the manifest that LaunchDarkly renders."""
    yield from _files(manifest, find)
    for role, makes in _MAKES.items():
        for text in manifest.fields(role):
            if isinstance(text.value, str):
                yield _string(manifest, text, makes)


def _files(manifest: Manifest, find: Find) -> Iterator[Template]:
    for hook, arrange in _HOOKS.items():
        uses: dict[tuple[str, bool], list[Use]] = {}
        for pointer, kind, path in named(manifest, hook):
            file = find(path)
            if file and file.readable:
                use = Use(kind, manifest.at(pointer), *_delivered(manifest, hook, kind))
                uses.setdefault((file.path, makes_json(path)), []).append(use)
        for (path, json), all_uses in uses.items():
            if file := find(path):
                known = _EVERY if hook == AUDIT_LOG_HOOK else tuple(name for use in all_uses for name in use.events)
                yield Template(file.source, file.at(), "body", json, tuple(all_uses), known, arrange, manifest)


_HOOKS: dict[str, Arrange] = {
    AUDIT_LOG_HOOK: contexts.hook_body,
    EVENTS_HOOK: contexts.hook_body,
    FLAG_IMPORT: contexts.open_context,
}
"""What the files are rendered with that each capability names."""


def _delivered(manifest: Manifest, hook: str, kind: str) -> tuple[tuple[str, ...], str]:
    """The events that a template of this kind gets, and the one that the official tests render it with."""
    if hook == EVENTS_HOOK:
        return tuple(events.ROLLOUTS[key] for key in events.ROLLOUTS if key == kind), ""
    if hook == FLAG_IMPORT:
        return _NOTHING, ""
    if kind == "default":
        own = {one.kind for one in named(manifest, AUDIT_LOG_HOOK)}
        names = tuple(name for kind, some in events.CHANGES.items() if kind not in own for name in some)
    else:
        names = events.CHANGES.get(kind, ("environment-updated",) if kind == "validation" else ())
    return names, events.TESTED.get(kind, "")


class Rendering(NamedTuple):
    """What a template in the manifest is rendered with: how its data are arranged, which they are, which are tested."""

    arrange: Arrange
    events: Sequence[str] = _NOTHING
    tested: str = ""


_RENDERINGS = {
    f"{AUDIT_LOG_HOOK}/endpoint": Rendering(contexts.hook_endpoint, _EVERY, events.TESTED["flag"]),
    f"{EVENTS_HOOK}/endpoint": Rendering(contexts.hook_endpoint, _ROLLOUTS),
    f"{APPROVAL}/creationRequest/endpoint": Rendering(contexts.creation_endpoint),
    f"{APPROVAL}/creationRequest/jsonBody": Rendering(contexts.approval_body),
    f"{APPROVAL}/postApplyRequest/jsonBody": Rendering(contexts.later_body),
    f"{APPROVAL}/deletionRequest/jsonBody": Rendering(contexts.later_body),
    f"{APPROVAL}/statusRequest/jsonBody": Rendering(contexts.open_context),
    f"{APPROVAL}/memberListRequest/jsonBody": Rendering(contexts.open_context),
    f"{APPROVAL}/memberListRequest/endpoint": Rendering(contexts.environment_endpoint),
    ENVIRONMENT_FORM: Rendering(contexts.environment_endpoint),
    APPROVAL_FORM: Rendering(contexts.form_endpoint),
    APPROVAL: Rendering(contexts.approval_endpoint),
    f"{FEATURE_STORE}/featureStoreRequest/payload": Rendering(contexts.store_payload),
    FEATURE_STORE: Rendering(contexts.store_endpoint),
    SYNCED_SEGMENT: Rendering(contexts.segment_answer, events.SEGMENTS),
    LINK_BLOCKS: Rendering(contexts.flag_link, _NOTHING, events.APPROVAL),
    "": Rendering(contexts.form_endpoint),
}
"""How the templates are rendered whose pointer begins so; the first that fits counts."""
_BUTTON_BODIES = f"{BUTTON_ACTION}/requestBodyTemplates/"


def _rendering(manifest: Manifest, pointer: str) -> Rendering:
    if not pointer.startswith(_BUTTON_BODIES):
        return next(rendering for begin, rendering in _RENDERINGS.items() if pointer.startswith(begin))
    names = manifest.list(f"{pointer.rpartition('/')[0]}/requiredContext")
    return Rendering(contexts.required(map(str, names)))


def _string(manifest: Manifest, text: Field[str], makes: Makes) -> Template:
    arrange, names, tested = _rendering(manifest, text.pointer)
    place = manifest.at(text.pointer)
    use = Use(text.key, place, tuple(names), tested)
    return Template(text.value, place, makes, makes == "body", (use,), tuple(names), arrange, manifest)
