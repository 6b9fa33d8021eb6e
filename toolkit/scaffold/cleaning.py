"""A partner's logo without what an icon must not hold: scripts, links, what editors keep for themselves, comments."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import LditError
from toolkit.svg.drawing import Drawing
from toolkit.svg.fixes import Replacement, add_viewbox, applied, without_editor_metadata
from toolkit.svg.geometry import frame
from toolkit.svg.inspection import inspect
from toolkit.svg.offence import Offence
from toolkit.svg.positions import element_span
from toolkit.svg.reader import SvgError

_ROUNDS = 10
"""What is removed may contain, or uncover, something else to remove."""
_REMOVABLE = frozenset({"script", "event-handler", "external-reference", "foreign-content", "animation"})
"""The kinds of offences whose element goes with all that it contains, without a change to what is seen."""
_DRAWN_IN_PAGES = frozenset({"foreignobject"})
_SPACES = re.compile(r"[ \t]+(?=\n)")


def cleaned(path: Path, data: bytes) -> Drawing:
    """The drawing in the bytes of the file at ``path``, safe, with a viewBox, with nothing in it that is not drawn.

    Raises LditError when it is no SVG, or unsafe in a way that cannot be removed without a change to what is seen.
    """
    drawing = _read(path, data)
    for _ in range(_ROUNDS):
        edits = list(_removals(path, drawing, inspect(drawing.data).offences)) or _tidying(drawing)
        if not edits:
            break
        drawing = _read(path, applied(drawing.text, edits).encode())
    text = _SPACES.sub("", drawing.text.replace("\r\n", "\n").replace("\r", "\n")).strip() + "\n"
    return _read(path, text.encode())


def _read(path: Path, data: bytes) -> Drawing:
    drawing = inspect(data).drawing
    if isinstance(drawing, SvgError):
        raise LditError(f"{path}:{drawing.line}:{drawing.column}: {drawing}", drawing.help)
    return drawing


def _removals(path: Path, drawing: Drawing, offences: tuple[Offence, ...]) -> Iterator[Replacement]:
    """The edits that remove what is unsafe, one behind the other."""
    end = 0
    for offence in sorted(offences, key=lambda offence: offence.start):
        if offence.start < end:
            continue  # it goes with what stands around it
        edits = _removal(drawing, offence)
        if not edits:
            line = drawing.text.count("\n", 0, offence.start) + 1
            raise LditError(f"{path}:{line}: {offence.message}", offence.help or "export the logo without it")
        yield from edits
        end = edits[0].end


def _removal(drawing: Drawing, offence: Offence) -> list[Replacement]:
    """How to remove one offence; nothing where that would take away a part of what is seen."""
    text, start, end = drawing.text, offence.start, offence.end
    if text.startswith(("<?", "<!--", "<!DOCTYPE"), start):
        return [Replacement(start, end, "")]
    if not text.startswith("<", start):
        gap = start - len(text[:start]) + len(text[:start].rstrip())
        return [Replacement(gap, end, "")] if offence.kind == "event-handler" else []
    if text.startswith("<!", start) or offence.kind not in _REMOVABLE:
        return []
    name = re.match(r"<(?:[^\s/>:]*:)?([^\s/>]*)", text[start:end])
    local = name[1].lower() if name else ""
    whole = element_span(text, start)
    if local == "a":
        closing = text.rindex("<", start, whole.end) if not text[start:end].endswith("/>") else whole.end
        return [Replacement(start, end, ""), *([Replacement(closing, whole.end, "")] if closing > start else [])]
    if local in _DRAWN_IN_PAGES and not _is_alternative(drawing, start):
        return []
    return [Replacement(*whole, "")]


def _is_alternative(drawing: Drawing, start: int) -> bool:
    """Whether the element at ``start`` is one of several of which a page shows the first that it can."""
    element = next(one for one in drawing.elements if drawing.place(one.offset) == start)
    return element.parent >= 0 and drawing.elements[element.parent].name.local == "switch"


def _tidying(drawing: Drawing) -> list[Replacement]:
    """The first of these that is to be done: comments, metadata, idle ids, a size that depends on a page, a viewBox."""
    starts = [drawing.place(offset) for offset in drawing.comments]
    if starts:
        return [Replacement(start, drawing.text.index("-->", start) + 3, "") for start in starts]
    ways = (without_editor_metadata, _without_idle_ids, _without_percent, add_viewbox)
    return next((edits for way in ways if (edits := way(drawing))), [])


def _without_idle_ids(drawing: Drawing) -> list[Replacement]:
    """Removes ids that several elements have and nothing refers to."""
    counts = Counter(element.get("id") for element in drawing.elements)
    idle = {name for name, count in counts.items() if name and count > 1 and not _is_referred_to(drawing, name)}
    tags = (drawing.start_tag(element) for element in drawing.elements if element.get("id") in idle)
    return [Replacement(tag.attributes["id"].gap, tag.attributes["id"].span.end, "") for tag in tags]


def _without_percent(drawing: Drawing) -> list[Replacement]:
    """Removes width and height where they are percentages, or have another ratio than the viewBox."""
    size = frame(drawing)
    if size.view_box is None or not (size.percent or size.disagrees):
        return []
    attributes = drawing.start_tag(drawing.root).attributes
    found = [attributes[name] for name in ("width", "height") if name in attributes]
    return [Replacement(attribute.gap, attribute.span.end, "") for attribute in found]


def _is_referred_to(drawing: Drawing, name: str) -> bool:
    return re.search(rf"#{re.escape(name)}(?![\w.:-])", drawing.text) is not None
