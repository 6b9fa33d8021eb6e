"""Regular expressions of schemas: ECMAScript's verdict, in a time that the author of a schema cannot choose.

An expression from elsewhere runs in RE2, which takes linear time. What RE2 does not know (look-around, for one) runs in
an ECMAScript engine that goes back over the text, where the form of the expression keeps that within bounds.
"""

import re
from collections.abc import Callable
from functools import cache

from toolkit.regex import regex

Match = Callable[[str], bool]

_TRUSTED: set[str] = set()
_LONGEST = 5_000
"""Code points of a text that an expression which RE2 does not know is run over; a longer one does not match."""
_SPACE = r"\t\n\v\f\r\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"
_NOT_SPACE = (
    r"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"
    r"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
)
_OUTSIDE = {
    r"\s": f"[{_SPACE}]",
    r"\S": f"[{_NOT_SPACE}]",
    r"\0": r"\x{0}",
    ".": r"[^\n\r\x{2028}\x{2029}]",
    "[]": r"[^\x{0}-\x{10ffff}]",
    "[^]": r"[\x{0}-\x{10ffff}]",
}
_INSIDE = {r"\s": _SPACE, r"\S": _NOT_SPACE, r"\0": r"\x{0}", r"\b": r"\x{8}", "[": r"\["}
"""What ECMAScript writes otherwise than RE2, outside and inside a class of characters."""
_TOKEN = regex(r"\\u\{?([0-9A-Fa-f]{4,6})\}?|\\x[0-9A-Fa-f]{2}|\\.|\[\^?\]|\[|\]|.", re.DOTALL)
_REPEATS = regex(r"\\.|\[(?:\\.|[^\]\\])*\]|[*+?]\??|\{\d+(?:,\d*)?\}\??|.", re.DOTALL)


class PatternError(ValueError):
    """An expression that is none, or that could take too long; ``str()`` says which."""


def trust(pattern: str) -> None:
    """Lets ``pattern``, one of our own, run in the ECMAScript engine whatever its form."""
    _TRUSTED.add(pattern)


@cache
def matcher(pattern: str) -> Match:
    """Whether ``pattern`` matches somewhere in a text. Raises PatternError."""
    if pattern in _TRUSTED:
        return _ecmascript(pattern)
    exact = _ecmascript(pattern)
    if linear := _linear(pattern):
        return linear
    if _steps(pattern) > 2:
        raise PatternError("could take too long")
    return lambda text: len(text) <= _LONGEST and exact(text)


def _ecmascript(pattern: str) -> Match:
    import regress

    try:
        find = regress.Regex(pattern).find
    except (regress.RegressError, UnicodeEncodeError) as error:
        raise PatternError("is no ECMAScript expression") from error

    def matches(text: str) -> bool:
        try:
            return find(text) is not None
        except UnicodeEncodeError:  # a lone surrogate
            return find(_whole(text)) is not None

    return matches


def _linear(pattern: str) -> Match | None:
    """The expression as RE2 runs it, or None where RE2 does not know it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        search = re2.compile(translated(pattern), options).search
    except (re2.error, UnicodeEncodeError):
        return None

    def matches(text: str) -> bool:
        try:
            return search(text) is not None
        except UnicodeEncodeError:  # a lone surrogate
            return search(_whole(text)) is not None

    return matches


def _whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair that stands alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def translated(pattern: str) -> str:
    """An ECMAScript expression as RE2 writes it."""
    pieces: list[str] = []
    inside = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if token[1]:
            text = rf"\x{{{token[1]}}}"
        elif not inside and text == "[":
            inside = True
        elif inside and text in ("]", "[]", "[^]"):
            pieces += (r"\[", r"\^")[: len(text) - 1]
            text, inside = "]", False
        else:
            text = (_INSIDE if inside else _OUTSIDE).get(text, text)
        pieces.append(text)
    return "".join(pieces)


def _steps(pattern: str) -> int:
    """The power of the text's length that bounds the time of going back and forth; above 2 where nothing bounds it."""
    steps = int(not pattern.startswith("^"))
    before = ""
    for token in _REPEATS.findall(pattern):
        repeats_group = before == ")" and token[0] in "*+{"
        if repeats_group or re.match(r"\\[1-9k]", token):
            return 3
        steps += token[0] in "*+{"
        before = token
    return steps
