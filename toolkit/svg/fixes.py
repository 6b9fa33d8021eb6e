"""Fixes the text of an icon by replacements that keep every other character."""

from collections.abc import Iterator
from operator import itemgetter

from toolkit.regex import regex
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.geometry import Box, Length, frame, placement
from toolkit.svg.names import SVG, name_of
from toolkit.svg.positions import StartTag
from toolkit.svg.vocabulary import INERT_INSTRUCTIONS, INERT_NAMESPACES
from toolkit.text_edits import Replacement as Replacement

_END_OF_LINE = regex(r"[ \t]*\r?(?:\n|\Z)")


def missing_viewbox(document: SvgDocument) -> Box | None:
    """The viewBox that width and height of the root stand for; None where it has one or lacks a size."""
    size = frame(document)
    return None if size.view_box or size.pixels is None else Box(0, 0, *size.pixels)


def add_viewbox(document: SvgDocument) -> list[Replacement]:
    """Gives the root its ``missing_viewbox``, if any."""
    box = missing_viewbox(document)
    return [_attribute(document.start_tag(document.root), "viewBox", str(box))] if box else []


def crop_viewbox(document: SvgDocument, box: Box) -> list[Replacement]:
    """Makes ``box`` the viewBox, and scales width and height with it, so that the drawing keeps its size."""
    size, tag = frame(document), document.start_tag(document.root)
    if size.shape is None:
        return []
    view = size.shape.view
    across, down = box.width / view.width, box.height / view.height
    if size.pixels:
        scale = placement(size.shape, size.pixels[0]).scale
        across, down = box.width * scale[0] / size.pixels[0], box.height * scale[1] / size.pixels[1]
    edits = [_attribute(tag, "viewBox", str(box))]
    for name, length, share in (("width", size.width, across), ("height", size.height, down)):
        if length is not None and length.unit != "%":
            edits.append(_attribute(tag, name, _written(length, share)))
    return edits


def without_editor_metadata(document: SvgDocument) -> list[Replacement]:
    """Removes what editors keep for themselves: metadata, XMP packets, their own elements, attributes, namespaces."""
    edits, end = list[Replacement](), 0
    parts: list[tuple[int, Element | str]] = [(element.offset, element) for element in document.elements]
    for offset, part in sorted([*parts, *document.instructions], key=itemgetter(0)):
        start = document.place(offset)
        if start < end:
            continue
        if isinstance(part, Element) and not _is_metadata(part):
            edits += _own_attributes(document, part)
        elif isinstance(part, Element) or part in INERT_INSTRUCTIONS:
            span = document.element_span(part) if isinstance(part, Element) else document.instruction_span(offset)
            edits.append(cut(document.text, *span))
            end = span.end
    return edits


def cut(text: str, start: int, end: int) -> Replacement:
    """Removes a span, and its line where nothing else stands on it."""
    first = start
    while first and text[first - 1] in " \t":
        first -= 1
    rest = _END_OF_LINE.match(text, end)
    if rest and (first == 0 or text[first - 1] == "\n"):
        return Replacement(first, rest.end(), "")
    return Replacement(start, end, "")


def _is_metadata(element: Element) -> bool:
    name = element.name
    return name.namespace.startswith(INERT_NAMESPACES) or (name.namespace == SVG and name.local == "metadata")


def _own_attributes(document: SvgDocument, element: Element) -> Iterator[Replacement]:
    """Attributes of editors, and the declarations of their namespaces, each with the white space before it."""
    tag = document.start_tag(element)
    own = {name.written for name in map(name_of, element.attributes) if name.namespace.startswith(INERT_NAMESPACES)}
    for name, attribute in tag.attributes.items():
        value = document.text[slice(*attribute.value)]
        if name in own or (name.startswith("xmlns:") and value.startswith(INERT_NAMESPACES)):
            yield Replacement(attribute.gap, attribute.span.end, "")


def _attribute(tag: StartTag, name: str, value: str) -> Replacement:
    """Sets an attribute of a start tag, or adds it as the last one."""
    if attribute := tag.attributes.get(name):
        return Replacement(*attribute.value, value)
    spans = [attribute.span for attribute in tag.attributes.values()]
    end = spans[-1].end if spans else tag.span.start + 1 + len(tag.name)
    return Replacement(end, end, f' {name}="{value}"')


def _written(length: Length, share: float) -> str:
    return f"{length.value * share:.6g}{length.unit}"
