"""Random JSON values, random layouts of them, and random damage to integrations."""

import json
import random
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from toolkit.integration import File, Integration

TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\[\]{}:,"]+')
SPACES = ["", "", "", " ", "\t", "\n", "\r\n", "\n\n", " \n\t"]
WORDS = [
    "",
    "a",
    "name",
    "caf\u00e9",
    "\u6f22\u5b57",
    "\U0001f600",
    'say "so"',
    "a/b\\c",
    "\t\n",
    "long " * 12,
    "\u2028",
]


def invented(rng: random.Random, depth: int = 4) -> Any:
    """Any JSON value, nested ``depth`` levels at most."""
    kind = rng.randrange(6 if depth else 4)
    if kind == 4:
        return [invented(rng, depth - 1) for _ in range(rng.randrange(6))]
    if kind == 5:
        return {rng.choice(WORDS) + str(number): invented(rng, depth - 1) for number in range(rng.randrange(6))}
    numbers = (rng.randrange(-99, 99), rng.random() * 10 ** rng.randrange(-9, 22))
    return (rng.choice(numbers), rng.choice(WORDS), None, rng.random() < 0.5)[kind]


def worsened(value: Any, rng: random.Random) -> Any:
    """A JSON value with one more defect that can be mended, or none."""
    if not isinstance(value, dict):
        return value
    key = rng.choice([*value, ""])
    match value.get(key), rng.random() < 0.5:
        case None, _:
            return value
        case dict() as inner, _:
            return {**value, key: worsened(inner, rng)}
        case [first, *_] as items, True:
            return {**value, key: [*items, first] if isinstance(first, str) else [worsened(first, rng), *items[1:]]}
        case str() as text, True if key in ("name", "author", "description", "details"):
            return {**value, key: f" {text}"}
        case _ if not value.keys() & {key.title(), key.upper()}:
            return {rng.choice((key.title(), key.upper())) if name == key else name: value[name] for name in value}
    return value


def laid_out(value: Any, rng: random.Random) -> str:
    """JSON text for a value: any white space between the tokens, any escapes, in other orders."""
    style = rng.randrange(4)
    if style == 0:
        return json.dumps(value, ensure_ascii=rng.random() < 0.5)
    if style == 1:
        return json.dumps(value, indent=rng.choice((1, 2, 4, "\t")), ensure_ascii=False).replace("\n", "\r\n")
    tokens = TOKENS.findall(json.dumps(value, ensure_ascii=False))
    text = "".join(token.strip() + rng.choice(SPACES) for token in tokens)
    return text.replace("/", "\\/") if style == 2 else text


def varied(integration: Integration, rng: random.Random) -> Integration:
    """The integration with most of its JSON and some other files laid out anew, and some with one more defect."""
    contents = {}
    for path, file in integration.files.items():
        if not file.readable or not file.is_utf8 or rng.random() < (0.3 if path.endswith(".json") else 0.7):
            continue
        document = integration.document(path)
        if document and not document.duplicates:
            value = worsened(document.value, rng) if rng.random() < 0.5 else document.value
            text = rng.choice(("", "", "\ufeff")) + laid_out(value, rng) + rng.choice(("", "\n", "\n\n"))
        elif document or rng.random() < 0.5:
            continue
        else:
            text = file.source.rstrip("\n") + rng.choice(("", "\n", "\r\n", "\n\n"))
            text = text.replace("\n", rng.choice(("\n", "\r\n", " \n")), rng.randrange(3) or -1)
        contents[path] = _holding(file, text.encode())
    return replace(integration, files={**integration.files, **contents})


@lru_cache(maxsize=1000)
def _holding(file: File, data: bytes) -> File:
    """The same object for the same bytes, so that these are read once; most layouts of a text come up again."""
    return file.with_data(data)
