"""The laws of the house: who may import whom, and who may touch what."""

import ast
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from toolkit.rules import ROOMS, RULES

PACKAGE = Path(__file__).parent.parent / "toolkit"
FLOORS = (
    (
        "errors",
        "events",
        "finding",
        "go_regexp",
        "json_text",
        "regex",
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
    (
        "engine",
        "fixes",
        "cache",
        "config",
        "links",
        "masking",
        "baseline",
        "scaffold",
        "submit",
        "examples",
        "requests",
    ),
    ("reports", "preview"),
    ("cli", "lsp", "__main__"),
)
"""From the ground up: a room may import its own floor and those below."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


@cache
def imports(module: Path) -> tuple[str, ...]:
    found = list[str]()
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    return tuple(found)


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
        ({"click", "rich"}, {"cli"}),
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
    for module in (PACKAGE / "rules").rglob("*.py"):
        if module.name == "vocabulary.py":  # reads a table of the package itself
            continue
        names = {node.id for node in ast.walk(parsed(module)) if isinstance(node, ast.Name)}
        assert not names & {"open", "print", "Path"}, module.name
        assert not {"os", "pathlib", "socket", "subprocess"} & set(imports(module)), module.name


def name_of(module: Path) -> str:
    return ".".join(("toolkit", *module.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imported_at_once(module: Path) -> Iterator[str]:
    """What a module imports when it is imported itself: not in a function, and not for types only."""
    waiting: list[ast.AST] = [parsed(module)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        waiting += ast.iter_child_nodes(node)


BY_NAME = {name_of(module): module for module in MODULES}
GRAPH = {name: set(imported_at_once(module)) & BY_NAME.keys() - {name} for name, module in BY_NAME.items()}


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The strongly connected components of more than one node, by Kosaraju's two searches."""
    order, seen = list[str](), set[str]()
    backward: dict[str, set[str]] = {name: {one for one in graph if name in graph[one]} for name in graph}

    def reach(start: str, edges: dict[str, set[str]], found: list[str]) -> None:
        stack = [(start, iter(edges[start]))]
        seen.add(start)
        while stack:
            rest = stack[-1][1]
            following = next((other for other in rest if other not in seen), None)
            if following is None:
                found.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(edges[following])))

    for name in graph:
        if name not in seen:
            reach(name, graph, order)
    seen.clear()
    components = list[set[str]]()
    for name in reversed(order):
        if name not in seen:
            component = list[str]()
            reach(name, backward, component)
            components.append(set(component))
    return [component for component in components if len(component) > 1]


def test_circles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": set(), "f": {"a"}, "g": {"h"}, "h": {"g"}}
    assert sorted(map(sorted, circles(graph))) == [["a", "b", "c"], ["g", "h"]]


def test_no_module_imports_itself_around_a_circle() -> None:
    """A package that gathers what is in it is left out: a module inside may import its neighbors."""
    packages = {name for name, module in BY_NAME.items() if module.name == "__init__.py"}
    graph = {name: others - packages for name, others in GRAPH.items() if name not in packages}
    assert circles(graph) == []


def registers(module: Path) -> bool:
    """Whether a module registers a rule."""
    functions = (node for node in ast.walk(parsed(module)) if isinstance(node, ast.FunctionDef))
    decorators = (ast.unparse(decorator) for function in functions for decorator in function.decorator_list)
    return any(decorator.startswith("rule(") for decorator in decorators)


RULE_MODULES = {name for name, module in BY_NAME.items() if room(module) == "rules" and registers(module)}


def test_the_modules_of_rules_are_those_of_the_rooms() -> None:
    listed = {f"toolkit.rules.{name}.{module}" for name, modules in ROOMS.items() for module in modules}
    assert listed == RULE_MODULES


@pytest.mark.parametrize("name", sorted(RULE_MODULES))
def test_each_rule_of_a_module_is_about_one_of_its_subjects(name: str) -> None:
    _, _, room, module = name.split(".")
    named = set(ROOMS[room][module].split())
    of_rules = [{*rule.subjects} for rule in RULES.of(room) if rule.check.__module__ == name]
    assert named == {"integration"} or all(named & subjects for subjects in of_rules)
    assert named <= set().union(*of_rules)


def test_rules_without_a_subject_are_not_imported() -> None:
    code = """
        import sys
        from toolkit import lint, Integration
        lint(Integration.read("sample-integration"))
        print(*(name for name in sys.modules if name.startswith("toolkit.rules.")))
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    absent = {"form_variable", "endpoint", "statement", "template", "visit"}
    for name in RULE_MODULES:
        _, _, room, module = name.split(".")
        assert (name in imported) == (not absent.issuperset(ROOMS[room][module].split())), name


@pytest.mark.parametrize("name", sorted(RULE_MODULES))
def test_a_module_of_rules_imports_no_other(name: str) -> None:
    assert not {other for other in imports(BY_NAME[name]) if other in RULE_MODULES}


FACTS = (
    "Integration",
    "Manifest",
    "Template",
    "FormVariable",
    "Icon",
    "Svg",
    "Readme",
    "Link",
    "Endpoint",
    "Statement",
)


def cached_by_facts(tree: ast.Module) -> Iterator[str]:
    """The functions of a module that keep results, and the tables at its top, by what one integration holds."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            cached = any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
            kinds = [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
            if cached and any(fact in re.findall(r"\w+", kind) for fact in FACTS for kind in kinds):
                yield node.name
        elif isinstance(node, ast.AnnAssign) and re.match(
            rf"(dict|defaultdict|WeakKeyDictionary|MutableMapping)\[({'|'.join(FACTS)})\b", ast.unparse(node.annotation)
        ):
            yield ast.unparse(node.target)


def test_such_a_cache_is_found() -> None:
    text = """
@lru_cache(maxsize=1)
def known(manifest: Manifest | None) -> int: ...
@cache
def compiled(pattern: str) -> int: ...
_SEEN: dict[Integration, int] = {}
"""
    assert list(cached_by_facts(ast.parse(text))) == ["known", "_SEEN"]


@pytest.mark.parametrize("room", ["rules", "integration"])
def test_no_module_keeps_facts_of_an_integration(room: str) -> None:
    modules = (PACKAGE / room).rglob("*.py")
    found = [f"{m.name}: {name}" for m in modules for name in cached_by_facts(parsed(m))]
    assert found == []
