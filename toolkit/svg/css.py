"""What CSS does beyond styling; for style sheets, ``style`` and paint attributes.

What is written plainly, as editors write it, is known to be harmless without a look at each token. Everything else is
taken apart by tinycss2, as CSS Syntax Module Level 3 defines tokens, escapes and blocks.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from toolkit.regex import regex
from toolkit.svg.violation import excerpt
from toolkit.svg.vocabulary import CSS_AT_RULES, CSS_FUNCTIONS, DRAWING_ELEMENTS

Node = Any
"""A node of tinycss2's tree: which attributes it has depends on its ``type``."""
MAX_CSS = 50_000
"""Characters of one icon that are not plain and are looked at; accepted icons have 300 at most."""

_COLOR = r"(?:rgb|hsl)a?\([^()\\<@{}]*+\)"
_PLAIN_VALUES = rf"(?:[^{{}}()\\<@]*?(?:url\(#[-\w.]++\)|{_COLOR}))*+[^{{}}()\\<@]*+"
_PLAIN_VALUE = regex(_PLAIN_VALUES, re.IGNORECASE)
_PLAIN_SHEET = regex(rf"(?:\s*+(?:[.#][-\w]++\s*+,?\s*+)++\{{{_PLAIN_VALUES}\}})*+\s*+", re.IGNORECASE)
"""Rules for classes and ids, as editors write them, without a character that could begin anything but a plain value."""
_ACTIVE_WORD = regex(r"behavior|binding", re.IGNORECASE)
_ACTIVE_PROPERTIES = frozenset({"behavior", "-moz-binding", "-ms-behavior"})
_LOADING_FUNCTIONS = frozenset({"src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_ESCAPE = regex(r"\\([0-9a-fA-F]{1,6})[ \t\n]?|\\(.)", re.DOTALL)
_QUALIFIERS = frozenset({".", ":", "=", "~", "|", "^", "$", "*", "~=", "|=", "^=", "$=", "*=", "||"})
_KEYFRAMES = frozenset({"from", "to"})
_WORD = regex(r"@?[^\s:;{}()<>,@]*+")
_CALL = regex(r"[^(]*+\(")
_ADDRESS = regex(r"[^)]*+\)?")


class StyleFault(NamedTuple):
    """``snippet`` is the text at fault as it stands in the CSS."""

    kind: Literal["style", "external-reference"]
    snippet: str
    message: str
    help: str


def is_plain_value(value: str) -> bool:
    """A quick yes for values without anything active in them."""
    return _PLAIN_VALUE.fullmatch(value) is not None and not _ACTIVE_WORD.search(value)


def value_faults(value: str) -> Iterator[StyleFault]:
    """What is wrong in declarations (a ``style`` attribute) or in a single value (``fill``, ``mask``)."""
    return iter(()) if is_plain_value(value) else _Scan(value, sheet=False).faults()


def sheet_faults(sheet: str) -> Iterator[StyleFault]:
    """What is wrong in the content of a ``style`` element."""
    return iter(()) if _is_plain_sheet(sheet) else _Scan(sheet, sheet=True).faults()


def _is_plain_sheet(sheet: str) -> bool:
    return bool(_PLAIN_SHEET.fullmatch(sheet)) and not _ACTIVE_WORD.search(sheet)


class Styles:
    """Judges the CSS of one icon, the same value once, and no more than MAX_CSS characters that are not plain."""

    def __init__(self) -> None:
        self._left = MAX_CSS
        self._known: dict[str, tuple[StyleFault, ...]] = {}

    def value_faults(self, value: str) -> tuple[StyleFault, ...]:
        """As the function of that name."""
        if value not in self._known:
            self._known[value] = () if is_plain_value(value) else self._taken(value) or tuple(value_faults(value))
        return self._known[value]

    def sheet_faults(self, sheet: str) -> Iterator[StyleFault]:
        """As the function of that name."""
        if _is_plain_sheet(sheet):
            return iter(())
        return iter(self._taken(sheet) or sheet_faults(sheet))

    def _taken(self, css: str) -> tuple[StyleFault, ...]:
        """Takes some of what may still be looked at; a fault where too little is left."""
        self._left -= len(css)
        if self._left >= 0:
            return ()
        message = f"the styles have over {MAX_CSS} characters, the limit"
        return (StyleFault("style", css[:20], message, "simplify them, or use attributes such as `fill`"),)


def unescape(text: str) -> str:
    """CSS text with its backslash escapes read."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


class _Level:
    """The nodes of a sheet, a block or a function, one after the other; ``names`` are those of the selector so far.

    A function, and what is in parentheses, belongs to the selector or declaration around it.
    """

    def __init__(self, nodes: list[Node], names: list[tuple[Node, bool]], *, own: bool, attribute: bool) -> None:
        self.nodes = iter(nodes)
        self.names = names
        self.own = own
        self.attribute = attribute
        self.before = ""
        self.skip = False


class _Scan:
    """One pass over the nodes that tinycss2 makes of CSS, without recursion: an attacker chooses how deep they are."""

    def __init__(self, css: str, *, sheet: bool) -> None:
        self.css = css.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.css))]
        self.sheet = sheet

    def faults(self) -> Iterator[StyleFault]:
        from tinycss2 import parse_component_value_list

        levels = [_Level(parse_component_value_list(self.css, skip_comments=True), [], own=True, attribute=False)]
        while levels:
            level = levels[-1]
            node = next(level.nodes, None)
            if node is None:
                levels.pop()
                continue
            if level.skip and not (node.type == "{} block" or node == ";"):
                continue
            level.skip = False
            fault = self.fault(node, level)
            if fault:
                yield fault
                if node.type != "{} block":
                    while not levels[-1].own:
                        levels.pop()
                    levels[-1].skip = True
                    continue
            if inner := self.inner(node, level):
                levels.append(inner)

    def inner(self, node: Node, level: _Level) -> _Level | None:
        """What stands within a node, if anything does that matters."""
        match node.type:
            case "{} block":
                level.names.clear()
                return _Level(node.content, [], own=True, attribute=False)
            case "() block" | "[] block":
                return _Level(node.content, level.names, own=False, attribute=node.type == "[] block")
            case "function" if node.lower_name not in ("url", "lang", "dir") and not _is_nth(node):
                return _Level(node.arguments, level.names, own=False, attribute=level.attribute)
        return None

    def fault(self, node: Node, level: _Level) -> StyleFault | None:
        before, level.before = level.before, node.value if node.type == "literal" else ""
        match node.type:
            case "function" if node.lower_name == "url":
                address = "".join(part.value for part in node.arguments if part.type in ("string", "ident"))
                return self.address(node, address)
            case "function":
                return self.function(node)
            case "url":
                return self.address(node, node.value)
            case "error" if node.kind == "bad-url":
                return self.address(node, self.written(node, _ADDRESS).partition("(")[2] or "a damaged address")
            case "at-keyword":
                level.names.append((node, True))
                return _at_rule(node.lower_value, self.written(node, _WORD))
            case "ident":
                level.names.append((node, level.attribute or before in _QUALIFIERS))
            case "{} block" if self.sheet:
                return self.selector(level.names)
            case "literal":
                return self.literal(node, level)
        return None

    def literal(self, node: Node, level: _Level) -> StyleFault | None:
        if node.value.startswith("<"):
            return StyleFault("style", "<", "the style contains markup (`<`)", "remove everything that is not CSS")
        if node == ":" and level.names and (name := level.names[-1][0].lower_value) in _ACTIVE_PROPERTIES:
            written = self.written(level.names[-1][0], _WORD)
            return StyleFault("style", written, f"the property `{name}` runs code", f"remove `{name}`")
        if node == ";":
            level.names.clear()
        return None

    def function(self, node: Node) -> StyleFault | None:
        name, written = node.lower_name, self.written(node, _CALL)
        if name in _LOADING_FUNCTIONS:
            message = f"the style may load a file with `{name}()`"
            return StyleFault("external-reference", written, message, f"remove `{name}()`")
        if name not in CSS_FUNCTIONS and name not in ("lang", "dir") and not _is_nth(node):
            message = f"the style calls `{excerpt(name)}()`, which an icon has no use for"
            return StyleFault("style", written, message, "remove it")
        return None

    def address(self, node: Node, target: str) -> StyleFault | None:
        if not target.strip() or target.strip().startswith("#"):
            return None
        message, remedy = f"the style loads {excerpt(target)}", "refer to parts of this file only, as in url(#id)"
        return StyleFault("external-reference", self.written(node, _ADDRESS), message, remedy)

    def selector(self, names: list[tuple[Node, bool]]) -> StyleFault | None:
        if names and names[0][0].type == "at-keyword":
            return None
        for node, qualified in names:
            name = node.value
            if not (qualified or name in DRAWING_ELEMENTS or name in _KEYFRAMES or not name[:1].isalpha()):
                message = f"the style rule for `{excerpt(name)}` would change the page that shows the icon"
                return StyleFault("style", self.written(node, _WORD), message, "style elements of the drawing only")
        return None

    def written(self, node: Node, pattern: re.Pattern[str]) -> str:
        """What stands in the CSS where a node begins."""
        found = pattern.match(self.css, self.lines[node.source_line - 1] + node.source_column - 1)
        return found[0] if found else ""


def _is_nth(node: Node) -> bool:
    return bool(node.lower_name.startswith("nth-"))


def _at_rule(name: str, written: str) -> StyleFault | None:
    if name == "import":
        return StyleFault("external-reference", written, "the style imports another file", "remove `@import`")
    if name not in CSS_AT_RULES:
        return StyleFault(
            "style", written, f"the style uses `@{excerpt(name)}`, which an icon has no use for", "remove it"
        )
    return None
