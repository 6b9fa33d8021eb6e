"""Makes JSON of a text with commas too many or too few, comments, or other quotes, where one reading is certain."""

from typing import Final, NamedTuple

from toolkit.json_text.mistakes import COMMENT
from toolkit.json_text.scanner import CLOSER, Resume, Unexpected, scan, scan_on
from toolkit.regex import regex

_COMMENT = regex(COMMENT)
_DOUBLE: Final = "“”„‟«»"
_SINGLE: Final = "'\u2018\u2019\u201a\u201b"
_ESCAPE: Final = r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
_STRING = regex(
    rf"[{_DOUBLE}](?:[^\"\\\x00-\x1f{_DOUBLE}]|{_ESCAPE})*+[{_DOUBLE}\"]"
    rf"|[{_SINGLE}](?:[^\"\\\x00-\x1f{_SINGLE}]|{_ESCAPE})*+[{_SINGLE}]"
    rf"|\"(?:[^\"\\\x00-\x1f{_DOUBLE}]|{_ESCAPE})*+[{_DOUBLE}](?=[ \t]*+[,:\]}}]?[ \t]*+(?:[\r\n]|\Z))"
)
"""A string in other quotes; one of plain double quotes may be among them."""
_QUOTE = regex(f'["{_DOUBLE}{_SINGLE}]')
_VALUE = regex(rf"{_QUOTE.pattern}|[\[{{\-0-9tfn]")
_LINE_BREAK = regex(r"[\r\n]")
_REST_OF_LINE = regex(r"[ \t]*+(?:\r\n?|\n|\Z)")
_BLANK: Final = " \t"


class Repair(NamedTuple):
    """The text to put in place of the code points from ``start`` to ``end`` of a file's text."""

    start: int
    end: int
    text: str


def repairs(text: str) -> tuple[Repair, ...]:
    """The repairs that make JSON of ``text``, from first to last and apart from each other.

    Needless commas and comments go, missing commas come, other quotes become double quotes; everything else of the
    text stays as it is. None where more is wrong, where that is not certain, and where the text is JSON already.
    """
    found = _Repairs(text)
    try:
        scan_on(text, found.recover)
        made = tuple(found.joined())
        scan(repaired(text, made))
    except Unexpected:
        return ()
    return made


def repaired(text: str, some: tuple[Repair, ...]) -> str:
    """``text`` with repairs made, which are given from first to last."""
    pieces: list[str] = []
    last = 0
    for start, end, new in some:
        pieces += text[last:start], new
        last = end
    return "".join((*pieces, text[last:]))


class _Repairs:
    """Goes from one mistake to the next, and writes down what to do about each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Repair] = []
        self._before: dict[int, int] = {}  # by where something deleted ends: where the token before it does

    def recover(self, fault: Unexpected) -> Resume:
        """Makes up for the mistake that the scanner met. Raises the fault where it is another one."""
        after = self._before.get(fault.after, fault.after)
        attempts = (self._comment, self._needless_comma, self._missing_comma, self._string)
        resume = next(filter(None, (attempt(fault, after) for attempt in attempts)), None)
        if resume is None:
            raise fault
        return resume

    def joined(self) -> list[Repair]:
        """The repairs in order, with those that touch made one."""
        made: list[Repair] = []
        for start, end, text in sorted(self.found):
            if made and start <= made[-1].end:
                last = made.pop()
                start, end, text = last.start, max(last.end, end), last.text + text
            made.append(Repair(start, end, text))
        return made

    def _delete(self, start: int, end: int) -> None:
        self.found.append(Repair(start, end, ""))

    def _comment(self, fault: Unexpected, after: int) -> Resume | None:
        """With the blanks around it, and with its whole line where it has one of its own."""
        comment = _COMMENT.match(self.text, fault.offset)
        if not comment:
            return None
        start, end = comment.span()
        line = self._blanks_before(start)
        if line and self.text[line - 1] not in "\r\n":
            self._delete(line, end)
        elif rest := _REST_OF_LINE.match(self.text, end):
            self._delete(line, rest.end())
        else:
            self._delete(start, _skip_blanks(self.text, end))
        self._before[end] = after
        return Resume(end, fault.expected)

    def _needless_comma(self, fault: Unexpected, after: int) -> Resume | None:
        """Before a closing bracket, or before another comma where a key must follow."""
        if fault.expected not in ("key", "value") or self.text[after - 1 : after] != "," or not fault.innermost:
            return None
        if self.text.startswith(CLOSER[self.text[fault.innermost.start]], fault.offset):
            self._delete(self._blanks_before(after - 1), after)
            return Resume(fault.offset, "comma")
        if fault.expected == "key" and self.text.startswith(",", fault.offset):
            end = fault.offset + 1
            self._delete(self._blanks_before(fault.offset), end)
            self._before[end] = after
            return Resume(end, "key")
        return None

    def _missing_comma(self, fault: Unexpected, after: int) -> Resume | None:
        """Before a key, or between items of an array, on two lines or after a bracket."""
        if fault.expected != "comma" or not fault.innermost:
            return None
        in_object = isinstance(fault.innermost.value, dict)
        if in_object:
            certain = bool(_QUOTE.match(self.text, fault.offset))
        else:
            apart = self.text[after - 1] in "]}" or _LINE_BREAK.search(self.text, after, fault.offset)
            certain = bool(apart and _VALUE.match(self.text, fault.offset))
        if not certain:
            return None
        self.found.append(Repair(after, after, ","))
        return Resume(fault.offset, "key" if in_object else "value")

    def _string(self, fault: Unexpected, _: int) -> Resume | None:
        """A string whose quotes are not the plain double ones."""
        is_key = fault.expected in ("key", "first key")
        string = _STRING.match(self.text, fault.offset) if is_key or fault.expected in ("value", "item") else None
        if not string:
            return None
        start, end = string.span()
        self.found += (Repair(at, at + 1, '"') for at in (start, end - 1) if self.text[at] != '"')
        return Resume(end, "colon" if is_key else "comma" if fault.innermost else "end")

    def _blanks_before(self, offset: int) -> int:
        """Where the blanks that end at ``offset`` begin."""
        while offset and self.text[offset - 1] in _BLANK:
            offset -= 1
        return offset


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at
