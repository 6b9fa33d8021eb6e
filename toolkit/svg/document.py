"""An SVG file as it was read: a flat list of elements, and where everything stands in its text."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from toolkit.svg.names import SVG, XLINK, Name, name_of
from toolkit.svg.positions import Span, StartTag, start_tag
from toolkit.svg.references import References

_XLINK_HREF = f"{XLINK} href "
_BLOCK = 1024
_CONTINUATIONS = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no code point."""


class Element(NamedTuple):
    """A start tag.

    ``offset`` is its byte in the file; ``number`` its own place in ``SvgDocument.elements``, ``parent`` that of the
    element that contains it (-1: none, it is the root).
    """

    tag: str
    attributes: Mapping[str, str]
    offset: int
    depth: int
    parent: int
    number: int

    @property
    def name(self) -> Name:
        """The name with its namespace resolved."""
        return name_of(self.tag)

    def get(self, attribute: str) -> str | None:
        """The value of an attribute that stands in no namespace."""
        return self.attributes.get(attribute)

    @property
    def href(self) -> str:
        """What the element refers to, ``href`` before ``xlink:href``, or an empty string."""
        value = self.attributes.get("href")
        if value is None:
            value = next((v for key, v in self.attributes.items() if key.startswith(_XLINK_HREF)), "")
        return value.strip()


class Doctype(NamedTuple):
    """A document type declaration; it never has an internal subset, which is refused while reading."""

    offset: int
    end: int
    name: str
    system: str | None
    public: str | None


class SvgDocument:
    """A file that could be read: its elements in document order, and where its other markup stands.

    ``texts`` holds the character data of an element, by the element's index; what is only white space is left
    out. ``ends`` are the bytes at which the end tag of each element begins, or at which an empty one ends.
    ``comments``, ``cdata`` and ``instructions`` are offsets in bytes, as ``Element.offset`` is (``cdata``
    with the index of its element, ``instructions`` with their targets); ``place`` turns an offset into code points.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.text = data.decode()
        self.elements: list[Element] = []
        self.ends: list[int] = []
        self.texts: dict[int, str] = {}
        self.comments: list[int] = []
        self.cdata: list[tuple[int, int]] = []
        self.instructions: list[tuple[int, str]] = []
        self.doctype: Doctype | None = None
        self._tags: dict[int, StartTag] = {}

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.elements[0]

    @cached_property
    def _blocks(self) -> list[int]:
        """How many code points stand before each block of bytes."""
        blocks = (self.data[start : start + _BLOCK] for start in range(0, len(self.data), _BLOCK))
        return [0, *accumulate(_code_points(block) for block in blocks)]

    def place(self, offset: int) -> int:
        """The code point in ``text`` at a byte of the file."""
        if len(self.data) == len(self.text):
            return offset
        block = offset // _BLOCK
        return self._blocks[block] + _code_points(self.data[block * _BLOCK : offset])

    def tag_span(self, element: Element) -> Span:
        """Where the start tag of an element stands in ``text``."""
        return self.start_tag(element).span

    def element_span(self, element: Element) -> Span:
        """Where an element stands in ``text``, from its start tag to its end tag, both included."""
        tag = self.start_tag(element)
        if tag.empty:
            return tag.span
        return Span(tag.span.start, self.text.index(">", self.place(self.ends[element.number])) + 1)

    def attribute_span(self, element: Element, key: str) -> Span:
        """Where an attribute stands, from its name to its closing quote; ``key`` as in ``Element.attributes``."""
        return self.start_tag(element).attributes[name_of(key).written].span

    def instruction_span(self, offset: int) -> Span:
        """Where the processing instruction at a byte of the file stands in ``text``."""
        start = self.place(offset)
        return Span(start, self.text.index("?>", start) + 2)

    def start_tag(self, element: Element) -> StartTag:
        """The start tag as written, with the place of each attribute."""
        if element.number not in self._tags:
            self._tags[element.number] = start_tag(self.text, self.place(element.offset))
        return self._tags[element.number]

    @cached_property
    def references(self) -> References:
        """What refers to what within the file."""
        return References.of(self.elements, self.texts)

    def ancestors(self, number: int) -> Iterator[int]:
        """The numbers of an element and of what contains it, from the inside outwards."""
        while number >= 0:
            yield number
            number = self.elements[number].parent

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            tag = element.tag if element.tag.count(" ") < 2 else element.tag.rpartition(" ")[0]
            found.setdefault(tag, []).append(element)
        return found

    def named(self, *locals_: str) -> list[Element]:
        """The SVG elements with one of these local names, in document order."""
        found = [element for local in locals_ for element in self._by_tag.get(f"{SVG} {local}", ())]
        return sorted(found, key=attrgetter("number")) if len(locals_) > 1 else found

    def sheets(self) -> Iterator[str]:
        """The content of the ``style`` elements."""
        return (text for index, text in self.texts.items() if self.elements[index].name.local == "style")


def _code_points(data: bytes) -> int:
    """How many code points begin in a piece of UTF-8."""
    return len(data.translate(None, _CONTINUATIONS))
