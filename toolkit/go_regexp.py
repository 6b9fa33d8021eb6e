"""Which regular expressions Go refuses, judged by the C++ library RE2 and what is known to differ between the two.

Source: regexp/syntax/parse.go of Go 1.27, which was compared with google-re2 1.1.20251105 on 300,000 random patterns.

===============================  =================================  ==============================
pattern                          RE2                                Go
===============================  =================================  ==============================
``\\C``                           any byte                           invalid escape sequence
``(?P<é>...)``, ``(?<é>...)``    letters and digits of any script   only A to Z, a to z, 0 to 9, _
1,000 groups in one another      accepted                           expression nests too deeply
``\\pL{1000}``                    too large with 8 MB of memory      accepted
===============================  =================================  ==============================

Both take a group name that was used before. ``\\p{Letter}``, ``\\p{han}`` and the like, which Go knows since 1.25 only,
count as refused; so do scripts that are new in Unicode.
"""

from collections.abc import Iterator
from typing import Final

from toolkit.regex import regex

MAX_DEPTH: Final = 1_000
"""Groups and repetitions inside one another that Go takes for too many; here groups alone are counted."""
_TOO_LARGE: Final = "pattern too large - compile failed"
"""What RE2 says of a pattern that it could read, but not hold in its 8 MB."""
_PIECE = regex(
    r"\\Q(?s:.*?)(?:\\E|\Z)"
    r"|(?P<escape>\\[\s\S])"
    r"|\[\^?+\]?+(?:\[:\^?\w++:\]|\\[\s\S]|[^\]\\])*+\]"
    r"|\(\?P?<(?P<name>[^>]*+)>"
    r"|\(\?[a-zA-Z-]*+\)|(?P<uncounted>\(\?[a-zA-Z-]*+:)|(?P<counted>\()|(?P<close>\))"
)
_NAME = regex(r"[A-Za-z0-9_]+")


def refusal(pattern: str) -> str:
    """Why Go's regexp package refuses a pattern; empty if it compiles it."""
    return _said_by_re2(pattern) or next(_differences(pattern), "")


def _said_by_re2(pattern: str) -> str:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else error
        complaint = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return "" if complaint == _TOO_LARGE else complaint
    except UnicodeEncodeError:
        return "it holds half a surrogate pair"
    return ""


def _differences(pattern: str) -> Iterator[str]:
    """What Go says of a pattern that RE2 takes; character classes and quotations hold none of it."""
    opened: list[bool] = []
    depth = 0
    for piece in _PIECE.finditer(pattern):
        if piece["escape"] == "\\C":
            yield "invalid escape sequence: \\C"
        if piece["name"] is not None and not _NAME.fullmatch(piece["name"]):
            yield f"invalid named capture: {piece[0]} (a name has only ASCII letters, digits and _)"
        if piece["close"]:
            depth -= opened.pop()
        elif piece["uncounted"] or piece["counted"] or piece["name"] is not None:
            opened.append(not piece["uncounted"])
            depth += opened[-1]
        if depth >= MAX_DEPTH:
            yield "expression nests too deeply"
