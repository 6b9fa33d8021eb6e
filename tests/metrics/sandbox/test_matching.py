"""Which metrics an event counts for, and why not the others."""

from typing import Any

import pytest

from toolkit.metrics.sandbox.matching import reason_against

METRIC = {"key": "m", "kind": "custom", "eventKey": "Bought", "isNumeric": False, "analysisUnits": ["user", "org"]}
EVENT: dict[str, Any] = {
    "kind": "custom",
    "key": "Bought",
    "value": None,
    "contexts": {"user": "ada"},
    "attributes": {"user": {"plan": "gold", "age": 36, "groups": ["a", "b"]}},
    "data": {"currency": "EUR"},
    "url": "https://shop.example/cart?x=1#top",
    "selector": "#buy",
}


def condition(attribute: str, op: str, *values: Any, **more: Any) -> dict[str, Any]:
    return {"type": "contextAttribute", "attribute": attribute, "op": op, "values": values, "negate": False, **more}


def group(op: str, *values: dict[str, Any], negate: bool = False) -> dict[str, Any]:
    return {"type": "group", "op": op, "values": values, "negate": negate}


GOLD, SILVER = condition("plan", "in", "gold"), condition("plan", "in", "silver")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"eventKey": "bought"}, "wrong letter case: its event key is `bought`"),
        ({"archived": True}, "it is archived"),
        ({"analysisUnits": ["org"]}, "other context kind: it is measured by org"),
        ({"analysisUnits": None}, ""),
        ({"isNumeric": True}, "the event has no metric value"),
        ({"filters": GOLD}, ""),
        ({"filters": SILVER}, "filter: user.plan is 'gold'"),
        ({"filters": GOLD | {"negate": True}}, "its filter excludes the event"),
        ({"filters": condition("country", "in", "NL")}, "filter: user.country is absent"),
        ({"filters": condition("plan", "in", "gold", contextKind="org")}, "filter: org.plan is absent"),
        ({"filters": condition("key", "startsWith", "a")}, ""),
        ({"filters": condition("key", "endsWith", "a")}, ""),
        ({"filters": condition("/plan", "contains", "ol")}, ""),
        ({"filters": condition("plan", "matches", "^g.*d$")}, ""),
        ({"filters": condition("plan", "matches", "(")}, "filter: user.plan is 'gold'"),
        ({"filters": condition("plan", "exists")}, ""),
        ({"filters": condition("age", "greaterThan", 35)}, ""),
        ({"filters": condition("age", "lessThanOrEqual", 35)}, "filter: user.age is 36"),
        ({"filters": condition("plan", "lessThan", 35)}, "filter: user.plan is 'gold'"),
        ({"filters": condition("groups", "in", "b")}, ""),
        ({"filters": condition("currency", "in", "EUR", type="eventProperty")}, ""),
        ({"filters": condition("amount", "in", 1, type="eventProperty")}, "filter: the property amount is absent"),
        ({"filters": group("and", GOLD, SILVER)}, "filter: user.plan is 'gold'"),
        ({"filters": group("or", GOLD, SILVER)}, ""),
        ({"filters": group("or", SILVER, SILVER)}, "filter: user.plan is 'gold'"),
        ({"filters": group("and", GOLD, negate=True)}, "its filter excludes the event"),
        ({"filters": group("and")}, ""),
    ],
)
def test_custom(change: dict[str, Any], reason: str) -> None:
    assert reason_against(METRIC | change, EVENT) == reason


def url(kind: str, word: str, text: str) -> dict[str, str]:
    return {"kind": kind, word: text}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"urls": [url("exact", "url", EVENT["url"])]}, ""),
        ({"urls": [url("exact", "url", "https://shop.example/cart")]}, "the URL fits none of its patterns"),
        ({"urls": [url("canonical", "url", "https://shop.example/cart/")]}, ""),
        ({"urls": [url("substring", "substring", "/cart?")]}, ""),
        ({"urls": [url("substring", "substring", "#top")]}, "the URL fits none of its patterns"),
        ({"urls": [url("regex", "pattern", "c.rt")]}, ""),
        ({"urls": [url("regex", "pattern", "(")]}, "the URL fits none of its patterns"),
        ({"urls": [url("regex", "pattern", ".")], "selector": "#other"}, "it counts clicks on `#other`"),
        ({"urls": [url("regex", "pattern", ".")], "kind": "pageview"}, "it counts pageview events"),
    ],
)
def test_clicks(change: dict[str, Any], reason: str) -> None:
    metric = METRIC | {"kind": "click", "eventKey": None, "selector": "#buy"} | change
    assert reason_against(metric, EVENT | {"kind": "click", "key": ""}) == reason
