"""What refers to what within a drawing: one pass over all attributes and style sheets, for every check that asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from toolkit.regex import regex
from toolkit.svg.css import unescape
from toolkit.svg.names import SVG, XLINK
from toolkit.svg.vocabulary import STYLED_ATTRIBUTES

if TYPE_CHECKING:
    from toolkit.svg.document import Element

_URL = regex(r"""url\(\s*+["']?+#([^"')\s]++)""", re.IGNORECASE)
MAX_RULES = 50_000
"""Of style sheets that refer to an id; of more, one too many is kept."""
_PAINTED = STYLED_ATTRIBUTES | {"style"}
_XLINK_HREF = f"{XLINK} href "
_SIMPLE = regex(r"[.#]?[-\w]++|\*")
_CLASS = regex(r"\.[-\w]++")


class Reference(NamedTuple):
    """The attribute ``key`` of the element with that number refers to the id ``name``.

    In a style sheet, the ``key`` is empty and the element is the ``style``.
    """

    element: int
    key: str
    name: str


class Rule(NamedTuple):
    """A rule of a style sheet, with a ``selector`` such as ``.name``, ``#name`` or ``rect``, refers to the id ``name``.

    It is ``certain`` that it holds for what the selector selects, unless the selector is a part of a longer one.
    """

    selector: str
    name: str
    certain: bool


class References(NamedTuple):
    """The ids of a document, and what refers to them.

    ``ids``: the number of the first element with each id. ``repeated``: the numbers of further ones, which no
    reference finds. ``all``: every reference, in document order. ``in_sheets``: rules that refer to an id.
    """

    ids: Mapping[str, int]
    repeated: tuple[int, ...]
    all: tuple[Reference, ...]
    in_sheets: tuple[Rule, ...]

    @classmethod
    def of(cls, elements: Sequence[Element], texts: Mapping[int, str]) -> References:
        """The references of a document; ``texts`` as in ``SvgDocument``."""
        ids: dict[str, int] = {}
        repeated, found = list[int](), list[Reference]()
        sheets = {number: text for number, text in texts.items() if elements[number].name.local == "style"}
        for number, element in enumerate(elements):
            for key, value in element.attributes.items():
                if key == "id":
                    if ids.setdefault(value, number) != number:
                        repeated.append(number)
                elif ("#" in value or "\\" in value) and (names := _referred(element, key, value)):
                    found += (Reference(number, key, name) for name in names)
            if number in sheets:
                found += (Reference(number, "", n) for n in dict.fromkeys(_URL.findall(unescape(sheets[number]))))
        return cls(ids, tuple(repeated), tuple(found), tuple(islice(_rules(sheets.values()), MAX_RULES + 1)))

    @property
    def missing(self) -> tuple[Reference, ...]:
        """The first reference to each id that no element has."""
        from urllib.parse import unquote

        first = {reference.name: reference for reference in reversed(self.all)}
        return tuple(r for r in self.all if r is first[r.name] and not {r.name, unquote(r.name)} & self.ids.keys())

    def ambiguous(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """The elements, one for each id, whose id is another's already and is referred to."""
        named = {name: element for element in (elements[n] for n in self.repeated) if (name := element.get("id"))}
        wanted = {reference.name for reference in self.all}
        return tuple(element for name, element in named.items() if name in wanted)


def _referred(element: Element, key: str, value: str) -> Sequence[str]:
    """The ids that an attribute refers to."""
    if "(" in value:
        return _URL.findall(unescape(value)) if key in _PAINTED else ()
    if not (key == "href" or key.startswith(_XLINK_HREF)) or not element.tag.startswith(SVG):
        return ()
    address = value.strip()
    return (address[1:],) if address.startswith("#") and len(address) > 1 else ()


def _rules(sheets: Iterable[str]) -> Iterator[Rule]:
    for sheet in sheets:
        for rule in unescape(sheet).split("}"):
            before, _, body = rule.rpartition("{")
            names = dict.fromkeys(_URL.findall(body))
            for selector in before.rpartition("{")[2].split(",") if names else ():
                certain = _SIMPLE.fullmatch(selector.strip()) is not None
                for simple in [selector.strip()] if certain else dict.fromkeys(_CLASS.findall(selector)):
                    yield from (Rule(simple, name, certain) for name in names)
