"""Forks with other schemas: the verdict is the fork's, in our words, and a bad schema harms nobody."""

import copy
import json
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from tests.often import often
from toolkit.schema import accepts, failures, official
from toolkit.schema.fork import of_fork
from toolkit.schema.keywords import TESTS
from toolkit.schema.official import manifest_schema

EVERYTHING = json.loads(Path(__file__).with_name("everything.json").read_text("utf-8"))
Change = Callable[[dict[str, Any]], None]


def upstream() -> dict[str, Any]:
    """Our schema as the official file puts it: other words, and keys listed in ``propertyNames``."""

    def part(schema: Any) -> Any:
        if isinstance(schema, list):
            return [part(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        words = ("title", "description", "patternErrorMessage", "x-ldit-role", "$id")
        kept = {key: part(item) for key, item in schema.items() if key not in words or isinstance(item, dict)}
        if kept.get("type") == "array":
            kept |= {"minProperties": 1, "minLength": 2}  # no effect: a slip of the official file
        if isinstance(kept.get("type"), str):
            kept |= {"$id": "#/definitions/part", "#id": "#/slip", "examples": [1]}
        if kept.get("additionalProperties") is False:
            del kept["additionalProperties"]
            kept["propertyNames"] = {"enum": list(kept["properties"])}
        return kept

    return part(manifest_schema()) | {  # type: ignore[no-any-return]
        "$id": "https://fork.example/manifest.schema.json#",
        "title": "A manifest",
        "description": "What an integration does.",
    }


def changed(*changes: Change) -> bytes:
    schema = upstream()
    for change in changes:
        change(schema)
    return json.dumps(schema).encode()


def said(schema: bytes, manifest: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.pointer, one.message, one.help) for one in of_fork(schema).failures(manifest)]


def test_the_same_in_other_words_is_ours() -> None:
    assert of_fork(changed()) is official()
    assert of_fork(json.dumps(manifest_schema()).encode()) is official()
    assert official().note == ""


def add_category(schema: dict[str, Any]) -> None:
    schema["properties"]["categories"]["items"]["enum"].append("wasm")


def add_key(schema: dict[str, Any]) -> None:
    schema["properties"]["tagline"] = {
        "type": "string",
        "maxLength": 20,
        "description": "The words under the logo.",
    }
    schema["propertyNames"]["enum"].append("tagline")


def require_key(schema: dict[str, Any]) -> None:
    schema["required"].append("details")


def require_new_key(schema: dict[str, Any]) -> None:
    add_key(schema)
    schema["required"].append("tagline")


def lengthen_overview(schema: dict[str, Any]) -> None:
    schema["properties"]["overview"]["maxLength"] = 120


def shorten_overview(schema: dict[str, Any]) -> None:
    schema["properties"]["overview"]["maxLength"] = 20


def remove_key(schema: dict[str, Any]) -> None:
    del schema["properties"]["details"]
    schema["propertyNames"]["enum"].remove("details")


def require_key_with_oauth(schema: dict[str, Any]) -> None:
    schema["if"] = {"properties": {"requiresOAuth": {"const": True}}, "required": ["requiresOAuth"]}
    schema["then"] = {"required": ["oauthIntegrationKey"]}


def define_links(schema: dict[str, Any]) -> None:
    schema["definitions"] = {"address": {"type": "string", "maxLength": 30}}
    for name in schema["properties"]["links"]["properties"]:
        schema["properties"]["links"]["properties"][name] = {"$ref": "#/definitions/address"}


def choose_form(schema: dict[str, Any]) -> None:
    text = {"type": "string", "maxLength": 9}
    address = {"type": "object", "required": ["street"], "properties": {"street": {"type": "string"}}}
    schema["properties"]["author"] = {"oneOf": [text, address]}


def number(schema: dict[str, Any]) -> None:
    schema["properties"]["name"] = {"type": "integer", "minimum": 3}


def need_author(schema: dict[str, Any]) -> None:
    schema["dependencies"] = {"name": ["owner"]}


def name_links(schema: dict[str, Any]) -> None:
    schema["properties"]["links"]["propertyNames"] = {"pattern": "^[pl]"}


def need_category(schema: dict[str, Any]) -> None:
    schema["properties"]["categories"]["contains"] = {"enum": ["ai", "data"]}


def be_constant(schema: dict[str, Any]) -> None:
    schema["properties"]["author"] = {"const": "Acme Signals"}


def be_a_date(schema: dict[str, Any]) -> None:
    schema["properties"]["author"] = {"format": "date"}


def forbid_details(schema: dict[str, Any]) -> None:
    schema["not"] = {"required": ["details", "legacy"]}


def pattern_of_author(schema: dict[str, Any]) -> None:
    schema["properties"]["author"]["pattern"] = "^(?!Acme).*$"


A = {key: EVERYTHING[key] for key in manifest_schema()["required"]} | {"details": EVERYTHING["details"]}
WITHOUT_DETAILS = {key: value for key, value in A.items() if key != "details"}
LONG = "Send each and every flag change to Acme Alerts, where the people who are on call see it beside alerts."
OTHER_SCHEMAS = [
    (add_category, A | {"categories": ["wasm"]}, []),
    (add_category, A | {"categories": ["wsm"]}, [("/categories/0", "categories[0] is `wsm`, which is not allowed")]),
    (add_key, A | {"tagline": "Be calm."}, []),
    (add_key, A | {"tagline": "x" * 21}, [("/tagline", "tagline is 21 characters, the limit is 20")]),
    (add_key, A | {"taglin": "Be calm."}, [("/taglin", "unknown key `taglin`")]),
    (require_key, A, []),
    (require_key, WITHOUT_DETAILS, [("", "`details` is missing")]),
    (require_new_key, A, [("", "`tagline` is missing")]),
    (lengthen_overview, A | {"overview": LONG}, []),
    (shorten_overview, A, [("/overview", "overview is 33 characters, the limit is 20")]),
    (remove_key, A, [("/details", "unknown key `details`")]),
    (remove_key, WITHOUT_DETAILS, []),
    (require_key_with_oauth, A | {"requiresOAuth": False}, []),
    (require_key_with_oauth, A | {"requiresOAuth": True}, [("", "`oauthIntegrationKey` is missing")]),
    (define_links, A | {"links": {"site": "acme.io", "privacyPolicy": "acme.io/privacy"}}, []),
    (
        define_links,
        A | {"links": {"site": "acme.io", "privacyPolicy": "https://acme.example/privacy/policy"}},
        [("/links/privacyPolicy", "links.privacyPolicy is 35 characters, the limit is 30")],
    ),
    (choose_form, A | {"author": {"street": "Elm"}}, []),
    (
        choose_form,
        A | {"author": {"street": 1}},
        [
            (
                "/author",
                "author has none of the allowed forms; of the nearest, author.street is the number 1, must be a string",
            )
        ],
    ),
    (number, A | {"name": 3}, []),
    (number, A | {"name": 2}, [("/name", "name is the number 2, must be at least the number 3")]),
    (number, A | {"name": 3.5}, [("/name", "name is the number 3.5, must be a whole number")]),
    (need_author, A, [("", "`owner` is missing, `name` needs it")]),
    (
        name_links,
        A | {"links": EVERYTHING["links"] | {"one": 1}},
        [
            (f"/links/{name}", f"the key `{name}` in `links` is not allowed")
            for name in ("one", "site", "supportWebsite")
        ],
    ),
    (need_category, A | {"categories": ["ai"]}, []),
    (need_category, A | {"categories": ["approval"]}, [("/categories", "categories must hold `ai` or `data`")]),
    (be_constant, A, [("/author", "author is `Acme`, must be `Acme Signals`")]),
    (be_a_date, A, [("/author", "author is `Acme`, must be a date such as 2026-01-31")]),
    (be_a_date, A | {"author": 1}, []),
    (forbid_details, A | {"legacy": {"kind": "datadog"}}, [("", "the manifest has a form that is not allowed")]),
    (pattern_of_author, A, [("/author", "author is `Acme`, must match `^(?!Acme).*$`")]),
]


@pytest.mark.parametrize(
    ("change", "manifest", "expected"),
    OTHER_SCHEMAS,
    ids=[f"{case[0].__name__}-{i}" for i, case in enumerate(OTHER_SCHEMAS)],
)
def test_another_schema_has_its_verdict_at_the_right_place_in_our_words(
    change: Change, manifest: dict[str, Any], expected: list[tuple[str, Any]]
) -> None:
    schema = changed(change)
    found = of_fork(schema).failures(manifest)
    assert [one.pointer for one in found] == [pointer for pointer, _ in expected]
    assert all(text in (one.message, ...) for one, (_, text) in zip(found, expected, strict=True)), found
    assert of_fork(schema).accepts(manifest) is (not expected)
    assert failures(manifest, of_fork(schema)) == found


def test_what_is_known_is_named_in_our_words() -> None:
    assert said(changed(require_key), WITHOUT_DETAILS) == [
        (
            "",
            "`details` is missing",
            "add the next steps of customers, where an integration is set up outside LaunchDarkly",
        )
    ]
    assert said(changed(require_new_key), A) == [("", "`tagline` is missing", "add the words under the logo")]
    assert said(changed(add_category), A | {"overview": "Line\nbreak."})[0][1:] == (
        r"overview is `Line\nbreak.`, must be one line",
        "did you mean `Line break.`?",
    )


def test_a_value_of_another_type_is_no_remedy() -> None:
    assert said(changed(be_a_date), A)[0][2] == "write the person or company that maintains the integration"
    assert of_fork(changed(be_a_date)).failures(A)[0].replacement is None


@pytest.mark.parametrize("keyword", ["const", "enum", "minimum", "multipleOf", "maxLength", "minLength"])
def test_a_very_long_number_is_said_shortly(keyword: str) -> None:
    number = b"9" * 4_000
    schema = b'{"properties": {"name": {"%s": %s}}}' % (
        keyword.encode(),
        b"[" + number + b"]" if keyword == "enum" else number,
    )
    assert len(of_fork(schema).note) < 250
    for value in (1, "x", None):
        assert all(len(one.message) < 200 and len(one.help) < 200 for one in of_fork(schema).failures({"name": value}))


def test_a_number_that_json_cannot_write_is_no_remedy() -> None:
    [failure] = of_fork(b'{"properties": {"name": {"const": 1e999}}}').failures({"name": 1})
    assert failure.replacement is None


def test_a_deep_value_is_judged() -> None:
    deep: Any = 1
    for _ in range(5_000):
        deep = [deep]
    schema = of_fork(hostile({"enum": [[[1]], 2], "anyOf": [{"uniqueItems": True}, {"type": "string"}]}))
    assert [one.pointer for one in schema.failures({"name": deep})] == ["/name"]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (add_category, "`categories[]` also takes `wasm`"),
        (add_key, "`tagline` is new"),
        (remove_key, "`details` is gone"),
        (require_key, "`details` is required"),
        (lengthen_overview, "`overview` may have up to 120 characters"),
        (require_key_with_oauth, "the manifest has a new `if` and the manifest has a new `then`"),
    ],
)
def test_one_line_says_how_it_differs(change: Change, note: str) -> None:
    begin = "manifest.schema.json of this fork decides; compared with the one that ldit knows, "
    assert of_fork(changed(change)).note == begin + note


