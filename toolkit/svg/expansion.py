"""How many elements are drawn once every reference in a drawing (``use``, patterns, masks, clips) is followed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from toolkit.svg.css import unescape
from toolkit.svg.drawing import Drawing, Element
from toolkit.svg.vocabulary import STYLED_ATTRIBUTES

CEILING = 10**9
FEW = 8
MAX_REFERENCES = 50_000

_URL = re.compile(r"""url\(\s*["']?#([^"')]+)""", re.IGNORECASE)
_CLASS = re.compile(r"\.([-\w]+)")


def may_multiply(drawing: Drawing) -> bool:
    """Whether there are enough references for a drawing to grow out of proportion; cheap, errs on the side of yes."""
    text = drawing.text
    others = text.count("href") + text.count("&#") + text.count("\\")
    return text.count("(") + others > FEW and text.lower().count("url(") + others > FEW


def drawn(drawing: Drawing) -> list[int]:
    """For every element, in document order, how many are drawn for it: itself, what it contains and refers to.

    A reference back to what refers is not followed, and counting stops at CEILING, as it does with more than
    MAX_REFERENCES.
    """
    edges = _edges(drawing)
    if sum(map(len, edges)) >= MAX_REFERENCES:
        return [CEILING] * len(edges)
    counts = [0] * len(edges)
    for index in range(len(edges)):
        _count(index, edges, counts)
    return counts


def _count(start: int, edges: list[list[int]], counts: list[int]) -> None:
    stack, entered = [start], set[int]()
    while stack:
        index = stack[-1]
        if not counts[index] and index not in entered:
            entered.add(index)
            stack += [edge for edge in edges[index] if not counts[edge] and edge not in entered]
            continue
        stack.pop()
        if not counts[index]:
            counts[index] = min(1 + sum([counts[edge] for edge in edges[index]]), CEILING)


def _edges(drawing: Drawing) -> list[list[int]]:
    """For every element the ones that it contains or refers to, up to MAX_REFERENCES in all."""
    classes = _class_references(drawing)
    ids = {name: index for index, e in enumerate(drawing.elements) if (name := e.get("id"))}
    edges: list[list[int]] = [[] for _ in drawing.elements]
    left = MAX_REFERENCES
    for index, element in enumerate(drawing.elements):
        if element.parent >= 0:
            edges[element.parent].append(index)
        found = list(islice((ids[name] for name in _references(element, classes) if name in ids), left))
        edges[index] += found
        left -= len(found)
    return edges


def _references(element: Element, classes: Mapping[str, set[str]]) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name == "style" or (name in STYLED_ATTRIBUTES and "(" in value):
            yield from _URL.findall(unescape(value))
        elif name == "class":
            for item in set(value.split()):
                yield from classes.get(item, ())
    if element.href.startswith("#"):
        yield element.href[1:]


def _class_references(drawing: Drawing) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in drawing.sheets():
        for rule in unescape(sheet).split("}"):
            selector, _, body = rule.rpartition("{")
            if references := _URL.findall(body):
                for name in _CLASS.findall(selector):
                    found[name].update(references)
    return found
