"""Templates as subjects: which there are, what they are for, and what they may name."""

from pathlib import Path

import pytest

from toolkit import events
from toolkit.examples import damaged
from toolkit.finding import Region
from toolkit.handlebars import ITEM
from toolkit.integration import Integration, Template
from toolkit.integration.shape import ABSENT, ANY, OTHERS, emptied, filled, is_known, merged, names
from toolkit.json_text import dumps
from toolkit.rules.examples import TEMPLATE, approval_with, hook_endpoint, hook_with, link_with, store

FIELDS = {"a": "x", "list": [{"b": 1}], "open": ANY, "gone": ABSENT, "null": None, "any": {OTHERS: {"c": ""}}}


def files(integration: Integration) -> dict[str, Template]:
    return {template.place.file: template for template in integration.templates if template.is_file}


def strings(integration: Integration) -> dict[str, Template]:
    return {str(template.place.pointer): template for template in integration.templates if not template.is_file}


def test_a_file_is_one_template_for_all_its_uses() -> None:
    patch = hook_with(flag=TEMPLATE)
    hook = patch["manifest.json"]["capabilities"]["auditLogEventsHook"]
    hook["templates"] = {"default": "templates/flag.json.hbs", "validation": "./templates/flag.json.hbs"}
    (template,) = files(damaged(patch)).values()
    assert [(use.kind, use.tested) for use in template.uses] == [
        ("default", "flag-updated-everywhere"),
        ("validation", "environment-updated"),
    ]
    assert {"flag-created", "member-updated", "webhook-enabled"} < set(template.events)
    assert template.json


def test_the_default_template_gets_what_has_no_template() -> None:
    templates = files(damaged(hook_with(default=TEMPLATE, flag=TEMPLATE, member=TEMPLATE)))
    kinds = {events.event(name)["kind"] for name in templates["templates/default.json.hbs"].events}
    assert kinds == {"project", "environment", "segment", "metric", "webhook"}


@pytest.mark.parametrize(
    ("patch", "pointer", "known", "unknown"),
    [
        (hook_endpoint({}), "/auditLogEventsHook/endpoint/url", ("token", "context.kind"), ("kind", "oauth.baseURI")),
        (approval_with("{}"), "/approval/creationRequest/endpoint/url", ("context.title",), ("context.approvalId",)),
        (approval_with("{}"), "/approval/statusRequest/endpoint/url", ("context.approvalId",), ("approvalId",)),
        (approval_with("{}"), "/approval/creationRequest/jsonBody", ("approvalId", "flag.key"), ("token", "comment")),
        (store(), "/featureStore/featureStoreRequest/endpoint/url", ("_featureStoreKey", "token"), ("envId",)),
        (
            link_with("x", {"size": {"type": "string"}}),
            "/flagLink/uiBlocks/title/elements/0/text",
            ("deepLink", "metadata.size"),
            ("metadata.name", "title"),
        ),
    ],
)
def test_a_template_may_name_what_its_place_gives(
    patch: dict[str, object], pointer: str, known: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    template = strings(damaged(patch))[f"/capabilities{pointer}"]
    for name in known:
        assert is_known(template.shape, tuple(name.split("."))), name
    for name in unknown:
        assert not is_known(template.shape, tuple(name.split("."))), name


def test_an_empty_sample_has_no_templates() -> None:
    assert damaged({}).templates == ()


def test_a_byte_order_mark_does_not_shift_places() -> None:
    integration = damaged(hook_with(flag="\ufeff" + TEMPLATE))
    (template,) = files(integration).values()
    at = template.text.index('"title"')
    assert integration.region(template.at(at, at + 7)) == Region(2, 3, 2, 10)


def test_a_place_inside_a_string_of_the_manifest() -> None:
    integration = damaged(approval_with('{"a": "é", "b": "{{{x}}}"}'))
    template = strings(integration)["/capabilities/approval/creationRequest/jsonBody"]
    (found,) = template.references
    region = integration.region(template.at(found.start, found.end))
    assert region
    line = integration.files["manifest.json"].text.splitlines()[region.line - 1]
    assert line[region.column - 1 : region.end_column - 1] == "x"


@pytest.mark.parametrize(
    ("way", "known"),
    [
        (("a",), True),
        (("b",), False),
        (("a", "length"), True),
        (("a", "x"), False),
        (("list", ITEM, "b"), True),
        (("list", "0", "c"), False),
        (("list", "first"), False),
        (("open", "x", "y"), True),
        (("gone",), False),
        (("null", "x"), True),
        (("any", "x", "c"), True),
        (("any", "x", "d"), False),
        ((), True),
    ],
)
def test_a_shape_knows_its_ways(way: tuple[str, ...], known: bool) -> None:
    assert is_known(FIELDS, way) is known


def test_shapes_are_merged_named_filled_and_emptied() -> None:
    assert merged({"a": None, "b": {"c": 1}}, {"a": [1], "b": {"d": 2}}) == {"a": [1], "b": {"c": 1, "d": 2}}
    assert list(names({"a": {"b": 1, OTHERS: 2}, "c": ABSENT})) == ["a", "a.b"]
    ways = [("a",), ("b", "c"), ("d", ITEM, "e"), ("f", "2"), ("a", "x")]
    assert filled({"a": "x", "z": ANY}, ways, "?") == {"a": "x", "b": {"c": "?"}, "d": [{"e": "?"}], "f": ["?"] * 3}
    assert emptied({"a": [{"b": "x"}], "c": 1}, ("a", ITEM, "b")) == {"a": [{"b": ""}], "c": 1}
    assert emptied({"a": [1]}, ("a",)) == {"a": []}
    assert emptied({"a": 1}, ("b", "c")) == {"a": 1}


def test_every_hook_of_the_corpus_renders_all_events(corpus: Path) -> None:
    rendered = 0
    for directory in sorted((corpus / "integrations").iterdir()):
        for template in Integration.read(directory).templates if directory.is_dir() else ():
            assert template.fault is None
            for name in template.events:
                output = template.output(name)
                rendered += output.text is not None
                assert output.error is None or not template.tested or output.error.name
            for use in template.tested:
                assert template.output(use.tested).text is not None
    assert rendered > 500


def test_what_is_no_manifest_has_no_templates() -> None:
    values: list[object] = [None, [], 7, {"capabilities": {"auditLogEventsHook": {"templates": {"flag": 7}}}}]
    for value in values:
        assert Integration.from_files("acme", {"manifest.json": dumps(value).encode()}).templates == ()
