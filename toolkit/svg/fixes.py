"""Mends the text of an icon by replacements that keep every other character."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.svg.drawing import SVG, Drawing, Element, name_of
from toolkit.svg.geometry import Box, Length, frame, placement
from toolkit.svg.positions import Span, StartTag, element_span
from toolkit.svg.vocabulary import INERT_NAMESPACES

_END_OF_LINE = re.compile(r"[ \t]*\r?(?:\n|\Z)")


class Replacement(NamedTuple):
    """Code points ``start`` to ``end`` of the text become ``text``."""

    start: int
    end: int
    text: str


def applied(text: str, replacements: Iterable[Replacement]) -> str:
    """The text with replacements that do not overlap."""
    for start, end, new in sorted(replacements, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def add_viewbox(drawing: Drawing) -> list[Replacement]:
    """Gives the root the viewBox that its width and height stand for; nothing where it has one or lacks a size."""
    size = frame(drawing)
    if size.view_box or size.pixels is None:
        return []
    return [_attribute(drawing.start_tag(drawing.root), "viewBox", str(Box(0, 0, *size.pixels)))]


def crop_viewbox(drawing: Drawing, box: Box) -> list[Replacement]:
    """Makes ``box`` the viewBox, and scales width and height with it, so that the drawing keeps its size."""
    size, tag = frame(drawing), drawing.start_tag(drawing.root)
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


def without_editor_metadata(drawing: Drawing) -> list[Replacement]:
    """Removes what editors keep for themselves: metadata, their own elements, attributes and namespaces."""
    edits, end = [], 0
    for element in drawing.elements:
        start = drawing.place(element.offset)
        if start < end:
            continue
        if _is_metadata(element):
            end = element_span(drawing.text, start).end
            edits.append(_cut(drawing.text, Span(start, end)))
        else:
            edits += _own_attributes(drawing, element)
    return edits


def without_comments(drawing: Drawing) -> list[Replacement]:
    """Removes the comments."""
    text = drawing.text
    starts = [drawing.place(offset) for offset in drawing.comments]
    return [_cut(text, Span(start, text.index("-->", start) + 3)) for start in starts]


def _is_metadata(element: Element) -> bool:
    name = element.name
    return name.namespace.startswith(INERT_NAMESPACES) or (name.namespace == SVG and name.local == "metadata")


def _own_attributes(drawing: Drawing, element: Element) -> Iterator[Replacement]:
    """Attributes of editors, and the declarations of their namespaces, each with the white space before it."""
    tag = drawing.start_tag(element)
    own = {name.written for name in map(name_of, element.attributes) if name.namespace.startswith(INERT_NAMESPACES)}
    for name, attribute in tag.attributes.items():
        value = drawing.text[slice(*attribute.value)]
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


def _cut(text: str, span: Span) -> Replacement:
    """Removes a span, and its line where nothing else stands on it."""
    start = span.start
    while start and text[start - 1] in " \t":
        start -= 1
    rest = _END_OF_LINE.match(text, span.end)
    if rest and (start == 0 or text[start - 1] == "\n"):
        return Replacement(start, rest.end(), "")
    return Replacement(*span, "")