def test_the_line_stays_short() -> None:
    def each_type(schema: dict[str, Any]) -> None:
        text = json.dumps(schema).replace('"multiselect"', '"multiselect", "color"')
        schema.update(json.loads(text))

    note = of_fork(changed(each_type, add_key, remove_key, add_category, lengthen_overview)).note
    assert note.endswith("`tagline` is new, `details` is gone, `overview` may have up to 120 characters and 2 more")
    assert "`formVariables[].type` also takes `color` (at 5 places)" in of_fork(changed(each_type)).note


def nested(levels: int) -> str:
    return '{"not":' * levels + "{}" + "}" * levels


def hostile(part: dict[str, Any], **root: Any) -> bytes:
    return json.dumps({"properties": {"name": part}} | root).encode()


A_LIST = {"a": {"items": {"$ref": "#/definitions/a"}}}
BAD = {
    b"{": "is not JSON: ",
    b"[]": "is not an object",
    b"\xff\xfe{": "is not JSON: ",
    json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema"}).encode(): "is not a schema of draft-07",
    json.dumps({"$schema": 7}).encode(): "is not a schema of draft-07",
    hostile({"$ref": "#"}): "refers to itself at /properties/name",
    hostile({"$ref": "#/definitions/a"}, definitions=A_LIST): "refers to itself",
    hostile({}, allOf=[{"$ref": "#"}]): "refers to itself at /allOf/0",
    hostile({"$ref": "https://evil.example/a.json"}): "leads out of the file with the `$ref` at /properties/name",
    hostile({"$ref": "file:///etc/passwd"}): "leads out of the file",
    hostile({"$ref": "other.json#/a"}): "leads out of the file",
    hostile({"$ref": "#/definitions/none"}): "has a `$ref` that leads nowhere",
    hostile({"$ref": 1}): "has a `$ref` that is no text",
    hostile({"pattern": "^(?=(a+)+)$"}): "has a pattern that could take too long at /properties/name",
    hostile({"pattern": r"(.*)\1"}): "has a pattern that could take too long",
    hostile({}, patternProperties={r"(?<=(a*)*)b": {}}): "has a pattern that could take too long at ",
    hostile({"pattern": "("}): "has a pattern that is no ECMAScript expression at /properties/name",
    hostile({"pattern": 1}): "is no schema of draft-07 at /properties/name/pattern",
    hostile({"required": [1]}): "is no schema of draft-07 at /properties/name/required",
    hostile({"allOf": []}): "is no schema of draft-07 at /properties/name/allOf",
    hostile({"multipleOf": 0}): "is no schema of draft-07 at /properties/name/multipleOf",
    hostile({"uniqueItems": 1}): "is no schema of draft-07 at /properties/name/uniqueItems",
    hostile({"minItems": 1.5}): "is no schema of draft-07 at /properties/name/minItems",
    hostile({"enum": "ai"}): "is no schema of draft-07 at /properties/name/enum",
    hostile({"dependencies": {"a": ["b", 1]}}): "holds something that is no schema at /properties/name/dependencies/a",
    hostile({"type": "strin"}): "is no schema of draft-07 at /properties/name/type",
    hostile({"maxLength": "many"}): "is no schema of draft-07 at /properties/name/maxLength",
    b'{"properties": []}': "is no schema of draft-07 at /properties",
    b'{"properties": {"name": 1}}': "holds something that is no schema at /properties/name",
    b'{"not": ' + nested(100).encode() + b"}": "is nested more than 60 levels deep",
    b'{"not": ' + nested(50_000).encode() + b"}": "is nested more than 200 levels deep",
    b'{"const": ' + b"[" * 9_000 + b"]" * 9_000 + b"}": "is nested more than 200 levels deep",
    json.dumps(
        {
            "$ref": "#/definitions/0",
            "definitions": {
                str(n): {"allOf": [{"$ref": f"#/definitions/{n + 1}"}, {"$ref": f"#/definitions/{n + 1}"}]}
                for n in range(20)
            }
            | {"20": {}},
        }
    ).encode(): "has more than 20,000 parts",
    b" " * 5_000_000 + b"{}": "is larger than 4 MB",
}


