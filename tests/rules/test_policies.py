"""Policies: resources, actions, and what a policy of both means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.conftest import Fixed, Messages
from toolkit.rules.examples import policy
from toolkit.rules.policies.actions import actions, kinds, outdated
from toolkit.rules.policies.specifier import Segment, SpecifierError, parse

POLICY = ("malformed-resource", "unknown-resource", "policy-key-case")
NAMES = st.text("abcXYZ019._-*", min_size=1, max_size=8)
TAGS = st.lists(st.text("abc_.-*9", min_size=1, max_size=6), max_size=3)


@pytest.mark.parametrize(
    "resource",
    [
        "proj/*",
        "proj/default",
        "proj/*;mobile",
        "proj/*:env/*;qa_*",
        "proj/*:env/production:flag/*",
        "proj/*:env/*:flag/ops_*",
        "proj/*;t1,t2:env/*;t3:flag/*;t4,t5",
        "proj/*:env/*;{critical:true}:flag/*",
        "proj/*:env/*:flag/*;view:checkout",
        "proj/*:metric/*",
        "proj/*:aiconfig/*",
        "proj/*:env/*:aiconfig/*",
        "member/*:token/*",
        "integration/*",
        "acct",
    ],
)
def test_right_resources(messages: Messages, resource: str) -> None:
    assert [messages(rule, policy({"resources": [resource]})) for rule in POLICY] == [[], [], []]


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("", "is empty"),
        ("proj/*:env/production/flag/*", "second slash"),
        ("proj/*:env/:flag/*", "`env` has no name"),
        ("proj/*:env/*;qa_*:/flag/*", "starts with a slash"),
        ("proj:env/production:flag/*", "`proj` has no name"),
        ("proj/*:env/*:flag/*;", "a tag is missing"),
        ("proj/*:env/*:flag/*;a;b", "second semicolon"),
        ("proj/*:env/*:flag/*;a,,b", "a tag is missing"),
        ("proj/*:env/*:flag/* ;tag", "contains a space"),
        ("proj/*::flag/*", "two colons"),
        ("proj/*:env/*:", "two colons"),
        ("proj/${roleAttribute/x}:env/*", "role attributes"),
        ("proj/{id}", "is not a valid key"),
        ("PROJ/*", "does not start with a kind of resource"),
        ("!proj/*", "does not start with a kind of resource"),
    ],
)
def test_malformed_resources(messages: Messages, resource: str, said: str) -> None:
    (message,) = messages("malformed-resource", policy({"resources": [resource]}))
    assert said in message


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("project/*", "project is not a known kind"),
        ("proj/*:environment/*:flag/*", "environment is not a known kind"),
        ("proj/*:flag/*", "does not have the parents of `flag`"),
        ("flag/*", "does not have the parents of `flag`"),
        ("env/production:flag/*", "does not have the parents of `flag`"),
        ("proj/*:segment/*", "does not have the parents of `segment`"),
        ("member/*:flag/*", "does not have the parents of `flag`"),
        ("*", "not a documented resource"),
    ],
)
def test_kinds_and_their_parents(messages: Messages, resource: str, said: str) -> None:
    (message,) = messages("unknown-resource", policy({"notResources": [resource], "resources": None}))
    assert said in message


def test_a_key_is_written_small(messages: Messages) -> None:
    assert messages("policy-key-case", policy({"resources": ["proj/*:env/Production:flag/Checkout"]})) == [
        "`env/Production` looks like a name, not like a key"
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("updateFallThrough", "updateFallthrough"), ("CREATEFLAG", "createFlag"), ("updateTarget", "updateTargets")],
)
def test_the_nearest_action_is_offered(fixed: Fixed, wrong: str, right: str) -> None:
    found = fixed("unknown-action", policy({"actions": ["updateOn", wrong]}))
    assert found["capabilities"]["auditLogEventsHook"]["defaultPolicy"][0]["actions"] == ["updateOn", right]


@pytest.mark.parametrize("action", ["updateNothing", "flyToTheMoon", "*Moon", "", "update[abc]*"])
def test_an_action_that_nobody_knows(messages: Messages, action: str) -> None:
    assert len(messages("unknown-action", policy({"actions": [action]}))) == 1


@pytest.mark.parametrize("action", ["*", "update*", "*Flag", "createFlag", "viewProject", "updateAttachedGoals"])
def test_actions_that_are_known(messages: Messages, action: str) -> None:
    assert messages("unknown-action", policy({"actions": [action]})) == []


@pytest.mark.parametrize(
    ("resources", "entries", "count"),
    [
        (["proj/*:env/*:flag/*"], ["createFlag", "updateOn", "update*"], 0),
        (["proj/*:env/*:flag/*"], ["createSegment"], 1),
        (["proj/*:env/*:flag/*", "proj/*:env/*:segment/*"], ["createSegment"], 0),
        (["proj/*:view/*"], ["createSegment"], 0),
        (["proj/*:env/*:flag/"], ["createSegment"], 0),
        (["proj/*:env/*:flag/*"], ["noSuchAction"], 0),
    ],
)
def test_an_action_needs_its_resource(messages: Messages, resources: list[str], entries: list[str], count: int) -> None:
    assert len(messages("misplaced-action", policy({"resources": resources, "actions": entries}))) == count


@pytest.mark.parametrize(
    ("entries", "left"),
    [
        (["*", "createFlag", "updateOn"], ["*"]),
        (["createFlag", "createFlag"], ["createFlag"]),
        (["update*", "updateOn", "createFlag"], ["update*", "createFlag"]),
        (["*", "**"], ["*", "**"]),
    ],
)
def test_what_is_covered_is_removed(fixed: Fixed, entries: list[str], left: list[str]) -> None:
    found = fixed("redundant-policy", policy({"actions": entries}))
    assert found["capabilities"]["auditLogEventsHook"]["defaultPolicy"][0]["actions"] == left


def test_one_statement_that_allows_is_enough(messages: Messages) -> None:
    assert messages("deny-only-policy", policy({"effect": "deny"}, {})) == []
    assert len(messages("deny-only-policy", policy({"effect": "deny"}, {"effect": "deny"}))) == 1


def test_the_vocabulary_is_whole() -> None:
    assert {"proj", "env", "flag", "segment", "metric", "member", "token"} <= kinds().keys()
    assert kinds()["flag"].chains == {("proj", "env", "flag")}
    assert len(kinds()["aiconfig"].chains) == 2
    assert len(actions()) > 300
    assert outdated() <= actions()
    assert "updateOn" not in outdated()
    for name, kind in kinds().items():
        assert all(
            chain[-1] == name and chain[:-1] in {(), ("proj",), ("proj", "env"), ("member",)} for chain in kind.chains
        )
        assert all(action.isalnum() for action in kind.every)


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        segments = parse(text)
    except SpecifierError as error:
        assert str(error)
        assert error.help
    else:
        assert segments


@given(st.lists(st.tuples(st.sampled_from(sorted(kinds())), NAMES, TAGS), min_size=1, max_size=4))
def test_what_is_written_by_the_grammar_is_read(parts: list[tuple[str, str, list[str]]]) -> None:
    text = ":".join(f"{kind}/{name}{';' if tags else ''}{','.join(tags)}" for kind, name, tags in parts)
    assert parse(text) == tuple(Segment(kind, name, tuple(tags)) for kind, name, tags in parts)


def test_a_statement_stands_once(messages: Messages) -> None:
    assert messages("redundant-policy", policy({}, {})) == ["the statement repeats an earlier one"]
    assert messages("redundant-policy", policy({}, {"effect": "deny"})) == []
