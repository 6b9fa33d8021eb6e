"""The template files of hooks, as the official tests judge them, and whether they are where they should be."""

from collections.abc import Iterator
from functools import lru_cache

from toolkit.finding import Place, Problem, Severity
from toolkit.integration import Integration, Kind, Manifest, Template
from toolkit.integration.templates import EVENTS, HOOK, IMPORT, Named, named
from toolkit.json_text import JsonSyntaxError
from toolkit.rules.expressions import untestable
from toolkit.rules.json_output import fault, is_blank, origin
from toolkit.rules.patches import CONTENT, ENDPOINT, capability, hook
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import GOOD, hook_with

NEVER_BLANK = ("validation", "member")
"""The kinds of templates that the official tests want to make some text."""
JSON_TESTED = ("flag", "project", "environment", "default", "member")
"""The kinds whose JSON the official tests read."""
_REVERTED = {"measuredRolloutReverted": "templates/reverted.json.hbs"}
_FLAG = "templates/flag.json.hbs"


@rule(Severity.error, {**hook_with(flag=GOOD), _FLAG: None}, gate="tests")
def template_file(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The template files named by an audit log hook exist.

    Paths are relative to the integration's directory, and letter case matters.
    """
    yield from _missing(manifest, integration, HOOK)


@rule(
    Severity.error,
    capability("eventsHook", {"endpoint": {**ENDPOINT, "headers": [CONTENT]}, "templates": _REVERTED}),
)
def template_file_elsewhere(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The template files named by other capabilities exist too.

    The official tests check audit log hooks only.
    """
    yield from _missing(manifest, integration, EVENTS, IMPORT)


def _missing(manifest: Manifest, integration: Integration, *hooks: str) -> Iterator[Problem]:
    for one in named(manifest, *hooks):
        file = integration.file(one.path)
        if not integration.exists(one.path):
            yield Problem(manifest.at(one.pointer), f"{one.path} does not exist", _nearest(one, integration))
        elif file and file.kind is not Kind.file:
            yield Problem(manifest.at(one.pointer), f"{one.path} is {file.kind.value}", "name a file")


def _nearest(one: Named, integration: Integration) -> str:
    from difflib import get_close_matches

    near = get_close_matches(one.path, [path for path in integration.files if path.endswith(".hbs")], n=1)
    return f"did you mean `{near[0]}`?" if near else "add the file"


@rule(
    Severity.error,
    {
        **hook(useStandardWebhookPayload=None, templates={"flag": "../acme/flag.json.hbs"}),
        "../acme/flag.json.hbs": b"{}",
    },
)
def template_inside(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The path of a template stays inside the integration's directory.

    A pull request contains only that directory. The official tests follow `..` and let it pass.
    """
    for one in named(manifest):
        if integration.inside(one.path) is None:
            yield Problem(manifest.at(one.pointer), f"{one.path} leads out of the directory", f"name it as {_FLAG}")


@rule(
    Severity.error,
    hook_with(flag=GOOD.replace("plainText", "text")),
    hook_with(flag=GOOD.replace("}}}", "}}")),
    hook_with(flag=GOOD.replace("{{{title", "{{{upper title")),
    gate="tests",
)
def template_renders(template: Template) -> Iterator[Problem]:
    """The templates of an audit log hook can be rendered.

    The official tests render each with one event of its kind, in strict mode: a variable that is printed must exist.
    Guard what may be missing, as in `{{#if comment}}{{{comment}}}{{/if}}`.
    """
    if template.is_file:
        yield from untestable(template)


@rule(Severity.error, hook_with(flag=GOOD.replace('"\n', '",\n')), gate="tests")
def template_json(template: Template) -> Iterator[Problem]:
    """A template whose name ends in `.json` or `.json.hbs` produces JSON.

    The official tests render it with one event of its kind. All strings of the event are escaped for JSON first, so
    `"{{{title.plainText}}}"` is right whatever the title contains.
    """
    places = {origin(template, template.context(event), error.offset): error for event, error in no_json(template)}
    for at, error in places.items():
        yield Problem(template.at(at, at + 1), f"the result is not JSON: {error}", error.help)


@lru_cache(maxsize=64)
def no_json(template: Template) -> tuple[tuple[str, JsonSyntaxError], ...]:
    """The events with which the official tests read what a template makes as JSON, in vain, and why."""
    names = dict.fromkeys(use.tested for use in template.tested if template.json and use.kind in JSON_TESTED)
    made = ((name, template.output(name).text) for name in names)
    return tuple((name, error) for name, text in made if text is not None and (error := fault(text)))


@rule(Severity.error, hook_with(flag=GOOD, validation="\n"), gate="tests")
def template_blank(template: Template) -> Iterator[Problem]:
    """The templates for `validation` and `member` produce some text.

    LaunchDarkly does not send an event whose template produces nothing.
    """
    for use in template.tested:
        made = template.output(use.tested).text
        if use.kind in NEVER_BLANK and made is not None and is_blank(made):
            yield Problem(
                template.at(), f"the {use.kind} template produces no text", "write what LaunchDarkly should send"
            )


@rule(
    Severity.error,
    {**hook(templates={"flag": _FLAG}), _FLAG: GOOD},
    gate="tests",
)
def standard_payload(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A hook with the standard payload has no templates.

    With `"useStandardWebhookPayload": true` LaunchDarkly sends its own JSON and reads no template. The official tests
    require that `templates` is empty and that there is no directory of that name.
    """
    if not manifest.flag(f"{HOOK}/useStandardWebhookPayload"):
        return
    for one in named(manifest, HOOK):
        yield Problem(
            manifest.at(one.pointer),
            "the standard payload is used, not this template",
            "remove the template, or useStandardWebhookPayload",
        )
    if "templates" in integration.files and not any(named(manifest, HOOK)):
        yield Problem(Place("templates"), "the standard payload is used, not these templates", "remove the directory")
