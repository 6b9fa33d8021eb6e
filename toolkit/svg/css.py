"""What CSS does beyond styling, after its escapes are read; for style sheets, ``style`` and paint attributes."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from toolkit.svg.offence import excerpt
from toolkit.svg.vocabulary import CSS_AT_RULES, CSS_FUNCTIONS, DRAWING_ELEMENTS

_NAMING = r"[^\x00-,./:-@\[-\^`{-\x7f]"  # letters, digits, - and _, and whatever is not ASCII
_IDENT = rf"(?:{_NAMING}|\\[0-9a-fA-F]{{1,6}}[ \t\n]?|\\[^\n0-9a-fA-F])++"
_STRING = r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'"""
_TOKEN = re.compile(
    rf"""
      (?P<comment> /\*.*?(?:\*/|\Z) )
    | (?P<string> {_STRING} )
    | (?P<at> @{_IDENT} )
    | (?P<hash> [\#.]{_IDENT}(?!\() )
    | (?P<function> {_IDENT}\( )
    | (?P<ident> {_IDENT} )
    | (?P<mark> [{{}};:<\[\]()] )
    """,
    re.VERBOSE | re.DOTALL,
)
_URL = re.compile(rf"\s*(?:(?P<string>{_STRING})|(?P<bare>(?:[^)\\]|\\.)*+))\s*(?:\)|\Z)", re.DOTALL)
_POSITION_IN_SELECTOR = re.compile(r"[\w\s+-]*\)")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))", re.DOTALL)
# Rules for classes and ids, as editors write them, without a character that could begin anything but a plain value.
_PLAIN_VALUES = r"[^{}(\\<@]*+(?:url\(#[-\w]++\)[^{}(\\<@]*+)*+"
_PLAIN_SHEET = re.compile(rf"(?:\s*+(?:[.#][-\w]++\s*+,?\s*+)++\{{{_PLAIN_VALUES}\}})*+\s*+")
_ACTIVE_WORD = re.compile(r"behavior|binding", re.IGNORECASE)
_ACTIVE_PROPERTIES = frozenset({"behavior", "-moz-binding", "-ms-behavior"})
_LOADING_FUNCTIONS = frozenset({"src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_REST = re.compile(r"[^;{}]*")
_QUALIFIERS = frozenset(":[=~|^$*")
_KEYFRAMES = frozenset({"from", "to"})


class Fault(NamedTuple):
    """``snippet`` is the text at fault as it stands in the CSS."""

    kind: Literal["style", "external-reference"]
    snippet: str
    message: str
    help: str


def value_faults(value: str) -> Iterator[Fault]:
    """What is wrong in declarations (a ``style`` attribute) or in a single value (``fill``, ``mask``)."""
    return _Scan(value, sheet=False).faults()


def sheet_faults(sheet: str) -> Iterator[Fault]:
    """What is wrong in the content of a ``style`` element."""
    if _PLAIN_SHEET.fullmatch(sheet) and not _ACTIVE_WORD.search(sheet):
        return iter(())
    return _Scan(sheet, sheet=True).faults()


def unescape(text: str) -> str:
    """CSS text with its backslash escapes read."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


class _Scan:
    """One pass over the tokens; keeps whether it stands in a selector, and the names that open it."""

    def __init__(self, css: str, *, sheet: bool) -> None:
        self.css = css.replace("\r", "\n")
        self.position = 0
        self.sheet = sheet
        self.prelude: list[re.Match[str]] = []

    def faults(self) -> Iterator[Fault]:
        while token := _TOKEN.search(self.css, self.position):
            self.position = token.end()
            if fault := self.read(token):
                yield fault
                self.position = _REST.match(self.css, self.position).end()  # type: ignore[union-attr]

    def read(self, token: re.Match[str]) -> Fault | None:
        match token.lastgroup:
            case "comment" | "string" | "hash":
                return None
            case "function":
                return self.function(token[0])
            case "mark":
                return self.mark(token[0])
            case "at":
                self.prelude.append(token)
                return _at_rule(token[0])
        self.prelude.append(token)
        return None

    def function(self, written: str) -> Fault | None:
        name = unescape(written[:-1]).lower()
        if name == "url":
            return self.url(written)
        if name.startswith("nth-") or name in ("lang", "dir"):
            if inside := _POSITION_IN_SELECTOR.match(self.css, self.position):
                self.position = inside.end()
        elif name in _LOADING_FUNCTIONS:
            return Fault(
                "external-reference", written, f"the style may load a file with `{name}()`", f"remove `{name}()`"
            )
        elif name not in CSS_FUNCTIONS:
            message = f"the style calls `{excerpt(name)}()`, which an icon has no use for"
            return Fault("style", written, message, "remove it")
        return None

    def url(self, written: str) -> Fault | None:
        url = _URL.match(self.css, self.position)
        if url is None:
            return None
        self.position = url.end()
        target = unescape(url["string"][1:-1] if url["string"] else url["bare"]).strip()
        if not target or target.startswith("#"):
            return None
        message, remedy = f"the style loads {excerpt(target)}", "refer to parts of this file only, as in url(#id)"
        return Fault("external-reference", written + url[0], message, remedy)

    def mark(self, mark: str) -> Fault | None:
        names, self.prelude = self.prelude, [] if mark in "{};" else self.prelude
        if mark == "<":
            return Fault("style", "<", "the style contains markup (`<`)", "remove everything that is not CSS")
        if mark == "{" and self.sheet:
            return self.selector(names)
        if mark == ":" and names:
            written = names[-1][0]
            if (name := unescape(written).lower()) in _ACTIVE_PROPERTIES:
                return Fault("style", written, f"the property `{name}` runs code", f"remove `{name}`")
        return None

    def selector(self, names: list[re.Match[str]]) -> Fault | None:
        if names and names[0].lastgroup == "at":
            return None
        for token in names:
            name = unescape(token[0])
            qualified = self.css[token.start() - 1 : token.start()] in _QUALIFIERS
            if not (qualified or name in DRAWING_ELEMENTS or name in _KEYFRAMES or not name[0].isalpha()):
                message = f"the style rule for `{excerpt(name)}` would change the page that shows the icon"
                return Fault("style", token[0], message, "style elements of the drawing only")
        return None


def _at_rule(written: str) -> Fault | None:
    name = unescape(written[1:]).lower()
    if name == "import":
        return Fault("external-reference", written, "the style imports another file", "remove `@import`")
    if name not in CSS_AT_RULES:
        return Fault("style", written, f"the style uses `@{excerpt(name)}`, which an icon has no use for", "remove it")
    return None
