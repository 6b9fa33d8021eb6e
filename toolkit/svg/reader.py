"""Reads an SVG file without expanding anything: bytes in, an ``SvgDocument`` or an ``SvgError`` with its place out."""

import re
from collections import defaultdict
from typing import Literal
from xml.parsers import expat

from toolkit.errors import LditError
from toolkit.regex import regex
from toolkit.svg.document import Doctype, Element, SvgDocument
from toolkit.svg.names import SVG, Name, name_of
from toolkit.text_edits import Replacement, apply

MAX_BYTES = 1_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 5_000

ErrorKind = Literal["size", "encoding", "entity", "xml", "root", "internal"]

_ASCII_COMPATIBLE = frozenset({"us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "windows-1252"})
_UNDEFINED_ENTITY = 11
_UNKNOWN_ENTITY = regex(r"&(?!amp;|lt;|gt;|quot;|apos;)[\w.:-]+;")

_OTHER_FORMATS: dict[bytes, tuple[ErrorKind, str, str]] = {
    b"\x1f\x8b": ("encoding", "compressed (an svgz file)", "export it as plain SVG"),
    b"\xff\xfe": ("encoding", "UTF-16, not UTF-8", "save the file as UTF-8"),
    b"\xfe\xff": ("encoding", "UTF-16, not UTF-8", "save the file as UTF-8"),
    b"\x89PNG": ("root", "a PNG image, not an SVG", "export the icon as SVG"),
    b"\xff\xd8\xff": ("root", "a JPEG image, not an SVG", "export the icon as SVG"),
    b"GIF8": ("root", "a GIF image, not an SVG", "export the icon as SVG"),
    b"%PDF": ("root", "a PDF, not an SVG", "export the icon as SVG"),
}
_PROLOG = regex(rb"(?:[ \t\r\n]++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
"""What may stand before a DOCTYPE that expat has come to."""
_SIGNATURE = regex(b"|".join(map(re.escape, _OTHER_FORMATS)))


class SvgError(LditError):
    """A file that is not read any further; ``offset`` counts code points from 0, ``line`` and ``column`` from 1.

    ``edits`` are the replacements in its text that let it be read, where there are any.
    """

    def __init__(self, fault: ErrorKind, message: str, help: str, text: str = "", offset: int = 0) -> None:  # noqa: A002
        super().__init__(message, help)
        self.fault: ErrorKind = fault
        self.edits: tuple[Replacement, ...] = ()
        self.offset = offset
        self.line = text.count("\n", 0, offset) + 1
        self.column = offset - text.rfind("\n", 0, offset)


def read(data: bytes) -> SvgDocument:
    """Reads a file, or raises SvgError before anything in it is expanded.

    Refused are more than MAX_BYTES, MAX_DEPTH or MAX_ELEMENTS, anything but UTF-8 without NUL, entities
    and every other internal DTD subset, what is not well-formed, and a root that is not an SVG one. A byte order
    mark is left out; places count from after it.
    """
    _refuse_other_formats(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        document = SvgDocument(data)
    except UnicodeDecodeError as error:
        sound = data[: error.start].decode()
        raise SvgError("encoding", "not UTF-8", "save the file as UTF-8", sound, len(sound)) from None
    try:
        _parse(document, data)
    except SvgError as error:
        error.edits = _readable(document.text) if error.fault == "entity" else ()
        raise
    if doctype := document.doctype:
        # Where a DTD is named but not read, expat drops unknown entities without a word.
        without = data[: doctype.offset] + b" " * (doctype.end - doctype.offset) + data[doctype.end :]
        _parse(SvgDocument(without), without)
    return document


def _readable(text: str) -> tuple[Replacement, ...]:
    """The edits that replace the entities of a text, where it can be read then."""
    from toolkit.svg.entities import without_entities

    edits = without_entities(text)
    try:
        return tuple(edits) if edits and read(apply(text, edits).encode()) else ()
    except SvgError:
        return ()


def _parse(document: SvgDocument, data: bytes) -> None:
    parser = expat.ParserCreate("utf-8", " ")
    handlers = _Handlers(document, parser)
    handlers.attach()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _not_well_formed(document, error.code, parser.ErrorByteIndex) from None
    finally:
        del handlers.parser  # it refers back to them
    document.texts = {index: "".join(parts) for index, parts in handlers.texts.items()}


def _refuse_other_formats(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise SvgError(
            "size", f"over {MAX_BYTES // 1000} kB, the limit", "export the file again without embedded images"
        )
    if signature := _SIGNATURE.match(data):
        fault, message, remedy = _OTHER_FORMATS[signature[0]]
        raise SvgError(fault, message, remedy)
    if (nul := data.find(0)) >= 0:
        before = data[:nul].decode(errors="replace")
        raise SvgError("encoding", "contains a NUL byte", "save the file as UTF-8 text", before, len(before))
    if not data or data.isspace():
        raise SvgError("xml", "the file is empty", "export the icon again")


def _not_well_formed(document: SvgDocument, code: int, offset: int) -> SvgError:
    place = document.place(max(offset, 0))
    if code == _UNDEFINED_ENTITY:
        if entity := _UNKNOWN_ENTITY.search(document.text, place):
            place = entity.start()
        name = document.text[place : place + 80].partition(";")[0]
        return SvgError(
            "entity", f"the entity `{name};` is not defined", "write the character itself", document.text, place
        )
    message = f"not well-formed XML: {expat.ErrorString(code)}"
    return SvgError("xml", message, "export the icon again from the editor", document.text, place)


class _Handlers:
    """What expat calls; each refuses what must not be read any further."""

    def __init__(self, document: SvgDocument, parser: expat.XMLParserType) -> None:
        self.document = document
        self.elements = document.elements
        self.ends = document.ends
        self.parser = parser
        self.open: list[int] = [-1]
        self.texts: defaultdict[int, list[str]] = defaultdict(list)

    def attach(self) -> None:
        parser = self.parser
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.CommentHandler = self.comment
        parser.StartCdataSectionHandler = self.cdata
        parser.ProcessingInstructionHandler = self.instruction

    def refuse(self, fault: ErrorKind, message: str, remedy: str) -> SvgError:
        document = self.document
        return SvgError(fault, message, remedy, document.text, document.place(self.parser.CurrentByteIndex))

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        declared = (encoding or "utf-8").lower()
        if declared in ("utf-8", "utf8") or (declared in _ASCII_COMPATIBLE and self.document.data.isascii()):
            return
        raise self.refuse("encoding", f"declares the encoding {encoding}, not UTF-8", "save the file as UTF-8")

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            remedy = "remove everything between [ and ] in the DOCTYPE, or export without editing data"
            raise self.refuse("entity", "the DOCTYPE declares entities or a DTD of its own", remedy)
        end = self.parser.CurrentByteIndex  # without a subset expat reports the declaration where it closes
        prolog = _PROLOG.match(self.document.data)
        self.document.doctype = Doctype(prolog.end() if prolog else 0, end + 1, name, system, public)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        number, depth = len(self.elements), len(self.open)
        if not number or number == MAX_ELEMENTS or depth > MAX_DEPTH:
            self.check(name_of(tag), number, depth)
        self.elements.append(Element(tag, attributes, self.parser.CurrentByteIndex, depth, self.open[-1], number))
        self.ends.append(0)
        self.open.append(number)

    def check(self, name: Name, number: int, depth: int) -> None:
        """Lets an element pass if it may be the root, and if there are neither too many nor too deep ones."""
        if not number and (name.namespace, name.local) != (SVG, "svg"):
            raise self._wrong_root(name)
        if number == MAX_ELEMENTS:
            raise self.refuse("size", f"over {MAX_ELEMENTS} elements, the limit", "simplify the drawing")
        if depth > MAX_DEPTH:
            raise self.refuse("size", f"nested deeper than {MAX_DEPTH} elements, the limit", "ungroup the drawing")

    def _wrong_root(self, name: Name) -> SvgError:
        if name.local == "svg":
            return self.refuse("root", "the root lacks the SVG namespace", f'add xmlns="{SVG}" to it')
        return self.refuse("root", f"the root is `{name.written}`, not `svg`", "export the icon as SVG")

    def comment(self, _: str) -> None:
        self.document.comments.append(self.parser.CurrentByteIndex)

    def cdata(self) -> None:
        self.document.cdata.append((self.parser.CurrentByteIndex, self.open[-1]))

    def instruction(self, target: str, _data: str) -> None:
        self.document.instructions.append((self.parser.CurrentByteIndex, target))

    def end(self, _: str) -> None:
        self.ends[self.open.pop()] = self.parser.CurrentByteIndex

    def characters(self, text: str) -> None:
        if not text.isspace():
            self.texts[self.open[-1]].append(text)
