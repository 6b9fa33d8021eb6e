"""Entities that a DOCTYPE declares, as Illustrator does for its namespaces: replaced by what they stand for."""

import re

from toolkit.regex import regex
from toolkit.svg.fixes import cut
from toolkit.text_edits import Replacement

MAX_DECLARED = 50
MAX_ADDED = 100_000
"""Characters that entities stand for, wherever they are used, all together."""

_SPACE = r"[ \t\r\n]"
_QUOTED = r"""(?:"[^"]*+"|'[^']*+')"""
_DOCTYPE = regex(
    rf"""(?: {_SPACE}++ | <!--(?:(?!-->).)*+--> | <\?(?:(?!\?>).)*+\?> )*+
    (?P<doctype>
      <!DOCTYPE {_SPACE}++ svg (?: {_SPACE}++ (?: PUBLIC {_SPACE}++ {_QUOTED} | SYSTEM ) {_SPACE}++ {_QUOTED} )?+
      {_SPACE}*+
      \[ (?P<subset> (?: {_SPACE}++ | <!ENTITY {_SPACE}++ [\w.:-]++ {_SPACE}++ {_QUOTED} {_SPACE}*+ > )*+ ) \]
      {_SPACE}*+ >
    )""",
    re.VERBOSE | re.DOTALL,
)
_ENTITY = regex(rf"""<!ENTITY{_SPACE}++([\w.:-]++){_SPACE}++(?:"([^"<&%']*+)"|'([^'<&%"]*+)')""")
_USE = regex(r"<!--(?:(?!-->).)*+|<!\[CDATA\[(?:(?!]]>).)*+|<\?(?:(?!\?>).)*+|&([\w.:-]++);", re.DOTALL)
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


def without_entities(text: str) -> list[Replacement]:
    """The edits that put plain text in the place of each entity, and remove the DOCTYPE that declares them.

    Nothing where the DOCTYPE declares anything else, or more than plain text, or where another entity is used.
    """
    found = _DOCTYPE.match(text)
    if found is None or found["subset"].count("<!ENTITY") > MAX_DECLARED:
        return []
    plain = _ENTITY.findall(found["subset"])
    if found["subset"].count("<!ENTITY") != len(plain):
        return []
    values = {name: double or single for name, double, single in reversed(plain)}  # the first declaration counts
    edits, added = [cut(text, *found.span("doctype"))], 0
    for use in _USE.finditer(text, found.end()):
        if use[1] and use[1] not in _PREDEFINED:
            added += len(values.get(use[1], ""))
            if use[1] not in values or added > MAX_ADDED:
                return []
            edits.append(Replacement(*use.span(), values[use[1]]))
    return edits
