"""The verdict on a manifest is the official validator's."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
import regress
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker, ValidationError, validators

from tests.often import often
from toolkit.schema import accepts, failures
from toolkit.schema.keywords import TESTS
from toolkit.schema.official import manifest_schema

EVERYTHING = json.loads(Path(__file__).with_name("everything.json").read_text("utf-8"))


def put(manifest: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """A copy of ``manifest`` with ``value`` at ``place``, such as ``links/site``."""
    damaged = copy.deepcopy(manifest)
    *parents, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    inner: Any = damaged
    for step in parents:
        inner = inner[step]
    inner[last] = value
    return damaged


# Place, value, and the verdict that ajv 6 gives on it.
HARD = [
    ("requiresOAuth", 1, False),
    ("requiresOAuth", 0, False),
    ("formVariables/0/defaultValue", True, True),
    ("formVariables/0/defaultValue", 1, False),
    ("formVariables/0/defaultValue", 1.0, False),
    ("version", 1.0, False),
    ("categories", ["ai", "ai"], False),
    ("categories", [1, True], False),
    ("categories", ["ai", True], False),
    ("categories", ["ai", "data", "import"], True),
    ("categories", ["ai", "data", "import", "approval"], False),
    ("categories", [], False),
    ("otherCapabilities", ["external", "external"], True),
    ("overview", "Ends with a newline.\n", False),
    ("overview", "Holds a line\u2028separator.", False),
    ("overview", "Holds a para\u2029separator.", False),
    ("overview", "Holds a carriage\rreturn.", False),
    ("overview", "Holds a next\u0085line.", True),
    ("overview", "Holds a form\x0bfeed\x0c or two.", True),
    ("overview", "\U0001f600" * 100, True),
    ("overview", "\U0001f600" * 101, False),
    ("overview", "\ud83d" * 100, True),
    ("overview", "\ud83d" * 101, False),
    ("version", "1.0.0\n", False),
    ("version", "1.0.0-a.1+b", True),
    ("version", "01.0.0", False),
    ("version", "1.0.0-01", False),
    ("version", "\u0661.\u0660.\u0660", False),
    ("formVariables/0/key", "", True),
    ("formVariables/0/key", "a\ufeffb", False),
    ("formVariables/0/key", "a\u0085b", True),
    ("formVariables/0/key", "a\x1cb", True),
    ("formVariables/0/key", "a\u00a0b", False),
    ("formVariables/0/key", "a\u2028b", False),
    ("formVariables/0/key", "a\u200bb", True),
    ("formVariables/0/key", "a\u180eb", True),
    ("formVariables/0/key", "ab\n", False),
    ("formVariables/0/key", "\U0001f600" * 20, True),
    ("formVariables/0/key", "\U0001f600" * 21, False),
    ("formVariables/0/key", "\ud800", True),
    ("icons/square", ".svg", True),
    ("icons/square", "a.svg\n", False),
    ("icons/square", "a.SVG", False),
    ("icons/square", "\n.svg", True),
    ("links/site", "hTtPs://", True),
    ("links/site", " https://acme.example", False),
    ("links/site", "x\nhttps://acme.example", False),
    ("links/site", "https://acme.example\n", True),
    ("links/site", "https://" + "a" * 2040, True),
    ("links/site", "https://" + "a" * 2041, False),
    ("supportEmail", "A.B@ACME", True),
    ("supportEmail", "a@acme.example\n", False),
    ("supportEmail", "a@-acme", False),
    ("supportEmail", "a@" + "b" * 63, True),
    ("supportEmail", "a@" + "b" * 64, False),
    ("supportEmail", "\u212a@acme.example", False),
    ("supportEmail", "a@\u017f.example", False),
    ("capabilities/internalConfigurationURL", "", False),
    ("capabilities/internalConfigurationURL", "/", False),
    ("capabilities/internalConfigurationURL", "/a?b c", True),
    ("capabilities/internalConfigurationURL", "/a\ud800/b?\ufeff", True),
    ("capabilities/internalConfigurationURL", "a//b?\ufeff", False),
    ("capabilities/approval/creationRequest", None, True),
    ("capabilities/approval/creationRequest", [], True),
    ("capabilities/approval/creationRequest", {}, False),
    ("capabilities/approval", None, False),
    ("capabilities/eventsHook/triggers", None, True),
    ("capabilities/flagLink/metadata/__proto__", {"type": "uri"}, True),
    ("capabilities/flagLink/metadata/constructor", 1, False),
    ("__proto__", {}, False),
    ("constructor", {}, False),
    ("capabilities/buttonAction/requestBodyTemplates/0/more", 1, True),
    ("capabilities/reservedCustomProperties", [], True),
    ("capabilities", {}, True),
]


@pytest.mark.parametrize(("place", "value", "verdict"), HARD)
def test_hard_cases(place: str, value: Any, verdict: bool) -> None:
    damaged = put(EVERYTHING, place, value)
    assert accepts(damaged) is verdict
    assert (failures(damaged) == []) is verdict


def _js_pattern(validator: Any, pattern: str, value: Any, schema: Any) -> Any:
    if isinstance(value, str) and regress.Regex(pattern).find(value) is None:
        yield ValidationError(pattern)


_formats = FormatChecker(formats=())
_formats.checks("email")(lambda value: TESTS["format"]("email")(value))
_JUDGE = validators.extend(Draft7Validator, {"pattern": _js_pattern})(  # type: ignore[no-untyped-call]
    manifest_schema(), format_checker=_formats
)

Path_ = tuple[str | int, ...]


def _places(value: Any, path: Path_ = ()) -> list[Path_]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, item in items for place in _places(item, (*path, key))]


def _with_one(capability: str) -> dict[str, Any]:
    """Small manifests are judged quickly by jsonschema, and so in thousands."""
    small: dict[str, Any] = EVERYTHING | {"capabilities": {capability: EVERYTHING["capabilities"][capability]}}
    return small


_MANIFESTS = [_with_one(capability) for capability in EVERYTHING["capabilities"]]
_NAMES = sorted({step for place in _places(EVERYTHING) for step in place if isinstance(step, str)})
_TEXT = st.text(st.sampled_from("aé.1/:@ -\n\r\u2028\ufeff\x85\x1c\U0001f600"), max_size=25)
_WORDS = st.sampled_from(["ai", "data", "POST", "uri", "external", "https://acme.example", "a.svg", "1.0.0", "x" * 300])
_LEAVES = st.none() | st.booleans() | st.integers(0, 1) | st.sampled_from([0.0, 1.0]) | _TEXT | _WORDS
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inner)
)


@st.composite
def damaged_manifests(draw: st.DrawFn) -> Any:
    manifest = copy.deepcopy(draw(st.sampled_from(_MANIFESTS)))
    for path in draw(st.lists(st.sampled_from(_places(manifest)), max_size=3)):
        inner: Any = manifest
        try:
            for step in path[:-1]:
                inner = inner[step]
            old = inner.pop(path[-1])
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier damage has removed the place
        if isinstance(inner, list):
            inner[int(path[-1]) : 0] = draw(
                st.sampled_from([[], [old, old]]) | st.lists(_VALUES, min_size=1, max_size=2)
            )
        elif not draw(st.booleans()):
            inner[draw(st.just(path[-1]) | st.sampled_from(_NAMES))] = draw(_VALUES | st.just(old))
    return manifest


@settings(max_examples=often(150, 500), deadline=None)
@given(damaged_manifests())
def test_agrees_with_jsonschema(manifest: Any) -> None:
    assert accepts(manifest) is _JUDGE.is_valid(manifest)


@settings(deadline=None)
@given(_VALUES)
def test_any_json_value_has_the_verdict_of_jsonschema(value: Any) -> None:
    assert accepts(value) is _JUDGE.is_valid(value)
    assert (failures(value) == []) is accepts(value)


@pytest.mark.parametrize(
    "text", ["1." * 500_000, "a@" + "b." * 500_000, "/a" * 500_000 + " ", "https" * 200_000, "\n" * 1_000_000]
)
@pytest.mark.parametrize("place", ["version", "supportEmail", "icons/square", "capabilities/internalConfigurationURL"])
def test_long_texts_take_no_time(place: str, text: str) -> None:
    start = time.process_time()
    assert not accepts(put(_with_one("internalConfigurationURL"), place, text))
    assert time.process_time() - start < 2