@pytest.mark.parametrize(("data", "reason"), BAD.items(), ids=[reason.replace(" ", "-") for reason in BAD.values()])
def test_a_broken_or_hostile_schema_is_named_and_ours_is_used(data: bytes, reason: str) -> None:
    start = time.process_time()
    schema = of_fork(data)
    assert schema.note.startswith(f"manifest.schema.json {reason}")
    assert schema.note.endswith("; the schema that ldit knows is used in its place")
    assert schema.note.isprintable()
    assert schema.accepts(EVERYTHING)
    assert schema.failures({"name": 1}) == failures({"name": 1})
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", r"^(\s*a*)*$", "(x+x+)+y", "^(?=a*a*)b", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_no_pattern_takes_long(pattern: str) -> None:
    schema = of_fork(hostile({"pattern": pattern}))
    start = time.process_time()
    schema.failures({"name": "a" * 100_000 + "!"})
    assert time.process_time() - start < 2


def test_a_schema_does_not_take_long_for_many_keys() -> None:
    texts = {"^(a+)+$": {"type": "string"}}
    data = hostile({}, patternProperties=texts, additionalProperties={"anyOf": [{}, {}]})
    start = time.process_time()
    assert of_fork(data).accepts({f"{'a' * 100}{number}!": number for number in range(2_000)})
    assert time.process_time() - start < 5


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Any:
    from jsonschema import ValidationError

    if isinstance(value, str) and not re.search(pattern, value):
        yield ValidationError(pattern)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_file_nothing_is_raised(data: st.DataObject) -> None:
    schema: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {}}
    keyword = data.draw(
        st.sampled_from([*sorted(Draft7Validator.VALIDATORS), "$id", "then", "definitions", "title", "default"])
    )
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.sampled_from(["#", "#/a", "string"])
    )
    value = data.draw(
        st.recursive(
            leaves,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from([keyword, "a", "name", "type", "not"]), inner, max_size=3)
            ),
        )
    )
    name = schema["properties"]["name"] = upstream()["properties"]["name"]
    parts: list[Any] = [schema, schema["properties"], name]
    data.draw(st.sampled_from(parts))[keyword] = value
    found = of_fork(json.dumps(schema).encode())
    assert found.note.isprintable()
    for manifest in (A, {"name": value}, value):
        assert bool(found.failures(manifest)) is not found.accepts(manifest)


