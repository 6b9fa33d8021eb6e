"""How large a drawing becomes once every reference in it (``use``, patterns, masks, clips) is followed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.svg.css import unescape
from toolkit.svg.embedded import PICTURES
from toolkit.svg.reader import Drawing, Element
from toolkit.svg.vocabulary import STYLED_ATTRIBUTES

_URL = re.compile(r"""url\(\s*["']?#([^"')]+)""", re.IGNORECASE)
COMPOSITED = re.compile(r"url\(|opacity|blend|isolation|mask", re.IGNORECASE)
CSS_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([-\w]+)")
_CEILING = 10**9
PICTURE_LAYERS = 10  # an embedded picture is decoded and scaled each time that it is drawn


class Size(NamedTuple):
    """What is drawn: elements, characters of path data, layers (paint that costs a pass of its own), nesting."""

    elements: int
    path: int
    layers: int
    depth: int

    def within(self, parts: list["Size"]) -> "Size":
        """This element together with everything that it contains or refers to."""
        return Size(
            min(self.elements + sum([p.elements for p in parts]), _CEILING),
            min(self.path + sum([p.path for p in parts]), _CEILING),
            min(self.layers + sum([p.layers for p in parts]), _CEILING),
            self.depth + max([p.depth for p in parts], default=0),
        )


def may_multiply(drawing: Drawing) -> bool:
    """Whether there are enough references for a drawing to grow out of proportion; cheap, errs on the side of yes."""
    text = drawing.text.lower()
    return text.count("url(") + text.count("href") + text.count("&#") + text.count("\\") > 8


def sizes(drawing: Drawing) -> list[Size]:
    """The size of every element as drawn, in document order; a reference back to what refers is not followed."""
    graph = _Graph(drawing)
    done: list[Size | None] = [None] * len(drawing.elements)
    for index in range(len(done)):
        _settle(index, graph, done)
    return [size for size in done if size is not None]


def _settle(start: int, graph: "_Graph", done: list[Size | None]) -> None:
    stack, entered = [start], set[int]()
    while stack:
        index = stack[-1]
        if done[index] is None and index not in entered:
            entered.add(index)
            stack += [edge for edge in graph.edges[index] if done[edge] is None and edge not in entered]
            continue
        stack.pop()
        if done[index] is None:
            done[index] = graph.own[index].within([d for edge in graph.edges[index] if (d := done[edge])])


class _Graph:
    """For every element its own size, and the elements that it contains or refers to."""

    def __init__(self, drawing: Drawing) -> None:
        self.rules = _class_rules(drawing)
        self.edges: list[list[int]] = [[] for _ in drawing.elements]
        self.own: list[Size] = []
        ids = {name: index for index, e in enumerate(drawing.elements) if (name := e.get("id"))}
        for index, element in enumerate(drawing.elements):
            if element.parent >= 0:
                self.edges[element.parent].append(index)
            looks = list(self.looks(element))
            targets = [name for look in looks for name in _URL.findall(look)]
            if element.href.startswith("#"):
                targets.append(element.href[1:])
            self.edges[index] += [ids[name] for name in targets if name in ids]
            path = len(element.get("d") or element.get("points") or "")
            layers = PICTURE_LAYERS if element.name.local in PICTURES else any(map(COMPOSITED.search, looks))
            self.own.append(Size(1, path, layers, 1))

    def looks(self, element: Element) -> Iterator[str]:
        """What paints an element beyond a plain colour: the values that may refer, and the opacities."""
        for name, value in element.attributes.items():
            if name == "style" or (name in STYLED_ATTRIBUTES and "(" in value):
                yield unescape(value)
            elif name.endswith("opacity"):
                yield name
            elif name == "class":
                for item in value.split():
                    yield from self.rules.get(item, ())


def _class_rules(drawing: Drawing) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sheet in drawing.sheets():
        for selector, body in CSS_RULE.findall(unescape(sheet)):
            if COMPOSITED.search(body):
                for name in _CLASS.findall(selector):
                    found[name].append(body)
    return found
