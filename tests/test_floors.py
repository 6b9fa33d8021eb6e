"""The laws of the house: who may import whom, and who may touch what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "toolkit"
FLOORS = (
    (
        "errors",
        "events",
        "finding",
        "go_regexp",
        "json_text",
        "handlebars",
        "install",
        "resources",
        "secrets",
        "svg",
        "text",
        "text_edits",
    ),
    ("integration", "schema", "fork", "metrics"),
    ("rules",),
    ("lint", "fixes", "config", "links", "masking", "baseline", "scaffold", "submit", "examples", "requests"),
    ("reports", "preview"),
    ("cli", "lsp", "__main__"),
)
"""From the ground up: a room may import its own floor and those below."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_an_import_points_down(module: Path) -> None:
    if (here := room(module)) == "__init__":
        return
    assert here in FLOOR, f"{here} has no floor"
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "toolkit" and len(parts) > 1 and parts[1] in FLOOR:
            assert FLOOR[parts[1]] <= FLOOR[here], f"{here} may not import {name}"


@pytest.mark.parametrize(
    ("libraries", "rooms"),
    [
        ({"click"}, {"cli"}),
        ({"urllib3", "requests", "http"}, {"metrics", "links"}),
        ({"socket"}, {"metrics", "links", "preview"}),
        ({"starlette", "uvicorn"}, {"metrics", "preview"}),
        ({"PIL", "resvg_py"}, {"svg", "preview"}),
        ({"tinycss2"}, {"svg"}),
        ({"jsonschema"}, {"schema", "metrics"}),
        ({"jinja2"}, {"scaffold", "preview", "submit", "metrics"}),
    ],
)
def test_a_library_is_used_only_where_it_belongs(libraries: set[str], rooms: set[str]) -> None:
    users = {room(module) for module in MODULES if libraries & {name.split(".")[0] for name in imports(module)}}
    assert users <= rooms


def test_rules_open_nothing() -> None:
    for module in (PACKAGE / "rules").glob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Name)}
        assert not names & {"open", "print", "Path"}, module.name
        assert not {"os", "pathlib", "socket", "subprocess"} & set(imports(module)), module.name