SEED = 20_261_129
CHANGES = often(150, 500)


class Shaker:
    """Changes schemas and manifests at random; patterns are such as Python and JavaScript agree on."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = [*manifest_schema()["properties"], "more", "kind", "site", "key"]

    def leaf(self) -> dict[str, Any]:
        pick = self.random.choice
        return pick(
            [
                {"type": pick(["string", "object", "array", "number", "integer", "boolean", "null"])},
                {"type": ["string", "integer"], "maxLength": self.random.randrange(30)},
                {"enum": pick([["ai", "data"], [1, True, None], [[1], {"a": 1}], ["analytics", 0]])},
                {"const": pick(["ai", 1, True, [1.0], {"a": False}])},
                {"pattern": pick(["^[a-z]+$", "a", "^(?!ai)", "[0-9]{2}"])},
                {"minLength": self.random.randrange(20)},
                {"minimum": 1, "exclusiveMaximum": 3},
                {"multipleOf": 2},
                {"minItems": 1, "uniqueItems": True},
                {"maxItems": 1, "items": [{"type": "string"}], "additionalItems": False},
                {"contains": {"type": "string"}},
                {"minProperties": 2},
                {"required": [pick(self.names)]},
                {"propertyNames": {"enum": self.random.sample(self.names, 8)}},
                {"propertyNames": {"pattern": "^[a-z]+$"}},
                {"patternProperties": {"^[a-m]": {"type": "string"}}, "additionalProperties": pick([True, False, {}])},
                {"properties": {pick(self.names): pick([True, False, {"type": "string"}])}},
                {"properties": {"name": {}}, "additionalProperties": pick([False, {"maxLength": 9}])},
                {"dependencies": {pick(self.names): [pick(self.names)], "name": {"required": ["author"]}}},
                {"format": "email"},
            ]
        )

    def schema(self, depth: int = 0) -> dict[str, Any]:
        kind = self.random.randrange(9 if depth < 2 else 1)
        inner = [self.schema(depth + 1) for _ in range(2)] if kind else []
        if kind < 3:
            return self.leaf()
        table: list[dict[str, Any]] = [
            {"allOf": inner},
            {"anyOf": inner},
            {"oneOf": inner},
            {"not": inner[0]},
            {"if": inner[0], "then": inner[1], "else": self.leaf()},
            {"allOf": [inner[0]], **self.leaf()},
        ]
        return table[kind - 3]

    def change(self, schema: dict[str, Any]) -> None:
        parts = [schema]
        for part in parts:
            parts += [inner for inner in part.get("properties", {}).values() if isinstance(inner, dict)]
            parts += [part["items"]] if isinstance(part.get("items"), dict) else []
        part = self.random.choice([*parts[:30], self.random.choice(parts)])
        kind = self.random.randrange(5)
        if kind == 0 and part:
            part.pop(self.random.choice([word for word in part if word != "definitions"] or [""]), None)
        elif kind == 1:
            schema.setdefault("definitions", {})["shared"] = self.schema()
            members = part.setdefault("properties", {})
            members[self.random.choice([*members, "more"])] = {"$ref": "#/definitions/shared", "title": "beside"}
        else:
            part.update(self.schema())

    def manifest(self) -> Any:
        manifest = copy.deepcopy(A)
        for _ in range(self.random.randrange(4)):
            values: list[Any] = [
                "ai",
                "x" * 12,
                "",
                0,
                1,
                2.0,
                True,
                None,
                [],
                ["ai", "ai"],
                [1, True],
                {},
                {"a": 1},
                {"name": "ai"},
            ]
            manifest[self.random.choice(self.names)] = self.random.choice(values)
        for name in self.random.sample(list(manifest), self.random.choice([0, 0, 1, 2])):
            del manifest[name]
        return manifest


def test_ours_agrees_with_jsonschema_on_random_schemas() -> None:
    shaker = Shaker(SEED)
    formats = FormatChecker(formats=())
    formats.checks("email")(lambda value: TESTS["format"]("email")(value))
    accepted = 0
    small = upstream()
    del small["properties"]["capabilities"], small["properties"]["formVariables"]
    for number in range(CHANGES):
        schema = copy.deepcopy(small)
        for _ in range(shaker.random.choice([1, 1, 2, 3])):
            shaker.change(schema)
        plain = Draft7Validator(schema, format_checker=formats)
        ours = of_fork(json.dumps(schema).encode())
        assert "used in its place" not in ours.note, (number, ours.note)
        for manifest in [A, *(shaker.manifest() for _ in range(5))]:
            verdict = plain.is_valid(manifest)
            accepted += verdict
            assert ours.accepts(manifest) is verdict, (number, SEED, ours.note, manifest)
            found = ours.failures(manifest)
            assert (not found) is verdict
            assert all(one.message.isprintable() and one.help.isprintable() and one.help for one in found), found
    assert CHANGES * 0.5 < accepted < CHANGES * 5


def test_our_own_verdict_does_not_change() -> None:
    assert accepts(EVERYTHING)
    assert not accepts(EVERYTHING | {"tagline": "Be calm."})
