"""Failures hold for any value: they never crash, can be read, and their replacements fix what they name."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.schema import Failure, failures

EVERYTHING = json.loads(Path(__file__).with_name("everything.json").read_text("utf-8"))


def nested(container: type, levels: int = 5_000) -> Any:
    value: Any = container()
    for _ in range(levels):
        value = [value] if container is list else {"name": value}
    return value


HOSTILE = {
    "null": None,
    "deep list": nested(list),
    "deep object": nested(dict),
    "deep values": {"name": nested(list), "categories": [nested(list), "ai", "ai", nested(dict)]},
    "huge key": {"x" * 1_000_000: 1, "\ud800" * 1_000_000: 2},
    "huge texts": dict.fromkeys(["name", "version", "overview", "supportEmail", "requiresOAuth"], "a\x00" * 500_000),
    "huge words": {"categories": ["a" * 1_000_000] * 4, "legacy": {"kind": "x" * 1_000_000}},
    "numbers": {
        "name": 10**5_000,
        "version": float("inf"),
        "author": float("-inf"),
        "overview": float("nan"),
    },
    "surrogates": {
        "name": "\ud800",
        "version": "\udfff",
        "supportEmail": "\ud800@\udc00",
        "\ud800": "\ud800",
    },
    "controls": {"links": {"\x1b[31m": "\x1b[0m", "\u202e": 1, "\n": 2}, "icons": {"square": "\x07\u2028"}},
    "many keys": {f"supportMail{number}": number for number in range(1_000)},
    "many items": {"formVariables": [{}] * 1_000, "categories": list(range(1_000))},
    "odd names": {"capabilities": {"flagLink": {"metadata": {"": 1, "a.b": {}, "a/b~c": {"type": "url"}}}}},
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_values_are_told_quickly_in_short_printable_lines(value: Any) -> None:
    start = time.process_time()
    found = failures(value)
    assert time.process_time() - start < 3
    assert found
    for failure in found:
        assert failure.message.isprintable()
        assert failure.help.isprintable()
        assert len(failure.message) < 300


def test_a_pointer_is_escaped() -> None:
    pointers = [failure.pointer for failure in failures(HOSTILE["odd names"])]
    assert "/capabilities/flagLink/metadata/a~1b~0c/type" in pointers
    assert "/capabilities/flagLink/metadata/" in pointers


def test_failures_stand_in_the_order_of_the_document_tree() -> None:
    manifest = EVERYTHING | {"formVariables": [{"key": "a b"}] * 11, "name": "", "zeal": 1}
    order = [failure.pointer for failure in failures(manifest) if not failure.missing]
    assert order == ["/formVariables/" + f"{number}/key" for number in range(11)] + ["/name", "/zeal"]


def test_only_one_of_two_misspelled_keys_is_to_be_renamed() -> None:
    manifest = {key: value for key, value in EVERYTHING.items() if key != "categories"}
    found = failures(manifest | {"catagories": ["ai"], "categoriez": ["ai"]})
    assert [(failure.pointer, failure.replacement) for failure in found] == [
        ("/catagories", "categories"),
        ("/categoriez", None),
    ]


def fixed(manifest: Any, failure: Failure) -> Any:
    """``manifest`` with the replacement of ``failure`` in its place."""
    result = copy.deepcopy(manifest)
    *parents, last = [step.replace("~1", "/").replace("~0", "~") for step in failure.pointer.split("/")[1:]]
    inner = result
    for step in parents:
        inner = inner[int(step) if isinstance(inner, list) else step]
    if failure.on_key:
        inner[failure.replacement] = inner.pop(last)
    else:
        inner[int(last) if isinstance(inner, list) else last] = failure.replacement
    return result


def said(manifest: Any) -> list[tuple[str, str]]:
    return [(failure.pointer, failure.message) for failure in failures(manifest)]


_SLIPS = st.sampled_from(
    [str.upper, str.title, lambda text: f" {text}", lambda text: f"{text}\n", lambda text: text[1:]]
)
_TEXTS = [
    ("version", "2"),
    ("supportEmail", None),
    ("author", None),
    ("overview", "Send it\nto Acme."),
    ("name", None),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(EVERYTHING)), _SLIPS, st.sampled_from(_TEXTS), _SLIPS)
def test_a_replacement_fixes_its_failure_and_breaks_nothing(key: str, slip: Any, text: Any, other: Any) -> None:
    field, value = text
    manifest = EVERYTHING | {
        field: other(value or EVERYTHING[field]),
        "categories": [other("ai"), "data", "data"],
    }
    manifest[slip(key)] = manifest.pop(key)
    for failure in failures(manifest):
        if failure.replacement is not None:
            after = said(fixed(manifest, failure))
            rest = [told for told in said(manifest) if told != (failure.pointer, failure.message)]
            # a key that is right again may let its own value be looked at
            assert after == rest or (failure.on_key and failure.pointer not in dict(after))


@pytest.mark.parametrize(
    ("text", "shown"), [("a" * 61, "`" + "a" * 59 + "…`"), ("a\tb", r"`a\tb`"), ("\ud800", r"`\ud800`")]
)
def test_a_value_is_shown_short_and_printable(text: str, shown: str) -> None:
    [failure] = failures(EVERYTHING | {"supportEmail": text})
    assert failure.message == f"supportEmail is {shown}, must be an e-mail address"
