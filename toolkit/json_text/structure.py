"""Explains what is wrong with commas, colons and brackets."""

from bisect import bisect
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.position import position
from toolkit.json_text.scanner import CLOSER, Expected, Node, Unexpected
from toolkit.regex import regex

_NO_VALUE = ("no value after the colon", "write the value")
_NEIGHBOURS: Final = {
    ",,": ("two commas in a row", "delete one"),
    "[,": ("comma before the first item", "delete the comma"),
    "{,": ("comma before the first key", "delete the comma"),
    "::": ("two colons in a row", "delete one"),
    ":,": _NO_VALUE,
    ":}": _NO_VALUE,
    "{:": ("no key before the colon", "write the key in double quotes"),
    ",:": ("no key before the colon", "write the key in double quotes"),
    ",{": ("no key before the object", "write a key and a colon, or use `[` and `]` around the objects"),
    "{{": ("no key before the object", "write a key and a colon, or delete one `{`"),
    ",[": ("no key before the array", "write a key and a colon"),
    "{[": ("no key before the array", "write a key and a colon"),
}
_WANTED: Final[dict[Expected, str]] = {
    "value": "a value",
    "item": "a value or `]`",
    "key": "a key in double quotes",
    "first key": "a key in double quotes or `}`",
    "colon": "a colon",
    "comma": "a comma or the closing bracket",
    "end": "nothing more",
}

_LINE_START = regex(r"(?:^|(?<=[\r\n]))([ \t]*)")


def explain_structure(text: str, fault: Unexpected) -> JsonSyntaxError:
    """What is wrong with the separators and brackets where the scanner stopped."""
    found = text[fault.offset : fault.offset + 1]
    if not found:
        return _unclosed(text, fault)
    if found in "]}" and (not fault.opened or CLOSER[text[fault.opened[-1].start]] != found):
        return _wrong_closer(text, fault, found)
    if fault.expected == "end":
        return JsonSyntaxError(text, fault.offset, 1, "text after the end of the JSON value", "delete it")
    if fault.expected in ("colon", "comma"):
        return _missing_separator(text, fault, found)
    before = text[fault.after - 1 : fault.after]
    if before == "," and found in "]}":
        return JsonSyntaxError(text, fault.after - 1, 1, f"comma before the closing `{found}`", "delete the comma")
    message, help_ = _NEIGHBOURS.get(before + found, (f"unexpected `{found}`", f"write {_WANTED[fault.expected]} here"))
    return JsonSyntaxError(text, fault.offset, 1, message, help_)


def _missing_separator(text: str, fault: Unexpected, found: str) -> JsonSyntaxError:
    after_string = text[fault.after - 1] == '"'
    if after_string and fault.after == fault.offset and found not in '":,{[]}':
        return JsonSyntaxError(text, fault.after - 1, 1, "double quote inside a string", r"write \" for it")
    if fault.expected == "colon":
        if found in ",}":
            return JsonSyntaxError(
                text, fault.after, 0, "key without a value", "write `:` and the value, or use an array"
            )
        return JsonSyntaxError(text, fault.after, 0, "missing colon after the key", "write `:`")
    if found != ":":
        return JsonSyntaxError(text, fault.after, 0, "missing comma after the value", "write `,`")
    if text[fault.opened[-1].start] == "[":
        return JsonSyntaxError(text, fault.offset, 1, "colon in an array", "use `{` and `}` around keys with values")
    return JsonSyntaxError(
        text, fault.offset, 1, "second colon after a key", "write `,` before the next key, or delete it"
    )


def _wrong_closer(text: str, fault: Unexpected, found: str) -> JsonSyntaxError:
    if not fault.opened:
        return JsonSyntaxError(text, fault.offset, 1, f"`{found}` closes nothing", "delete it")
    opener, line = _opening(text, fault.opened[-1])
    if any(CLOSER[text[node.start]] == found for node in fault.opened):
        message = f"`{opener}` of line {line} is not closed before this `{found}`"
        return JsonSyntaxError(text, fault.offset, 1, message, f"write `{CLOSER[opener]}` before it")
    message = f"`{found}` cannot close the `{opener}` of line {line}"
    return JsonSyntaxError(text, fault.offset, 1, message, f"write `{CLOSER[opener]}`, or delete it")


def _unclosed(text: str, fault: Unexpected) -> JsonSyntaxError:
    if not fault.opened:
        return JsonSyntaxError(text, 0, 0, "file is empty", "write a JSON value")
    node, place = fault.opened[-1], fault.after
    if misaligned := list(_misaligned(text, fault.opened[0])):
        # The innermost of them lacks its bracket and was closed by the one of the object around it.
        node = min(misaligned, key=lambda node: node.end)
        place = node.children[-1].end if node.children else node.start + 1
    opener, line = _opening(text, node)
    message = f"`{opener}` of line {line} is never closed"
    return JsonSyntaxError(text, place, 0, message, f"write `{CLOSER[opener]}`")


def _misaligned(text: str, root: Node) -> Iterator[Node]:
    """The objects and arrays whose closing bracket starts a line, but not below the line they start on."""
    lines = [(match.end(), match[1]) for match in _LINE_START.finditer(text)]
    todo = [root]
    while todo:
        node = todo.pop()
        todo.extend(node.children)
        if text[node.end - 1] in "]}":
            _, opening = _line(lines, node.start)
            end_of_indent, closing = _line(lines, node.end - 1)
            if end_of_indent == node.end - 1 and closing != opening:
                yield node


def _line(lines: list[tuple[int, str]], offset: int) -> tuple[int, str]:
    """Where the indentation of the line that holds ``offset`` ends, and that indentation."""
    return lines[bisect(lines, offset, key=itemgetter(0)) - 1]


def _opening(text: str, node: Node) -> tuple[str, int]:
    return text[node.start], position(text, node.start)[0]
