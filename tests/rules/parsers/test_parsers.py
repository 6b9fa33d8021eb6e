"""JSON pointers and regular expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.conftest import Fixed, Messages
from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.finding import Severity
from toolkit.rules import RULES
from toolkit.rules.examples import approval, synced, trigger
from toolkit.rules.parsers.patterns import literals


def _event(pointer: str) -> dict[str, object]:
    return dict(trigger(parser={"eventName": pointer}))


def _matched(pattern: str) -> dict[str, object]:
    return dict(trigger(parser={"eventName": "/t"}, testEventNameRegexp=pattern))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("title", "/title"),
        ("status.value", "/status/value"),
        ("$.status.value", "/status/value"),
        ("alerts[0].title", "/alerts/0/title"),
        ("#/title", "/title"),
        ("status/value", "/status/value"),
    ],
)
def test_a_pointer_starts_with_a_slash(messages: Messages, fixed: Fixed, wrong: str, right: str) -> None:
    assert messages("invalid-json-pointer", _event(wrong)) == [f"eventName is `{wrong}`, which is not a JSON pointer"]
    assert fixed("invalid-json-pointer", _event(wrong))["capabilities"]["trigger"]["parser"]["eventName"] == right


@pytest.mark.parametrize("pointer", ["/title", "/a~1b/~0c", "/0/x", "/a b", ""])
def test_right_pointers(messages: Messages, pointer: str) -> None:
    assert messages("invalid-json-pointer", _event(pointer)) == []


@pytest.mark.parametrize(
    ("pointer", "count"),
    [
        ("/a[0]", 2),
        ("/a.b", 1),
        ("/a//b", 1),
        ("/a/", 1),
        ("/list/-", 1),
        ("/list/-/id", 1),
        ("/list/-x", 0),
        ("/{{x}}", 1),
        ("", 1),
        ("/a/0/b_c-d", 0),
    ],
)
def test_odd_pointers_are_asked_about(messages: Messages, pointer: str, count: int) -> None:
    assert bool(messages("odd-json-pointer", _event(pointer))) == bool(count)


def test_a_list_may_be_the_whole_message(messages: Messages) -> None:
    assert messages("odd-json-pointer", synced(memberArrayPath="", memberArrayParser={"memberIdPath": ""})) == []


@pytest.mark.parametrize("pattern", ["([a-z", "a++", "*", "[z-a]", "\ud800", "(?(x)y)"])
def test_what_neither_go_nor_javascript_reads(pattern: str) -> None:
    (finding,) = run_rules(damaged(_matched(pattern)), [RULES["invalid-pattern"]]).findings
    assert finding.severity is Severity.error
    assert finding.problem.message.startswith("testEventNameRegexp is not a valid regular expression: ")


@pytest.mark.parametrize("pattern", ["a(?=b)", r"(a)\1", "(?<!x)y", r"\u0041"])
def test_what_only_javascript_reads(pattern: str) -> None:
    (finding,) = run_rules(damaged(_matched(pattern)), [RULES["invalid-pattern"]]).findings
    assert finding.severity is Severity.warning
    assert finding.problem.message.startswith("testEventNameRegexp works in JavaScript, but not in Go: ")


@pytest.mark.parametrize(
    "pattern", ["^-1", r".+ \[TEST\].+", "(?i)test", r"\p{L}+", "(?P<name>x)", r"\Atest\z", r"\Qa.b\E", ""]
)
def test_what_re2_takes(messages: Messages, pattern: str) -> None:
    assert messages("invalid-pattern", _matched(pattern)) == []


@pytest.mark.parametrize(
    ("pattern", "count"), [(".*", 1), ("", 1), ("a*", 1), ("a|", 1), (".+", 0), ("^$", 0), ("x", 0)]
)
def test_what_matches_everything(messages: Messages, pattern: str, count: int) -> None:
    assert (
        len(messages("pattern-matches-all", trigger(parser={"eventName": "/t"}, testEventNameRegexp=pattern))) == count
    )


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("^(add | enrol)$", "^(add|enrol)$"),
        (" yes | no ", "yes|no"),
        ("^ yes|no $", "^yes|no$"),
        ("New Relic Alert", "New Relic Alert"),
        (r"done\ |gone", r"done\ |gone"),
    ],
)
def test_blanks_at_the_ends_of_alternatives(fixed: Fixed, pattern: str, left: str) -> None:
    patch = synced(memberArrayPath="/m", arrayInclusion={"path": "/a", "matcher": pattern})
    parser = fixed("spaced-pattern", patch)["capabilities"]["syncedSegment"]["requestParser"]
    assert parser["arrayInclusion"]["matcher"] == left


@pytest.mark.parametrize(
    ("yes", "no", "count"),
    [
        ("approved", "not_approved", 1),
        ("^approved$", "^not_approved$", 0),
        ("approved", "declined", 0),
        ("x", "x", 1),
        (".", ".", 1),
        ("^-1", "^4", 0),
        ("^(yes|maybe)$", "^(no|maybe)$", 1),
        ("([", "([", 1),
    ],
)
def test_an_answer_is_not_both_approved_and_rejected(messages: Messages, yes: str, no: str, count: int) -> None:
    patch = approval({"approvalMatcher": yes, "rejectionMatcher": no})
    assert len(messages("conflicting-matchers", patch)) == count


@pytest.mark.parametrize(
    ("matcher", "count"),
    [
        ("^(add_member|remove_member)$", 1),
        ("^(members|add_members)$", 0),
        ("^add$", 0),
        ("^(audienceEntered|audienceExited)$", 1),
        ("^.*$", 0),
    ],
)
def test_who_is_removed_is_not_added(messages: Messages, matcher: str, count: int) -> None:
    patch = synced(memberArrayPath="/m", arrayInclusion={"path": "/a", "matcher": matcher})
    assert len(messages("wrong-inclusion-matcher", patch)) == count


@given(st.lists(st.text("abc_ -", min_size=1), min_size=1, max_size=4))
def test_alternatives_of_plain_text_are_read(words: list[str]) -> None:
    for pattern in ("{}", "^{}$", "^({})$", "(?:{})"):
        assert literals(pattern.format("|".join(words))) == tuple(words)


@given(st.sampled_from((".", "a+", "[ab]", "a(b|c)", r"\w", "a{2}", "a?")))
def test_other_expressions_have_none(pattern: str) -> None:
    assert literals(pattern) == ()


@pytest.mark.parametrize(
    ("pattern", "right"),
    [("/test/", "test"), ("/^a$/i", "(?i)^a$"), ("/a/b", None), ("a/b/", None), ("//", None)],
)
def test_slashes_around_an_expression(messages: Messages, fixed: Fixed, pattern: str, right: str | None) -> None:
    patch = _matched(pattern)
    assert len(messages("slashed-pattern", patch)) == bool(right)
    if right:
        assert fixed("slashed-pattern", patch)["capabilities"]["trigger"]["testEventNameRegexp"] == right


@pytest.mark.parametrize(
    ("matcher", "count"), [("^(remove|delete)$", 1), ("^add$", 0), ("^(add|remove)$", 1), ("^true$", 0)]
)
def test_a_matcher_of_what_removes(messages: Messages, matcher: str, count: int) -> None:
    patch = synced(memberArrayPath="/members", arrayInclusion={"path": "/action", "matcher": matcher})
    assert len(messages("wrong-inclusion-matcher", patch)) == count


@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({"addMemberArrayPath": "/a", "removeMemberArrayPath": "/a"}, 1),
        ({"addMemberArrayPath": "/a", "removeMemberArrayPath": "/b"}, 0),
        ({"cohortNamePath": "/cohort/id", "memberArrayPath": "/a"}, 0),
        ({"cohortNamePath": "/environment", "memberArrayPath": "/a"}, 1),
        ({"memberArrayPath": "/id"}, 0),
    ],
)
def test_two_pointers_to_one_value(messages: Messages, members: dict[str, object], count: int) -> None:
    assert len(messages("repeated-pointer", synced(**members))) == count


@pytest.mark.parametrize(("path", "count"), [("/members/id", 1), ("/members/0/id", 1), ("/id", 0), ("/membersId", 0)])
def test_a_pointer_from_an_item(messages: Messages, path: str, count: int) -> None:
    patch = synced(memberArrayPath="/members", memberArrayParser={"memberIdPath": path})
    assert len(messages("absolute-item-pointer", patch)) == count


@pytest.mark.parametrize(
    ("yes", "no", "count"),
    [
        ("^declined$", "^approved$", 1),
        ("rejected|canceled", "accepted", 1),
        ("^approved$", "^declined$", 0),
        ("^-1", "^4", 0),
        ("^not-rejected-but-approved$", "^unapproved$", 0),
    ],
)
def test_swapped_matchers(messages: Messages, yes: str, no: str, count: int) -> None:
    said = messages("conflicting-matchers", approval({"approvalMatcher": yes, "rejectionMatcher": no}))
    assert sum("rejects in" in message for message in said) == count
