"""Finds every template of an integration, with what LaunchDarkly uses it for."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from toolkit import events
from toolkit.integration import contexts
from toolkit.integration.contexts import Arrange
from toolkit.integration.files import File
from toolkit.integration.form_variable import ENVIRONMENT, STORE
from toolkit.integration.manifest import Manifest
from toolkit.integration.template import Role, Template, Use
from toolkit.json_text import join

HOOK = "/capabilities/auditLogEventsHook"
EVENTS = "/capabilities/eventsHook"
IMPORT = "/capabilities/flagImport"
APPROVAL = "/capabilities/approval"
FEATURES = "/capabilities/featureStore"
BUTTON = "/capabilities/buttonAction"
SEGMENT = "/capabilities/syncedSegment"
LINK = "/capabilities/flagLink"
_LATER = ("statusRequest", "postApplyRequest", "deletionRequest")
_NOTHING = (events.APPROVAL,)
"""The data of a template that gets none, or those of an approval."""
_EVERY = tuple(name for some in events.CHANGES.values() for name in some)
Find = Callable[[str], File | None]


class Named(NamedTuple):
    """A template file that the manifest names at ``pointer``."""

    pointer: str
    kind: str
    path: str


def named(manifest: Manifest, *hooks: str) -> Iterator[Named]:
    """The template files that these capabilities name, an empty path left out."""
    for hook in hooks or (HOOK, EVENTS, IMPORT):
        for kind, path in manifest.object(f"{hook}/templates").items():
            if isinstance(path, str) and path:
                yield Named(join(f"{hook}/templates", kind), kind, path)


def makes_json(path: str) -> bool:
    """Whether a template file is to make JSON, by its name."""
    return path.lower().endswith((".json", ".json.hbs"))


def templates(manifest: Manifest, find: Find) -> Iterator[Template]:
    """Every template: files that can be read, each once, then the strings of the manifest that LaunchDarkly renders."""
    yield from _files(manifest, find)
    yield from _hooks(manifest)
    yield from _approval(manifest)
    yield from _store(manifest)
    yield from _button(manifest)
    yield from _texts(manifest)
    for variable in manifest.form_variables:
        arrange = {ENVIRONMENT: contexts.environment_endpoint, STORE: contexts.store_endpoint}.get(variable.list)
        endpoint = f"{variable.pointer}/dynamicOptions/endpoint"
        yield from _endpoint(manifest, endpoint, _NOTHING, arrange or contexts.form_endpoint)


def _files(manifest: Manifest, find: Find) -> Iterator[Template]:
    for hook, arrange in ((HOOK, contexts.hook_body), (EVENTS, contexts.hook_body), (IMPORT, contexts.open_context)):
        uses: dict[tuple[str, bool], list[Use]] = {}
        for pointer, kind, path in named(manifest, hook):
            file = find(path)
            if file and file.readable:
                use = Use(kind, manifest.at(pointer), *_delivered(manifest, hook, kind))
                uses.setdefault((file.path, makes_json(path)), []).append(use)
        for (path, json), all_uses in uses.items():
            if file := find(path):
                known = _EVERY if hook == HOOK else tuple(name for use in all_uses for name in use.events)
                yield Template(file.source, file.at(), "body", json, tuple(all_uses), known, arrange, manifest)


def _delivered(manifest: Manifest, hook: str, kind: str) -> tuple[tuple[str, ...], str]:
    """The events that a template of this kind gets, and the one that the official tests render it with."""
    if hook == EVENTS:
        return tuple(events.ROLLOUTS[key] for key in events.ROLLOUTS if key == kind), ""
    if hook == IMPORT:
        return _NOTHING, ""
    if kind == "default":
        own = {one.kind for one in named(manifest, HOOK)}
        names = tuple(name for kind, some in events.CHANGES.items() if kind not in own for name in some)
    else:
        names = events.CHANGES.get(kind, ("environment-updated",) if kind == "validation" else ())
    return names, events.TESTED.get(kind, "")


def _hooks(manifest: Manifest) -> Iterator[Template]:
    tested = events.TESTED["flag"]
    yield from _endpoint(manifest, f"{HOOK}/endpoint", _EVERY, contexts.hook_endpoint, tested)
    yield from _endpoint(manifest, f"{EVENTS}/endpoint", tuple(events.ROLLOUTS.values()), contexts.hook_endpoint)


def _approval(manifest: Manifest) -> Iterator[Template]:
    bodies: dict[str, Arrange] = {
        "creationRequest": contexts.approval_body,
        "postApplyRequest": contexts.later_body,
        "deletionRequest": contexts.later_body,
    }
    endpoints: dict[str, Arrange] = {
        "creationRequest": contexts.creation_endpoint,
        "memberListRequest": contexts.environment_endpoint,
    } | dict.fromkeys(_LATER, contexts.approval_endpoint)
    for name, arrange in endpoints.items():
        request = f"{APPROVAL}/{name}"
        yield from _endpoint(manifest, f"{request}/endpoint", _NOTHING, arrange)
        yield from _string(manifest, f"{request}/jsonBody", "body", _NOTHING, bodies.get(name, contexts.open_context))
        link = f"{request}/parser/urlTemplate"
        yield from _string(manifest, link, "url", _NOTHING, contexts.approval_endpoint)


def _store(manifest: Manifest) -> Iterator[Template]:
    for name in ("validationRequest", "featureStoreRequest"):
        yield from _endpoint(manifest, f"{FEATURES}/{name}/endpoint", _NOTHING, contexts.store_endpoint)
    for name in ("payloadPrefix", "payloadSuffix"):
        pointer = f"{FEATURES}/featureStoreRequest/{name}"
        yield from _string(manifest, pointer, "text", _NOTHING, contexts.store_payload)


def _button(manifest: Manifest) -> Iterator[Template]:
    yield from _endpoint(manifest, f"{BUTTON}/actionRequest/endpoint", _NOTHING, contexts.form_endpoint)
    for index, body in enumerate(manifest.list(f"{BUTTON}/requestBodyTemplates")):
        names = body.get("requiredContext") if isinstance(body, dict) else None
        context = contexts.required(str(name) for name in (names if isinstance(names, list) else ()))
        pointer = f"{BUTTON}/requestBodyTemplates/{index}/jsonBody"
        yield from _string(manifest, pointer, "body", _NOTHING, context)


def _texts(manifest: Manifest) -> Iterator[Template]:
    """What is shown or answered: the words of a flag link, the answer to a synced segment."""
    yield from _string(manifest, f"{SEGMENT}/jsonResponseBody", "body", events.SEGMENTS, contexts.segment_answer)
    for pointer in link_texts(manifest):
        role: Role = "url" if pointer.endswith(("/url", "/sourceUrl")) else "text"
        yield from _string(manifest, pointer, role, _NOTHING, contexts.flag_link, events.APPROVAL)


def link_texts(manifest: Manifest) -> Iterator[str]:
    """Pointers to the strings of a flag link that the official tests render."""
    blocks = f"{LINK}/uiBlocks"
    yield from (f"{blocks}/image/sourceUrl", f"{blocks}/name", f"{blocks}/description")
    for block in ("title", "context"):
        for index in range(len(manifest.list(f"{blocks}/{block}/elements"))):
            yield from (f"{blocks}/{block}/elements/{index}/{name}" for name in ("text", "url"))


def _endpoint(
    manifest: Manifest, pointer: str, names: tuple[str, ...], arrange: Arrange, tested: str = ""
) -> Iterator[Template]:
    yield from _string(manifest, f"{pointer}/url", "url", names, arrange, tested)
    for index in range(len(manifest.list(f"{pointer}/headers"))):
        yield from _string(manifest, f"{pointer}/headers/{index}/value", "header", names, arrange, tested)


def _string(
    manifest: Manifest,
    pointer: str,
    role: Role,
    names: tuple[str, ...],
    arrange: Arrange,
    tested: str = "",
) -> Iterator[Template]:
    text: Any = manifest.get(pointer)
    if isinstance(text, str):
        place = manifest.at(pointer)
        use = Use(pointer.rpartition("/")[2], place, names, tested)
        yield Template(text, place, role, role == "body", (use,), names, arrange, manifest)
