"""A partner's logo without what an icon must not hold: scripts, links, what editors keep for themselves, comments."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import LditError
from toolkit.regex import regex
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.fixes import add_viewbox, without_editor_metadata
from toolkit.svg.geometry import frame
from toolkit.svg.inspection import inspect
from toolkit.svg.reader import SvgError
from toolkit.svg.violation import Violation
from toolkit.text_edits import Replacement, apply

_ROUNDS = 10
"""What is removed may contain, or uncover, something else to remove."""
_REMOVABLE = frozenset({"script", "event-handler", "external-reference", "foreign-content", "animation"})
"""The kinds of violations whose element goes with all that it contains, without a change to what is seen."""
_DRAWN_IN_PAGES = frozenset({"foreignobject"})
_SPACES = regex(r"[ \t]+(?=\n)")


def cleaned(path: Path, data: bytes) -> SvgDocument:
    """The drawing in the bytes of the file at ``path``, safe, with a viewBox, with nothing in it that is not drawn.

    Raises LditError when it is no SVG, or unsafe in a way that cannot be removed without a change to what is seen.
    """
    document = _read(path, data)
    for _ in range(_ROUNDS):
        edits = list(_removals(path, document, inspect(document.data).violations)) or _tidying(document)
        if not edits:
            break
        document = _read(path, apply(document.text, edits).encode())
    text = _SPACES.sub("", document.text.replace("\r\n", "\n").replace("\r", "\n")).strip() + "\n"
    return _read(path, text.encode())


def _read(path: Path, data: bytes) -> SvgDocument:
    document = inspect(data).document
    if isinstance(document, SvgError):
        raise LditError(f"{path}:{document.line}:{document.column}: {document}", document.help)
    return document


def _removals(path: Path, document: SvgDocument, violations: tuple[Violation, ...]) -> Iterator[Replacement]:
    """The edits that remove what is unsafe, one behind the other."""
    end = 0
    for violation in sorted(violations, key=lambda violation: violation.start):
        if violation.start < end:
            continue  # it goes with what stands around it
        edits = _removal(document, violation)
        if not edits:
            line = document.text.count("\n", 0, violation.start) + 1
            raise LditError(f"{path}:{line}: {violation.message}", violation.help or "export the logo without it")
        yield from edits
        end = edits[0].end


def _removal(document: SvgDocument, violation: Violation) -> list[Replacement]:
    """How to remove one violation; nothing where that would take away a part of what is seen."""
    text, start, end = document.text, violation.start, violation.end
    if violation.edits:
        return list(violation.edits)
    if text.startswith(("<?", "<!--", "<!DOCTYPE"), start):
        return [Replacement(start, end, "")]
    if not text.startswith("<", start):
        gap = start - len(text[:start]) + len(text[:start].rstrip())
        return [Replacement(gap, end, "")] if violation.kind == "event-handler" else []
    if violation.kind not in _REMOVABLE:
        return []
    element = next((one for one in document.elements if document.place(one.offset) == start), None)
    return _without_element(document, element) if element else []


def _without_element(document: SvgDocument, element: Element) -> list[Replacement]:
    """Removes an element; of a link its tags alone, and nothing where the element shows something of its own."""
    local, tag, whole = element.name.local.lower(), document.tag_span(element), document.element_span(element)
    if local == "a" and tag != whole:
        closing = document.text.rindex("<", whole.start, whole.end)
        return [Replacement(*tag, ""), Replacement(closing, whole.end, "")]
    alternative = element.parent >= 0 and document.elements[element.parent].name.local == "switch"
    return [] if local in _DRAWN_IN_PAGES and not alternative else [Replacement(*whole, "")]


def _tidying(document: SvgDocument) -> list[Replacement]:
    """The first of these that is to be done: comments, metadata, idle ids, a size that depends on a page, a viewBox."""
    starts = [document.place(offset) for offset in document.comments]
    if starts:
        return [Replacement(start, document.text.index("-->", start) + 3, "") for start in starts]
    ways = (without_editor_metadata, _without_idle_ids, _without_percent, add_viewbox)
    return next((edits for way in ways if (edits := way(document))), [])


def _without_idle_ids(document: SvgDocument) -> list[Replacement]:
    """Removes ids that several elements have and nothing refers to."""
    counts = Counter(element.get("id") for element in document.elements)
    idle = {name for name, count in counts.items() if name and count > 1 and not _is_referred_to(document, name)}
    tags = (document.start_tag(element) for element in document.elements if element.get("id") in idle)
    return [Replacement(tag.attributes["id"].gap, tag.attributes["id"].span.end, "") for tag in tags]


def _without_percent(document: SvgDocument) -> list[Replacement]:
    """Removes width and height where they are percentages, or have another ratio than the viewBox."""
    size = frame(document)
    if size.view_box is None or not (size.percent or size.disagrees):
        return []
    attributes = document.start_tag(document.root).attributes
    found = [attributes[name] for name in ("width", "height") if name in attributes]
    return [Replacement(attribute.gap, attribute.span.end, "") for attribute in found]


def _is_referred_to(document: SvgDocument, name: str) -> bool:
    return re.search(rf"#{re.escape(name)}(?![\w.:-])", document.text) is not None
