"""What a partner reads: ``messages.txt`` holds damages of ``everything.json``, and all that is said of each.

A damage stands at the start of a line: ``/pointer = JSON``, ``/pointer = JSON * times``, ``/pointer deleted``
or ``/pointer renamed KEY``, and ``(root)`` for the whole manifest. Below it, for each failure: its pointer
(``key`` when it stands on the key) and message, then the help and, after an arrow, the replacement or the
missing key.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from toolkit.schema import Failure, failures
from toolkit.schema.keywords import TESTS
from toolkit.schema.words import SENTENCES

GOLDEN = Path(__file__).with_name("messages.txt")
BLOCKS = [block for block in GOLDEN.read_text("utf-8").split("\n\n") if block.strip()]


def damage(manifest: Any, line: str) -> Any:
    """``manifest`` after the damage that ``line`` describes."""
    parsed = re.fullmatch(r"(\S+) (?:= (.+?)(?: \* (\d+))?|renamed (\S+)|(deleted))", line)
    assert parsed, line
    place, value, times, name, _ = parsed.groups()
    new = None if value is None else json.loads(value) * int(times) if times else json.loads(value)
    if place == "(root)":
        return new
    *parents, last = place[1:].split("/")
    inner = manifest
    for step in parents:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    key: Any = int(last) if isinstance(inner, list) else last
    if value is not None:
        inner[key] = new
    elif name:
        inner[name] = inner.pop(key)
    else:
        del inner[key]
    return manifest


def told(failure: Failure) -> str:
    place = f"{failure.pointer or '(root)'}{' (key)' if failure.on_key else ''}"
    arrow = failure.missing or json.dumps(failure.replacement)
    return f"  {place}: {failure.message}\n    {failure.help}" + f" -> {arrow}" * (arrow != "null")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:70])
def test_message(block: str, everything: dict[str, Any]) -> None:
    lines = block.strip().split("\n")
    damages = [line for line in lines if not line.startswith(" ")]
    damaged: Any = everything
    for line in damages:
        damaged = damage(damaged, line)
    assert "\n".join([*damages, *map(told, failures(damaged))]) == block.strip()


def test_there_is_a_message_for_every_keyword() -> None:
    kinds = {
        "type": "must be a list",
        "enum": "which is not allowed",
        "maxLength": "characters, the limit is",
        "minLength": "the minimum is",
        "pattern": "must be one line",
        "format": "must be an e-mail address",
        "minItems": "must hold at least",
        "maxItems": "items, the limit is",
        "uniqueItems": "more than once",
        "required": "is missing",
        "additionalProperties": "unknown key",
    }
    assert kinds.keys() - {"additionalProperties"} == TESTS.keys() | {"required"} == kinds.keys() & SENTENCES.keys()
    text = GOLDEN.read_text("utf-8")
    assert [words for words in kinds.values() if words not in text] == []
