"""Whether an icon is safe to show, even inlined in a page: by what it may contain, not by what is known to be bad.

A page may read the file as XML (in an ``img``) or as HTML (inlined), so names are judged as both read them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from toolkit.svg import expansion
from toolkit.svg.attributes import faults, harmless
from toolkit.svg.css import sheet_faults
from toolkit.svg.drawing import SVG, Drawing, Element
from toolkit.svg.embedded import claims
from toolkit.svg.markup import declarations, hidden_markup
from toolkit.svg.offence import Kind, Offence, excerpt
from toolkit.svg.positions import Span, element_span
from toolkit.svg.vocabulary import (
    ANIMATED_ATTRIBUTES,
    ANIMATIONS,
    DRAWING_ELEMENTS,
    INERT_NAMESPACES,
    PLAIN_ATTRIBUTES,
    UNPREFIXED_METADATA,
)

MAX_EXPANDED = 100_000
MAX_OFFENCES = 200


class _Refusal(NamedTuple):
    kind: Kind
    message: str
    help: str


_REFUSED = {
    "script": _Refusal("script", "contains a script", "remove the `script` element"),
    "handler": _Refusal("script", "contains a script", "remove the `handler` element"),
    "listener": _Refusal("event-handler", "listens to events", "remove the `listener` element"),
    "a": _Refusal("external-reference", "contains a link", "remove the `a` element, keep the shapes in it"),
    "foreignobject": _Refusal(
        "foreign-content",
        "`foreignObject` holds something other than a drawing",
        "remove it, or export again without the editor's own data",
    ),
}
_CAPTIONS = frozenset({"title", "desc"})
_HTML_FONT = frozenset({"color", "face", "size"})


def offences(drawing: Drawing) -> Iterator[Offence]:
    """Everything unsafe in a drawing, one offence at a time, each at its place; nothing is decoded or rendered.

    What stands inside a refused element goes with it and is not named again, except the content of a link.
    At most MAX_OFFENCES are named.
    """
    return islice(_offences(drawing), MAX_OFFENCES)


def _offences(drawing: Drawing) -> Iterator[Offence]:
    yield from declarations(drawing)
    captions: set[int] = set()
    refused: set[int] = set()
    for index, element in enumerate(drawing.elements):
        if element.parent in refused:
            refused.add(index)
            continue
        if element.tag not in _PLAIN_TAGS or element.parent in captions:
            if refusal := _refusal(element, in_caption=element.parent in captions):
                yield Offence(refusal.kind, *drawing.tag_span(element), refusal.message, refusal.help)
                if element.name.local.lower() != "a":
                    refused.add(index)
                continue
            if element.name.local in _CAPTIONS:
                captions.add(index)
            if check := _CONTENT.get(element.name.local):
                yield from check(drawing, index, element)
        for key, value in element.attributes.items():
            if key not in PLAIN_ATTRIBUTES and not harmless(key, value):
                yield from _attribute(drawing, element, key, value)
    yield from hidden_markup(drawing, refused)
    yield from _multiplied(drawing)


def _attribute(drawing: Drawing, element: Element, key: str, value: str) -> Iterator[Offence]:
    for fault in faults(element, key, value):
        yield Offence(fault.kind, *drawing.attribute_span(element, key), fault.message, fault.help)


def _refusal(element: Element, *, in_caption: bool) -> _Refusal | None:
    """Why an element must go with all that it contains, if it must."""
    namespace, local, prefix = name = element.name
    if local.lower() in _REFUSED:
        return _REFUSED[local.lower()]
    if in_caption:
        message = f"`{name.written}` stands in a text that a page reads as HTML"
        return _Refusal("foreign-content", message, "keep only text in `title` and `desc`")
    if namespace == SVG and local in DRAWING_ELEMENTS:
        return _animation_refusal(element) if local in ANIMATIONS else None
    if namespace == SVG:
        return _Refusal("foreign-content", f"`{name.written}` is not an SVG drawing element", "draw it as shapes")
    if not namespace.startswith(INERT_NAMESPACES):
        return _Refusal("foreign-content", f"`{name.written}` is neither drawing nor known metadata", "remove it")
    if prefix or local in UNPREFIXED_METADATA:
        return None
    message = f"`{name.written}` without a prefix reads as HTML in a page"
    return _Refusal("foreign-content", message, "remove the editor's metadata")


def _animation_refusal(element: Element) -> _Refusal | None:
    for key, value in element.attributes.items():
        if key.lower() == "attributename" and value.strip() not in ANIMATED_ATTRIBUTES:
            message = f"animates `{excerpt(value)}`, which is more than looks"
            return _Refusal("animation", message, f"remove the `{element.name.local}` element")
    return None


def _style(drawing: Drawing, index: int, element: Element) -> Iterator[Offence]:
    faults = list(islice(sheet_faults(drawing.texts.get(index, "")), MAX_OFFENCES))
    if not faults:
        return
    whole = element_span(drawing.text, drawing.place(element.offset))
    position = drawing.tag_span(element).end
    for fault in faults:
        found = drawing.text.find(fault.snippet, position, whole.end)
        position = max(found + 1, position)
        span = Span(found, found + len(fault.snippet)) if found >= 0 else whole
        yield Offence(fault.kind, *span, fault.message, fault.help)


def _font(drawing: Drawing, _: int, element: Element) -> Iterator[Offence]:
    for key in element.attributes:
        if key.lower() in _HTML_FONT:
            message = f"a page reads `font` with `{key}` as HTML"
            yield Offence("foreign-content", *drawing.attribute_span(element, key), message, "remove the attribute")


def _picture(drawing: Drawing, _: int, element: Element) -> Iterator[Offence]:
    return claims(drawing, element)


_CONTENT = {
    "style": _style,
    "font": _font,
    "image": _picture,
    "feImage": _picture,
}
# Elements that are judged by their attributes alone, as they are written without a prefix.
_PLAIN_TAGS = frozenset(f"{SVG} {local}" for local in DRAWING_ELEMENTS - _CONTENT.keys() - _CAPTIONS - ANIMATIONS)


def _multiplied(drawing: Drawing) -> Iterator[Offence]:
    if not expansion.may_multiply(drawing):
        return
    for element, count in zip(drawing.elements, expansion.drawn(drawing), strict=True):
        if count > MAX_EXPANDED and element.depth > 1:
            message = f"draws over {MAX_EXPANDED} elements by repeating others, the limit"
            yield Offence("expansion", *drawing.tag_span(element), message, "repeat less, or draw one path")
            return
