"""Whether an icon is safe to show, even inlined in a page: by what it may contain, not by what is known to be bad.

A page may read the file as XML (in an ``img``) or as HTML (inlined), so names are judged as both read them.
"""

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from toolkit.svg import expansion
from toolkit.svg.attributes import faults, harmless
from toolkit.svg.circles import circular_references
from toolkit.svg.css import Styles
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.fixes import cut
from toolkit.svg.limits import endless_numbers, oversize
from toolkit.svg.markup import declarations, hidden_markup
from toolkit.svg.names import SVG, Name
from toolkit.svg.positions import Span
from toolkit.svg.violation import Kind, Violation, excerpt
from toolkit.svg.vocabulary import (
    ANIMATED_ATTRIBUTES,
    ANIMATIONS,
    DRAWING_ELEMENTS,
    FILTER_LIMITS,
    INERT_NAMESPACES,
    PLAIN_ATTRIBUTES,
    UNPREFIXED_METADATA,
)
from toolkit.text_edits import Replacement

MAX_EXPANDED = 100_000
MAX_VIOLATIONS = 200


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


def violations(document: SvgDocument) -> Iterator[Violation]:
    """Everything unsafe in an icon, one violation at a time, each at its place; nothing is decoded or rendered.

    What stands inside a refused element goes with it and is not named again, except the content of a link.
    At most MAX_VIOLATIONS are named.
    """
    return islice(_violations(document), MAX_VIOLATIONS)


def _violations(document: SvgDocument) -> Iterator[Violation]:
    yield from declarations(document)
    yield from oversize(document)
    styles = Styles()
    captions: set[int] = set()
    refused: set[int] = set()
    for index, element in enumerate(document.elements):
        if element.parent in refused:
            refused.add(index)
            continue
        if element.tag not in _PLAIN_TAGS or element.parent in captions:
            if refusal := _refusal(element, in_caption=element.parent in captions):
                span, edits = document.tag_span(element), _without_fallback(document, element)
                yield Violation(refusal.kind, *span, refusal.message, refusal.help, edits)
                if element.name.local.lower() != "a":
                    refused.add(index)
                continue
            if _is_caption(element.name):
                captions.add(index)
            if check := _CONTENT.get(element.name.local):
                yield from check(document, element, styles)
        for key, value in element.attributes.items():
            if key not in PLAIN_ATTRIBUTES and not harmless(key, value):
                yield from _attribute(document, element, key, value, styles)
    yield from hidden_markup(document, refused)
    yield from circular_references(document)
    yield from _multiplied(document)


def _attribute(document: SvgDocument, element: Element, key: str, value: str, styles: Styles) -> Iterator[Violation]:
    for fault in faults(element, key, value, styles):
        yield Violation(fault.kind, *document.attribute_span(element, key), fault.message, fault.help)


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


def _is_caption(name: Name) -> bool:
    """Whether an element is the ``title`` or ``desc`` of SVG, or one that HTML would take for it."""
    return name.local in _CAPTIONS and (name.namespace == SVG or not name.prefix)


def _without_fallback(document: SvgDocument, element: Element) -> tuple[Replacement, ...]:
    """The edits that remove what Illustrator leaves for itself at the head of a ``switch``, if the element is that.

    No browser knows the extension that it asks for, so that each draws what comes after it in the switch.
    """
    extension = (element.get("requiredExtensions") or "").strip()
    if element.parent < 0 or not extension.startswith(INERT_NAMESPACES) or " " in extension:
        return ()
    if element.name != (SVG, "foreignObject", "") or document.elements[element.parent].tag != f"{SVG} switch":
        return ()
    inner = takewhile(lambda other: other.depth > element.depth, document.elements[element.number + 1 :])
    if not all(other.name.namespace.startswith(INERT_NAMESPACES) for other in inner):
        return ()
    return (cut(document.text, *document.element_span(element)),)


def _style(document: SvgDocument, element: Element, styles: Styles) -> Iterator[Violation]:
    faults = list(islice(styles.sheet_faults(document.texts.get(element.number, "")), MAX_VIOLATIONS))
    if not faults:
        return
    whole = document.element_span(element)
    position = document.tag_span(element).end
    for fault in faults:
        found = document.text.find(fault.snippet, position, whole.end)
        position = max(found + 1, position)
        span = Span(found, found + len(fault.snippet)) if found >= 0 else whole
        yield Violation(fault.kind, *span, fault.message, fault.help)


def _font(document: SvgDocument, element: Element, _: Styles) -> Iterator[Violation]:
    for key in element.attributes:
        if key.lower() in _HTML_FONT:
            message = f"a page reads `font` with `{key}` as HTML"
            yield Violation("foreign-content", *document.attribute_span(element, key), message, "remove the attribute")


def _image(document: SvgDocument, element: Element, _: Styles) -> Iterator[Violation]:
    from toolkit.svg.embedded import claims

    return claims(document, element)


def _numbers(document: SvgDocument, element: Element, _: Styles) -> Iterator[Violation]:
    return endless_numbers(document, element)


_CONTENT = {
    "style": _style,
    "font": _font,
    "image": _image,
    "feImage": _image,
    **dict.fromkeys((*(local for local, _ in FILTER_LIMITS), *ANIMATIONS), _numbers),
}
# Elements that are judged by their attributes alone, as they are written without a prefix.
_PLAIN_TAGS = frozenset(f"{SVG} {local}" for local in DRAWING_ELEMENTS - _CONTENT.keys() - _CAPTIONS - ANIMATIONS)


def _multiplied(document: SvgDocument) -> Iterator[Violation]:
    if not expansion.may_multiply(document):
        return
    for element, count in zip(document.elements, expansion.drawn(document), strict=True):
        if count > MAX_EXPANDED and element.depth > 1:
            message = f"draws over {MAX_EXPANDED} elements by repeating others, the limit"
            yield Violation("expansion", *document.tag_span(element), message, "repeat less, or draw one path")
            return
