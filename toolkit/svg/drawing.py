"""An SVG file as it was read: a flat list of elements, and where everything stands."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from toolkit.svg.positions import Span, StartTag, start_tag

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XLINK_HREF = f"{XLINK} href "


class Name(NamedTuple):
    """The name of an element or attribute, as XML reads it (namespace, local) and as HTML does (prefix, local)."""

    namespace: str
    local: str
    prefix: str

    @property
    def written(self) -> str:
        """The name as it stands in the file, such as ``xlink:href``."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@lru_cache(2048)
def name_of(expat_name: str) -> Name:
    """Takes apart what expat joins with blanks: ``local``, ``uri local`` or ``uri local prefix``."""
    match expat_name.rsplit(" ", 2):
        case [namespace, local, prefix]:
            return Name(namespace, local, prefix)
        case [namespace, local]:
            return Name(namespace, local, "")
    return Name("", expat_name, "")


class Element(NamedTuple):
    """A start tag. ``offset`` is its byte in the file, ``parent`` an index into ``Drawing.elements`` (-1: the root)."""

    tag: str
    attributes: Mapping[str, str]
    offset: int
    depth: int
    parent: int

    @property
    def name(self) -> Name:
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


class Drawing:
    """A file that could be read: its elements in document order, and where its other markup stands.

    ``texts`` holds the character data of an element, by the element's index; what is only white space is left
    out. ``comments``, ``cdata`` and ``instructions`` are offsets in bytes, as ``Element.offset`` is (``cdata``
    with the index of its element); ``place`` turns an offset into code points.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.text = data.decode()
        self.elements: list[Element] = []
        self.texts: dict[int, str] = {}
        self.comments: list[int] = []
        self.cdata: list[tuple[int, int]] = []
        self.instructions: list[int] = []
        self.doctype: Doctype | None = None
        self._reached = (0, 0)
        self._scanned: tuple[int, StartTag] | None = None

    @property
    def root(self) -> Element:
        return self.elements[0]

    def place(self, offset: int) -> int:
        """The code point in ``text`` at a byte of the file; quick where asked in ascending order."""
        if len(self.data) == len(self.text):
            return offset
        byte, point = self._reached if self._reached[0] <= offset else (0, 0)
        self._reached = offset, point + len(self.data[byte:offset].decode())
        return self._reached[1]

    def tag_span(self, element: Element) -> Span:
        """Where the start tag of an element stands in ``text``."""
        return self.start_tag(element).span

    def attribute_span(self, element: Element, key: str) -> Span:
        """Where an attribute stands, from its name to its closing quote; ``key`` as in ``Element.attributes``."""
        return self.start_tag(element).attributes[name_of(key).written].span

    def start_tag(self, element: Element) -> StartTag:
        """The start tag as written, with the place of each attribute."""
        if self._scanned is None or self._scanned[0] != element.offset:
            self._scanned = element.offset, start_tag(self.text, self.place(element.offset))
        return self._scanned[1]

    def named(self, *locals_: str) -> Iterator[Element]:
        """The SVG elements with one of these local names."""
        tags = {f"{SVG} {local}" for local in locals_}
        return (e for e in self.elements if e.tag in tags or e.tag.rpartition(" ")[0] in tags)

    def sheets(self) -> Iterator[str]:
        """The content of the ``style`` elements."""
        return (text for index, text in self.texts.items() if self.elements[index].name.local == "style")
