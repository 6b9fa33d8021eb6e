"""The paths by which the manifest names files."""

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.icon import ROLES
from toolkit.integration.templates import named
from toolkit.rules.examples import TEMPLATE, hook, hook_with
from toolkit.rules.registry import error, rule, warning


class _Named(NamedTuple):
    """A path, where the manifest names it, and how such a path is usually written."""

    pointer: str
    path: str
    usual: str


def _paths(manifest: Manifest) -> Iterator[_Named]:
    for role in ROLES:
        if path := manifest.text(f"/icons/{role}"):
            yield _Named(f"/icons/{role}", path, f"assets/{role}.svg")
    for one in named(manifest):
        yield _Named(one.pointer, one.path, f"templates/{one.kind}.json.hbs")


@rule(
    error,
    bad=[
        {"manifest.json": {"icons": {"square": "../acme/square.svg"}}, "../acme/square.svg": b"<svg/>"},
        {
            **hook(useStandardWebhookPayload=None, templates={"flag": "../acme/flag.json.hbs"}),
            "../acme/flag.json.hbs": b"{}",
        },
    ],
    good={"manifest.json": {"icons": {"square": "./assets/square.svg"}}},
    unless=("missing-icon",),
)
def path_outside(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The paths of icons and templates stay inside the integration's directory.

    A pull request contains only that directory. The official tests follow `..` and let it pass.
    """
    for pointer, path, usual in _paths(manifest):
        if integration.inside(path) is None:
            yield Problem(manifest.at(pointer), f"{path} leads out of the directory", f"name it as {usual}")


@rule(
    warning,
    bad=[
        {"manifest.json": {"icons": {"square": "/assets/square.svg"}}},
        {**hook(useStandardWebhookPayload=None, templates={"flag": "a/../flag.json.hbs"}), "flag.json.hbs": TEMPLATE},
    ],
    good=hook_with(flag=TEMPLATE),
    unless=("missing-icon", "missing-template"),
)
def odd_path(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The paths of icons and templates are plain: no slash in front, no `..`, no backslash.

    They are relative to the integration's directory, and read on other systems than yours. `./` in front is allowed.
    """
    for pointer, path, _usual in _paths(manifest):
        odd = path.startswith("/") or ".." in path.split("/") or "\\" in path
        right = integration.inside(path)
        if odd and right is not None:
            edits = (Edit.json(manifest.at(pointer), right, safe=False),) if right in integration.files else ()
            yield Problem(manifest.at(pointer), f"{path} is not a plain path", f"write `{right}`", edits)
