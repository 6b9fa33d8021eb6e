"""What is neither element nor attribute: DOCTYPE, processing instructions, comments and CDATA sections."""

import re
from collections.abc import Container, Iterator

from toolkit.svg.drawing import Drawing
from toolkit.svg.offence import Offence, excerpt
from toolkit.svg.vocabulary import DOCTYPE_PUBLIC, DOCTYPE_SYSTEM

_HTML_TAG = re.compile(r"<[a-zA-Z/!?]")
_COMMENTS_CUT_SHORT = ("<!-->", "<!--->")


def declarations(drawing: Drawing) -> Iterator[Offence]:
    """A DOCTYPE other than the public SVG ones, and processing instructions."""
    if (doctype := drawing.doctype) and not (
        DOCTYPE_PUBLIC.fullmatch(doctype.public or "-//W3C//DTD SVG 1.1//EN")
        and DOCTYPE_SYSTEM.fullmatch(doctype.system or "http://www.w3.org/svg.dtd")
    ):
        span = drawing.place(doctype.offset), drawing.place(doctype.end)
        yield Offence("declaration", *span, "the DOCTYPE is not a public SVG one", "remove the DOCTYPE")
    for offset in drawing.instructions:
        start = drawing.place(offset)
        end = drawing.text.index("?>", start) + 2
        target = excerpt(drawing.text[start + 2 : end - 2].split(maxsplit=1)[0], 40)
        yield Offence("declaration", start, end, f"contains the processing instruction `{target}`", "remove it")


def hidden_markup(drawing: Drawing, refused: Container[int]) -> Iterator[Offence]:
    """Text for XML that a page, reading HTML, takes for tags; elements in ``refused`` are left out."""
    for offset in drawing.comments:
        start = drawing.place(offset)
        if drawing.text.startswith(_COMMENTS_CUT_SHORT, start):
            end = drawing.text.index("-->", start + 4) + 3
            yield Offence("script", start, end, "a page reads this comment as markup", "remove the comment")
    for offset, index in drawing.cdata:
        start = drawing.place(offset)
        end = drawing.text.index("]]>", start) + 3
        if index not in refused and _HTML_TAG.search(drawing.text, start + len("<![CDATA["), end):
            yield Offence("script", start, end, "the CDATA section hides markup", "remove it")
