"""The template files that capabilities name."""

from collections.abc import Iterator

from toolkit.finding import Place, Problem
from toolkit.integration import Integration, Kind, Manifest
from toolkit.integration.pointers import AUDIT_LOG_HOOK
from toolkit.integration.templates import NamedFile, named, proposed_template
from toolkit.rules.examples import CONTENT, ENDPOINT, TEMPLATE, capability, hook, hook_with
from toolkit.rules.registry import error, rule

_REVERTED = {"measuredRolloutReverted": "templates/reverted.json.hbs"}
_FLAG = "templates/flag.json.hbs"


@rule(
    error,
    bad=[
        {**hook_with(flag=TEMPLATE), _FLAG: None},
        capability("eventsHook", {"endpoint": {**ENDPOINT, "headers": [CONTENT]}, "templates": _REVERTED}),
    ],
    gate="tests",
    unless=("path-outside",),
)
def missing_template(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The template files that a capability names exist.

    Paths are relative to the integration's directory, and letter case matters. The official tests check audit log hooks
    only.
    """
    hooks = {one.pointer for one in named(manifest, AUDIT_LOG_HOOK)}
    for one in named(manifest):
        file, gates = integration.file(one.path), None if one.pointer in hooks else ()
        if not integration.exists(one.path):
            message, help_ = f"{one.path} does not exist", _nearest(one, integration)
        elif file and file.kind is not Kind.file:
            message, help_ = f"{one.path} is {file.kind.value}", "name a file"
            gates = ()
        else:
            continue
        yield Problem(manifest.at(one.pointer), message, help_, gates=gates)


def _nearest(one: NamedFile, integration: Integration) -> str:
    near = proposed_template(one.path, integration)
    return f"did you mean `{near}`?" if near else "add the file"


@rule(error, bad={**hook(templates={"flag": _FLAG}), _FLAG: TEMPLATE}, gate="tests")
def template_with_standard_payload(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A hook with the standard payload has no templates.

    With `"useStandardWebhookPayload": true` LaunchDarkly sends its own JSON and reads no template. The official tests
    require that `templates` is empty and that there is no directory of that name.
    """
    if not manifest.flag(f"{AUDIT_LOG_HOOK}/useStandardWebhookPayload"):
        return
    message = "the standard payload is used, not this template"
    for one in named(manifest, AUDIT_LOG_HOOK):
        yield Problem(manifest.at(one.pointer), message, "remove the template, or useStandardWebhookPayload")
    if "templates" in integration.files and not any(named(manifest, AUDIT_LOG_HOOK)):
        message = "the standard payload is used, not these templates"
        yield Problem(Place("templates"), message, "remove the directory")
