"""Random templates, most of them well formed, some damaged, and the contexts to render them with."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple


def words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


CONTEXTS: tuple[Any, ...] = (
    {
        "a": 1,
        "b": {"c": "C", "d": {"e": 0}, "list": [1, 2], "x": None},
        "n": None,
        "t": True,
        "f": False,
        "s": "text",
        "html": "<a href='x'>\"&`=</a>",
        "xs": ["p", {"a": 2, "name": "n"}, None, 0, ""],
        "empty": [],
        "o": {},
        "zero": 0,
        "name": "Acme",
        "p": "part",
        "ts": 1461958854123,
        "objects": [{"name": "x", "tags": ["u", "v"]}, {"name": "y", "tags": []}],
    },
    {
        "a": "",
        "b": None,
        "n": 1.5,
        "t": "0",
        "f": 0,
        "s": "é😀x",
        "xs": [[1, 2], [], ["a", ["b"]]],
        "o": {"z": 1, "10": "ten", "2": "two", "a": {"name": "deep"}},
        "x": {"y": 1},
        "name": ["l", "m"],
        "big": 1e21,
        "small": 1e-7,
        "long": 123456789012345680000,
        "this": "own",
        "a b": "spaced",
        "length": 7,
        "constructor": "built",
        "p": None,
        "ts": -1.5e12,
    },
    {
        "a": [0],
        "b": [[{"c": 1}]],
        "s": ["s"],
        "xs": {"k": "v", "l": {"a": "<"}},
        "n": -0.0,
        "t": [],
        "o": [1, 1, 1],
        "name": 5,
        "ts": None,
    },
    {
        "a": False,
        "b": "b",
        "xs": [True, False, True],
        "s": 3,
        "x": 2,
        "t": 1,
        "ts": 8.7e15,
        "o": {"toString": 1, "toHTML": 2, "x": 3},
    },
    ["first", {"a": 1}],
    None,
)

_NAMES = words(
    "a b n t f s xs x o name p html empty zero objects big small long missing this . .. ../a ../.. ../../a",
    "./a this.a b.c b.d.e b.d b.x b.missing missing.deep n.x s.length xs.length xs.[0] xs.[0].a xs.0 o.[10]",
    "o.a.name o.toString @index @key @first @last @root @root.a @../index @root.b.c @missing @../key [a_b]",
    "[this] this.this a.this a/b b/c length constructor toString __proto__ b.constructor i v v.a v.name i.x",
    "this.name name.[0] foothis thisx @this [] [].a b.[] [a]b if lookup each.x equal queryEncode.x ts",
    "helperMissing @if s.[0] s.[1] p.q null.x",
)
_PRESENT = words(
    "a b.c b.d.e b.list s xs name this . t f n html zero objects o p @root.a @root.xs xs.length b @root.name"
)
_LITERALS = words(
    '"str" \'it\' "" "p" "a\\"b" 1 0 -1 1.5 -0 007 1e5 12345678901234567890 true false null undefined "this"',
    '"simple" "rfc3339" "seconds" 3600',
)
_HELPERS = words(
    "if unless each with lookup log equal equalWithElse pathEncode queryEncode basicAuthHeaderValue",
    "formatWithOffset foo",
)
_ARGUMENTS = {"lookup": 2, "equal": 2, "equalWithElse": 2, "basicAuthHeaderValue": 2, "formatWithOffset": 3}
_BLOCKS = words("if unless each with equal equalWithElse a b xs o s t f n objects missing b.c this .. queryEncode")
_TEXTS = (
    *("x", " ", "\n", "  \n", "\n  ", "\r\n", "\t", "text ", '"', "{", "}", "\\", "é", "\n\n", " {x} "),
    *("", "", "<&>"),
)
_PIECES = (
    *words("{{ }} {{{ }}} {{{{ }}}} ~ # / ^ else {{else}} {{^}} ! !-- --}} > & * @ . .. | = ' \" ( ) [ ] \\"),
    *("{{else if a}}", "as |x|", "\n", " ", "{{/if}}", "{{#if a}}", "{{a}}", "\\{{", "\\\\{{", "\0", "\r"),
    *("\u2028", "\ufeff", "\x85", "\x1c", "1", "true", "this", "null", "0", "{{/each}}", "{{!--", "{{> p}}"),
    *("{{{{/raw}}}}", "{{{{raw}}}}", "{{#*inline 'p'}}", "{{/inline}}"),
)
_COMMENTS = ("{{! c }}", "{{!-- c }} --}}", "{{~! c ~}}", "{{!}}", "\\{{a}}", "\\\\{{a}}")


class Case(NamedTuple):
    template: str
    context: Any


class Writer:
    """Writes templates; a gentle one names little that is missing in the first context."""

    def __init__(self, random_: random.Random, *, gentle: bool = False) -> None:
        self.random = random_
        self.names = _PRESENT if gentle else _NAMES
        self.blocks = _BLOCKS[:6] * 2 + _BLOCKS[6:10] if gentle else _BLOCKS
        self.helpers = ("lookup", "pathEncode", "queryEncode", "basicAuthHeaderValue") if gentle else _HELPERS

    def choice(self, options: Sequence[str]) -> str:
        return self.random.choice(options)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def value(self, depth: int = 0) -> str:
        if depth < 2 and self.maybe(0.12):
            return f"({self.call(depth + 1)})"
        return self.choice(_LITERALS if self.maybe(0.25) else self.names)

    def hash(self, depth: int) -> str:
        keys = ("k", "a", "name", "includeZero", "2", "1", "x")
        count = self.random.choice((0, 0, 0, 0, 1, 2))
        return "".join(f" {self.choice(keys)}={self.value(depth)}" for _ in range(count))

    def call(self, depth: int = 0) -> str:
        helper = self.choice(self.helpers if self.maybe(0.85) else self.names)
        count = _ARGUMENTS.get(helper, 1) if self.maybe(0.85) else self.random.randrange(4)
        return helper + "".join(f" {self.value(depth)}" for _ in range(count)) + self.hash(depth)

    def tag(self, inside: str) -> str:
        return f"{{{{{'~' * self.maybe(0.12)}{inside}{'~' * self.maybe(0.12)}}}}}"

    def mustache(self) -> str:
        named = self.choice(_LITERALS if self.maybe(0.02) else self.names)
        inside = self.call() if self.maybe(0.2) else named
        if self.maybe(0.25):
            return f"{{{{{'~' * self.maybe(0.1)}{{{inside}}}{'~' * self.maybe(0.1)}}}}}"
        return self.tag(("& " if self.maybe(0.08) else "") + self.choice(("", "", " ", "\n")) + inside)

    def params(self) -> str:
        return self.choice(("", "", "", "", " as |v|", " as |v i|", " as |a|", " as |x key|"))

    def head(self) -> tuple[str, str]:
        name = self.choice(self.blocks)
        if name in ("if", "unless", "each", "with", "queryEncode"):
            more = self.hash(1) if self.maybe(0.1) else ""
            return name, f" {self.value()}{more}" if self.maybe(0.97) else ""
        return name, f" {self.value()} {self.value()}" if name.startswith("equal") else ""

    def block(self, depth: int) -> str:
        name, arguments = self.head()
        if self.maybe(0.08):
            return f"{{{{{{{{{name}{arguments}}}}}}}}}{self.body(depth)}{{{{{{{{/{name}}}}}}}}}"
        mark = "^" if self.maybe(0.08) else "#"
        text = self.tag(f"{mark}{name}{arguments}{self.params()}") + self.body(depth)
        while mark == "#" and self.maybe(0.12):
            other, arguments = self.head()
            text += self.tag(f"else {other}{arguments}{self.params()}") + self.body(depth)
        if self.maybe(0.35):
            text += self.tag(self.choice(("else", "^"))) + self.body(depth)
        return text + self.tag(f"/{name}")

    def partial(self, depth: int) -> str:
        name = self.choice(("p", "q", '"p"', "(lookup . 'p')", "@partial-block", "a/b"))
        arguments = (f" {self.value()}" if self.maybe(0.3) else "") + self.hash(1)
        kind = self.random.randrange(4)
        if kind == 0:
            return f'{{{{#*inline "{self.choice("pq")}"}}}}{self.body(depth)}{{{{/inline}}}}'
        if kind == 1 and not name.startswith("("):
            return self.tag(f"#> {name}{arguments}") + self.body(depth) + self.tag("/" + name)
        return self.tag(f"> {name}{arguments}")

    def body(self, depth: int) -> str:
        text = ""
        for _ in range(self.random.randrange(5)):
            text += self.choice(_TEXTS)
            kind = self.random.random()
            if kind < 0.35 and depth:
                text += self.block(depth - 1)
            elif kind < 0.42 and depth:
                text += self.partial(depth - 1)
            elif kind < 0.5:
                text += self.choice(_COMMENTS)
            elif kind < 0.85:
                text += self.mustache()
            text += self.choice(_TEXTS)
        return text

    def damaged(self, text: str) -> str:
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 2, 3))):
            at = self.random.randrange(len(text) + 1)
            kind = self.random.randrange(3)
            if kind == 0:
                text = text[:at] + self.choice(_PIECES) + text[at:]
            elif kind == 1:
                text = text[:at] + text[at + self.random.randrange(1, 4) :]
            else:
                text = text[:at] + text[min(at + 1, len(text)) :] + text[at : at + 5]
        return text


def cases(count: int, seed: int) -> Iterator[Case]:
    random_ = random.Random(seed)
    wild, gentle = Writer(random_), Writer(random_, gentle=True)
    for index in range(count):
        if index % 2:
            yield Case(gentle.body(random_.randrange(4)), CONTEXTS[0])
        else:
            template = wild.damaged(wild.body(random_.randrange(4)))
            yield Case(template, random_.choice(CONTEXTS[:4] * 4 + CONTEXTS))
