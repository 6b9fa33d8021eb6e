"""How many elements are drawn once every reference in a drawing (``use``, patterns, masks, clips) is followed."""

from toolkit.svg.document import SvgDocument
from toolkit.svg.graph import Edge, graph

CEILING = 10**9
FEW = 8


def may_multiply(document: SvgDocument) -> bool:
    """Whether there are enough references for a drawing to grow out of proportion; errs on the side of yes."""
    return len(document.references.all) > FEW or bool(document.references.in_sheets)


def drawn(document: SvgDocument) -> list[int]:
    """For every element, in document order, how many are drawn for it: itself, what it contains and refers to.

    A reference back to what refers is not followed, and counting stops at CEILING, as it does where there are more
    references than a graph holds.
    """
    edges, complete = graph(document)
    if not complete:
        return [CEILING] * len(edges)
    counts = [0] * len(edges)
    for number in range(len(edges)):
        _count(number, edges, counts)
    return counts


def _count(start: int, edges: list[list[Edge]], counts: list[int]) -> None:
    stack, entered = [start], set[int]()
    while stack:
        number = stack[-1]
        if not counts[number] and number not in entered:
            entered.add(number)
            stack += [edge.target for edge in edges[number] if not counts[edge.target] and edge.target not in entered]
            continue
        stack.pop()
        if not counts[number]:
            counts[number] = min(1 + sum([counts[edge.target] for edge in edges[number]]), CEILING)
