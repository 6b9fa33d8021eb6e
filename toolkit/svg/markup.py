"""What is neither element nor attribute: DOCTYPE, processing instructions, comments and CDATA sections."""

from collections.abc import Container, Iterator

from toolkit.regex import regex
from toolkit.svg.document import SvgDocument
from toolkit.svg.fixes import cut
from toolkit.svg.violation import Violation, excerpt
from toolkit.svg.vocabulary import DOCTYPE_PUBLIC, DOCTYPE_SYSTEM, INERT_INSTRUCTIONS

_HTML_TAG = regex(r"<[a-zA-Z/!?]")
_COMMENTS_CUT_SHORT = ("<!-->", "<!--->")


def declarations(document: SvgDocument) -> Iterator[Violation]:
    """A DOCTYPE other than the public SVG ones, and processing instructions other than those around XMP metadata."""
    if (doctype := document.doctype) and not (
        DOCTYPE_PUBLIC.fullmatch(doctype.public or "-//W3C//DTD SVG 1.1//EN")
        and DOCTYPE_SYSTEM.fullmatch(doctype.system or "http://www.w3.org/svg.dtd")
    ):
        span = document.place(doctype.offset), document.place(doctype.end)
        message, edit = "the DOCTYPE is not a public SVG one", cut(document.text, *span)
        yield Violation("declaration", *span, message, "remove the DOCTYPE", (edit,))
    for offset, target in document.instructions:
        span = document.instruction_span(offset)
        if target in INERT_INSTRUCTIONS and ">" not in document.text[span.start : span.end - 1]:
            continue  # a page, reading HTML, takes a processing instruction to end at the first >
        message = f"contains the processing instruction `{excerpt(target, 40)}`"
        yield Violation("declaration", *span, message, "remove it")


def hidden_markup(document: SvgDocument, refused: Container[int]) -> Iterator[Violation]:
    """Text for XML that a page, reading HTML, takes for tags; elements in ``refused`` are left out."""
    for offset in document.comments:
        start = document.place(offset)
        if document.text.startswith(_COMMENTS_CUT_SHORT, start):
            end = document.text.index("-->", start + 4) + 3
            yield Violation("script", start, end, "a page reads this comment as markup", "remove the comment")
    for offset, index in document.cdata:
        start = document.place(offset)
        end = document.text.index("]]>", start) + 3
        if index not in refused and _HTML_TAG.search(document.text, start + len("<![CDATA["), end):
            yield Violation("script", start, end, "the CDATA section hides markup", "remove it")
