"""What draws itself: a reference to the element that it is a part of, over however many steps."""

from collections.abc import Iterator

from toolkit.svg.document import SvgDocument
from toolkit.svg.graph import Edge, graph
from toolkit.svg.violation import Violation, excerpt


def circular_references(document: SvgDocument) -> Iterator[Violation]:
    """The references that close a circle, one for each element that draws itself."""
    if not _may_be_circular(document):
        return
    seen = set[int]()
    for number, edge in _closing(graph(document).edges):
        if edge.target in seen:
            continue
        seen.add(edge.target)
        element, target = document.elements[number], document.elements[edge.target]
        span = document.tag_span(element)
        if edge.key and edge.key in element.attributes:
            span = document.attribute_span(element, edge.key)
        name = excerpt(target.get("id") or "", 40)
        message = f"`{target.name.local}` with the id `{name}` draws itself, over a circle of references"
        yield Violation("circular-reference", *span, message, f"let nothing in `{name}` refer to it")


def _may_be_circular(document: SvgDocument) -> bool:
    """Whether anything that refers is a part of what is referred to, as all of a circle is; errs on the side of yes."""
    found = document.references
    if found.in_sheets:
        return True
    targets = {found.ids[reference.name] for reference in found.all if reference.name in found.ids}
    sources = {reference.element for reference in found.all} if targets else set[int]()
    return any(number in targets for source in sources for number in document.ancestors(source))


def _closing(edges: list[list[Edge]]) -> Iterator[tuple[int, Edge]]:
    """The last reference on each way from the root that comes back to an element which it leads through."""
    entered, left = {0}, set[int]()
    waiting = [(0, iter(edges[0]))]
    taken = list[tuple[int, Edge]]()
    while waiting:
        number, more = waiting[-1]
        edge = next(more, None)
        if edge is None:
            left.add(number)
            waiting.pop()
            if taken:
                taken.pop()
        elif edge.certain and edge.target in entered and edge.target not in left:
            yield (number, edge) if edge.key is not None else next(step for step in reversed(taken) if step[1].key)
        elif edge.certain and edge.target not in entered:
            entered.add(edge.target)
            taken.append((number, edge))
            waiting.append((edge.target, iter(edges[edge.target])))
