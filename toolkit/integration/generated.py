"""What `ldit new` wrote and nobody has replaced yet: drawn icons, examples in the README and the form, marks.

Each fact is read from the content, so that a formatter does not hide it. The examples of the README are those that the
templates in ``templates/integration`` mark with ``<# example #>``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from toolkit import resources
from toolkit.integration.manifest import Manifest
from toolkit.integration.readme import Readme
from toolkit.regex import regex
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.names import SVG

PLATE_SIDE, PLATE_RADIUS = 40, 9
PLATE_COLORS = (
    "#2450c8",
    "#4a3fc4",
    "#7433c9",
    "#a3229e",
    "#bb2161",
    "#b52a2a",
    "#ad4a10",
    "#856000",
    "#4a7010",
    "#147a44",
    "#0d7470",
    "#0b6a92",
    "#35506e",
    "#28406f",
)
"""Of the rounded square that begins each drawn icon. Each has a contrast of at least 4.5 on white (WCAG), as ink and
under white letters."""
EXAMPLE_HOST = "acme.example"
"""Where the addresses lead that a new form shows as examples."""
MARK = "TODO"
"""What begins a sentence of a new README that says what is still to be written."""

_EXAMPLE = regex(r"^<# example #>\n((?:```.*?^```$)|.+?(?=\n\n|\Z))", re.MULTILINE | re.DOTALL)
_VARIABLE = regex(r"<<.*?>>")
_BLANK = "\0"
_WORD = regex(r"\w+|\0")
_LONGEST_ANSWER = 40
"""Words; an answer that stands in an example."""
_MARKED = regex(rf"\b{MARK}\b:?[ \t]*([^\n]*)")
_ADDRESS = regex(rf"(?i)[\w.@:/-]*\b{re.escape(EXAMPLE_HOST)}\b[\w./-]*")
_CAPTIONS = frozenset({"title", "desc", "metadata", "g"})


class Passage(NamedTuple):
    """Code points ``start`` to ``end`` of a README, and what they say: the sentence of a mark, an example's words."""

    start: int
    end: int
    text: str


class FormExample(NamedTuple):
    """A string of a form variable that shows an example: where, and the address in it."""

    pointer: str
    address: str


def is_drawn(document: SvgDocument) -> bool:
    """Whether ``ldit new`` drew this icon: the rounded square in one of its colors, then nothing but paths."""
    elements = [element for element in document.elements[1:] if element.name.local not in _CAPTIONS]
    if len(elements) < 2 or not _is_plate(elements[0]):
        return False
    return all(element.name.namespace == SVG and element.name.local == "path" for element in elements[1:])


def _is_plate(element: Element) -> bool:
    if element.name.namespace != SVG or element.name.local != "rect":
        return False
    sizes = [_number(element.get(name)) for name in ("width", "height", "rx")]
    return sizes == [PLATE_SIDE, PLATE_SIDE, PLATE_RADIUS] and (element.get("fill") or "").lower() in PLATE_COLORS


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").strip().removesuffix("px"))
    except ValueError:
        return None


def marks(readme: Readme) -> Iterator[Passage]:
    """Each mark of what is still to be written, with the sentence that says what; code has none."""
    for match in _MARKED.finditer(readme.prose):
        yield Passage(*match.span(), readme.file.text[slice(*match.span(1))].strip())


def examples(readme: Readme) -> Iterator[Passage]:
    """Each example that is still as it was made, whatever its layout, unless a mark right before it says so already."""
    text = readme.file.text
    marked = [mark.end for mark in marks(readme)]
    for start, end in _joined(text, _found(text)):
        before = bisect_right(marked, start)
        if not before or not _is_next(text, marked[before - 1], start):
            yield Passage(start, end, " ".join(text[start:end].split()))


def _found(text: str) -> list[tuple[int, int]]:
    """Where examples stand in a text, in its order."""
    found = [(match[0].lower(), *match.span()) for match in re.finditer(r"\w+", text)]
    spans = _spans([word for word, _start, _end in found])
    return sorted((found[first][1], found[last - 1][2]) for first, last in spans)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, those as one between which no word stands."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or _is_next(text, joined[-1][1], start)):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return iter(joined)


def _is_next(text: str, end: int, start: int) -> bool:
    """Whether no word stands between two places."""
    return not re.compile(r"\w").search(text, end, start)


def form_examples(manifest: Manifest) -> Iterator[FormExample]:
    """Each example address of a new form that is still there."""
    if EXAMPLE_HOST not in manifest.document.text:
        return
    for variable in manifest.form_variables:
        for key, value in variable.value.items():
            if isinstance(value, str) and (found := _ADDRESS.search(value)):
                yield FormExample(f"{variable.pointer}/{key}", found[0])


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From the first to behind the last word of each example among the words of a README."""
    firsts: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        firsts.setdefault(word, []).append(index)
    for runs in _templates():
        for first in firsts.get(runs[0][0], ()):
            if (last := _end(words, first, runs)) is not None:
                yield first, last


def _end(words: Sequence[str], first: int, runs: Sequence[tuple[str, ...]]) -> int | None:
    """Behind the last word, where all runs of words stand from ``first``, with an answer between any two."""
    position, room = first, 0
    for run in runs:
        for start in range(position, position + room + 1):
            if tuple(words[start : start + len(run)]) == run:
                break
        else:
            return None
        position, room = start + len(run), _LONGEST_ANSWER
    return position


@cache
def _templates() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The examples of all READMEs that ship with the package: for each the words between its answers."""
    found: list[tuple[tuple[str, ...], ...]] = []
    for path in sorted(resources.path("templates/integration").glob("*/README.md.jinja")):
        for example in _EXAMPLE.findall(path.read_text(encoding="utf-8")):
            words = _WORD.findall(_VARIABLE.sub(f" {_BLANK} ", example.lower()))
            runs = (tuple(run.split()) for run in " ".join(words).split(_BLANK))
            found.append(tuple(run for run in runs if run))
    return tuple(found)
