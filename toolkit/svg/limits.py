"""Numbers that would keep a browser busy, or its memory full, for nothing that is seen."""

import re
from collections.abc import Iterator

from toolkit.regex import regex
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.geometry import NUMBER, length
from toolkit.svg.violation import Violation, excerpt
from toolkit.svg.vocabulary import ANIMATIONS, FILTER_LIMITS

MAX_SIDE = 10_000
"""CSS pixels of an icon's width or height."""

_NUMBERS = regex(NUMBER, re.IGNORECASE)
_LIMITS_BY_ATTRIBUTE = {attribute: limit for (_, attribute), limit in FILTER_LIMITS.items()}
_ANIMATED_VALUES = ("from", "to", "by", "values")


def oversize(document: SvgDocument) -> Iterator[Violation]:
    """A width or height of the root that is over MAX_SIDE."""
    for name in ("width", "height"):
        size = length(document.root.get(name) or "")
        if size and (size.pixels or 0) > MAX_SIDE:
            message = f"the {name} {excerpt(document.root.get(name) or '', 40)} is over {MAX_SIDE:,} px, the limit"
            yield Violation("oversize", *document.attribute_span(document.root, name), message, f"remove the {name}")


def endless_numbers(document: SvgDocument, element: Element) -> Iterator[Violation]:
    """The numbers of a filter, or of an animation of one, that are over the limits of FILTER_LIMITS."""
    local = element.name.local
    if local in ANIMATIONS:
        animated = (element.get("attributeName") or "").strip()
        limits = dict.fromkeys(_ANIMATED_VALUES, _LIMITS_BY_ATTRIBUTE.get(animated))
    else:
        animated = ""
        limits = {attribute: limit for (owner, attribute), limit in FILTER_LIMITS.items() if owner == local}
    for key, limit in limits.items():
        numbers = _NUMBERS.findall(element.get(key) or "") if limit else ()
        if limit and (largest := max(map(float, numbers), default=0)) > limit:
            message = f"`{animated or key}` of {largest:g} makes a browser work without end, the limit is {limit:,}"
            yield Violation("endless-filter", *document.attribute_span(element, key), message, f"lower it to {limit}")
