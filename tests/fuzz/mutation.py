"""Changes to texts and to JSON values that keep most of their structure."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.growth import UNITS

LIMIT = 60_000
"""Bytes that a mutated text has at most."""
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, -0.0, 1e308, 1e-320, float("inf"), float("nan"), 10**400, 2**63),
    *("", " ", "\n", "\0", "a" * 300, "é", "e\u0301", "\u202e", "\ud800", "\udfff", "\U0001f600", "ﬁ", "İ", "\x1b[31m"),
    *("__proto__", "constructor", "../..", "/", "//", ".", "..", "a/b.svg", "assets/square.svg", "C:\\a", "CON"),
    *("https://example.com", "http://[::1", "https://a@b:c", "//x", "javascript:1", "https://é.com/%zz?a={{b}}#c"),
    *("{{a}}", "{{{a}}}", "{{#if a}}b{{/if}}", "{{", "}}", "{{> a}}", "{{formVariables.apiKey}}", "[a](b)", "**a", "`"),
    *("::error::a", "%0A", "$(a)", "<b>", "&lt;", "(", "[", "\\", "*", "^(a+)+$", "(?P<a>b)", "[[:alpha:]]", "a{9999}"),
    *([], {}, [[]], [{}], [None], {"": None}, {"key": {}}, {"a": [1, "b"]}),
)
"""Values that stand where others are expected."""


def text(rng: random.Random, data: bytes, tokens: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """The bytes with a few changes: tokens put in, pieces cut, repeated, moved, or taken from ``others``."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6, 12))):
        data = rng.choice(CHANGES)(rng, data, tokens, others)
    return data[:LIMIT]


def _span(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(rng.paretovariate(0.7)))


def _insert(rng: random.Random, data: bytes, tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(tokens) + data[at:]


def _replace(rng: random.Random, data: bytes, tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + rng.choice(tokens) + data[end:]


def _cut(rng: random.Random, data: bytes, _tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _repeat(rng: random.Random, data: bytes, _tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    start, end = _span(rng, data)
    times = rng.choice((2, 2, 3, 9, 40, 1_000))
    return data[:start] + data[start:end] * min(times, LIMIT // max(1, end - start)) + data[end:]


def _many(rng: random.Random, data: bytes, tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    at, token = rng.randrange(len(data) + 1), rng.choice(tokens)
    return data[:at] + token * min(rng.choice((3, 30, 300)), LIMIT // max(1, len(token))) + data[at:]


def _move(rng: random.Random, data: bytes, _tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    start, end = _span(rng, data)
    piece, rest = data[start:end], data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + piece + rest[at:]


def _take(rng: random.Random, data: bytes, _tokens: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    start, end = _span(rng, other)
    at = rng.randrange(len(data) + 1)
    return data[:at] + other[start : max(end, start + rng.randrange(80))] + data[at:]


def _byte(rng: random.Random, data: bytes, _tokens: Sequence[bytes], _others: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


CHANGES: tuple[Callable[[random.Random, bytes, Sequence[bytes], Sequence[bytes]], bytes], ...] = (
    *(_insert, _insert, _replace, _replace, _cut, _repeat, _many, _move, _take, _byte),
)


def value(rng: random.Random, old: Any, others: Sequence[Any]) -> Any:
    """A JSON value with one change somewhere inside: odd values, pieces of ``others``, other keys."""
    if isinstance(old, (dict, list)) and old and rng.random() < 0.85:
        return _inside(rng, old, others)
    match rng.randrange(6):
        case 0:
            return _piece(rng, rng.choice(others))
        case 1:
            return [old]
        case 2:
            return {rng.choice(("", "a", "key", "type", "items")): old}
        case 3 if isinstance(old, str):
            return old + str(rng.choice(ODD))
        case 4 if isinstance(old, str):
            return rng.choice(UNITS) * rng.choice((1, 2, 20)) + old
    return rng.choice(ODD)


def _inside(rng: random.Random, old: dict[str, Any] | list[Any], others: Sequence[Any]) -> Any:
    if isinstance(old, list):
        at = rng.randrange(len(old))
        changed = old[at] if rng.random() < 0.15 else value(rng, old[at], others)
        middle = rng.choice(([], [changed, changed], [changed], [changed], [changed]))
        return [*old[:at], *middle, *old[at + 1 :]]
    key = rng.choice(list(old))
    match rng.randrange(12):
        case 0:
            return {name: item for name, item in old.items() if name != key}
        case 1:
            other = rng.choice(others)
            return old | (other if isinstance(other, dict) else {})
        case 2:
            renamed = str(rng.choice((key.upper(), key + "s", key[:-1], rng.choice(ODD))))
            return {renamed if name == key else name: item for name, item in old.items()}
        case 3:
            return old | {key: old[rng.choice(list(old))]}
    return old | {key: value(rng, old[key], others)}


def _piece(rng: random.Random, whole: Any) -> Any:
    while isinstance(whole, (dict, list)) and whole and rng.random() < 0.8:
        whole = rng.choice(list(whole.values()) if isinstance(whole, dict) else whole)
    return whole


def dumped(rng: random.Random, changed: Any) -> bytes:
    """JSON of some layout for a value; ``1e999`` stands for infinity, which JSON has no word for."""
    layout = rng.choice(({"indent": 2}, {"indent": 2}, {}, {"separators": (",", ":")}, {"indent": "\t"}))
    written: str = json.dumps(changed, ensure_ascii=rng.random() < 0.7, **layout)
    return written.replace("Infinity", "1e999").replace("NaN", "-1e999").encode("utf-8", "surrogatepass")
