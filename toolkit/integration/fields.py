"""What each field of a manifest is, as ``x-ldit-role`` in its schema says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args

from toolkit.json_text import join
from toolkit.schema.official import ROLE, manifest_schema

Role = Literal[
    "name",  # what something is called
    "sentence",  # one plain sentence
    "label",  # a few plain words
    "prose",  # sentences
    "hint",  # an example of an answer
    "fragment",  # a template for a few words
    "markdown",  # shown as Markdown
    "value",  # a word that programs compare
    "code",  # read by programs, not by people
    "link",  # a web address
    "links",  # an object of web addresses
    "email",  # an e-mail address
    "icon",  # the path of an SVG file
    "form",  # a list of form variables
    "policy",  # a list of role policy statements
    "endpoint",  # where a request goes
    "template-files",  # an object of paths of Handlebars files
    "url-template",  # Handlebars that makes an address
    "header-template",  # Handlebars that makes the value of a header
    "body-template",  # Handlebars that makes JSON
    "text-template",  # Handlebars that makes text
    "pointer",  # a JSON pointer to one value
    "array",  # a JSON pointer to a list
    "item",  # a JSON pointer inside an item of a list
    "pattern",  # a regular expression
]
ROLES: tuple[Role, ...] = get_args(Role)
WORDS: tuple[Role, ...] = ("name", "sentence", "label", "prose", "hint")
"""The roles of what customers read."""
DEEPEST = 200
"""How deep a manifest may be nested for its strings to be looked at."""
V = TypeVar("V")


class Field(NamedTuple, Generic[V]):
    """A value with its JSON pointer; ``path`` is the same with ``*`` for the place in a list."""

    pointer: str
    value: V
    path: str = ""

    @property
    def key(self) -> str:
        """The name of the field, or its place in a list."""
        return self.pointer.rpartition("/")[2]


@dataclass
class _Node:
    """A part of the schema that is of some role, or holds such parts, by key; ``*`` is any item of a list."""

    roles: tuple[Role, ...]
    inside: dict[str, "_Node"] = field(default_factory=dict)


def fields_of(value: Any) -> Mapping[Role, tuple[Field[Any], ...]]:
    """The fields of a manifest by role, in the order of the schema; one of several roles is under each."""
    found: dict[Role, list[Field[Any]]] = {}
    for role, one in _found(_tree(), value, "", ""):
        found.setdefault(role, []).append(one)
    return {role: tuple(fields) for role, fields in found.items()}


def _found(node: _Node, value: Any, pointer: str, path: str) -> Iterator[tuple[Role, Field[Any]]]:
    for role in node.roles:
        yield role, Field(pointer, value, path)
    if isinstance(value, list) and "*" in node.inside:
        for index, item in enumerate(value):
            yield from _found(node.inside["*"], item, f"{pointer}/{index}", f"{path}/*")
    elif isinstance(value, dict):
        for key, inner in node.inside.items():
            if key in value:
                yield from _found(inner, value[key], f"{pointer}/{key}", f"{path}/{key}")


@cache
def _tree() -> _Node:
    return _pruned(manifest_schema()) or _Node(())


def _pruned(schema: dict[str, Any]) -> _Node | None:
    """The parts of a schema that have a role."""
    said = schema.get(ROLE, ())
    roles: tuple[Role, ...] = (said,) if isinstance(said, str) else tuple(said)  # type: ignore[assignment]
    inside = {key: _pruned(part) for key, part in schema.get("properties", {}).items()}
    inside["*"] = _pruned(schema["items"]) if "items" in schema else None
    kept = {key: node for key, node in inside.items() if node}
    return _Node(roles, kept) if roles or kept else None


def strings_in(value: Any, pointer: str = "") -> Iterator[Field[str]]:
    """Every string in a JSON value, with its pointer from ``pointer``; what lies deeper than DEEPEST is left out."""
    todo = [(pointer, value, 0)]
    while todo:
        at, part, depth = todo.pop()
        if isinstance(part, str):
            yield Field(at, part)
        elif isinstance(part, dict | list) and depth < DEEPEST:
            inside = part.items() if isinstance(part, dict) else enumerate(part)
            todo.extend((join(at, key), inner, depth + 1) for key, inner in inside)
