"""The elements of a drawing as a graph: what each contains, and what it refers to in order to draw it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.references import MAX_RULES
from toolkit.svg.vocabulary import ANIMATIONS

MAX_REFERENCES = 50_000

_NOT_DRAWN = ANIMATIONS | {"a", "animateMotion", "mpath", "view", "cursor", "style"}
"""Elements that refer to others without drawing them."""


class Edge(NamedTuple):
    """To the element with the number ``target``.

    ``key`` is the attribute that refers to it, ``class`` for a style sheet, and None where the element is contained.
    ``certain`` unless a selector may not select the element at all.
    """

    target: int
    key: str | None
    certain: bool = True


class Graph(NamedTuple):
    """For every element, by its number, the edges that leave it; ``complete`` unless there are over MAX_REFERENCES."""

    edges: list[list[Edge]]
    complete: bool


def graph(document: SvgDocument) -> Graph:
    """The graph of a document."""
    edges: list[list[Edge]] = [[] for _ in document.elements]
    for element in document.elements[1:]:
        edges[element.parent].append(Edge(element.number, None))
    left = MAX_REFERENCES
    for number, edge in _references(document):
        edges[number].append(edge)
        left -= 1
        if not left:
            return Graph(edges, complete=False)
    return Graph(edges, len(document.references.in_sheets) <= MAX_RULES)


def _references(document: SvgDocument) -> Iterator[tuple[int, Edge]]:
    found = document.references
    for reference in found.all:
        element = document.elements[reference.element]
        if reference.name in found.ids and element.name.local not in _NOT_DRAWN:
            yield element.number, Edge(found.ids[reference.name], reference.key)
    targets: defaultdict[str, dict[Edge, None]] = defaultdict(dict)
    for rule in found.in_sheets:
        if rule.name in found.ids:
            targets[rule.selector][Edge(found.ids[rule.name], "class", rule.certain)] = None
    for element in document.elements if targets else ():
        for selector in _selectors(element):
            for edge in targets.get(selector, ()):
                yield element.number, edge


def _selectors(element: Element) -> set[str]:
    """The simple selectors that select an element."""
    classes = (f".{name}" for name in (element.get("class") or "").split())
    return {element.name.local, f"#{element.get('id') or ''}", "*", *classes}
