"""What the overview and the descriptions say."""

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.integration.manifest import NAME
from toolkit.rules.examples import form


@pytest.mark.parametrize(
    ("overview", "start"),
    [
        ("Manages your flags.", "Manage"),
        ("Managing your flags.", "Manage"),
        ("Running experiments with Acme.", "Run"),
        ("Syncs your segments.", "Sync"),
        ("Notifies your team.", "Notify"),
        ("Creates metrics.", "Create"),
        ("Visualizing metrics.", "Visualize"),
    ],
)
def test_another_form_of_a_verb_is_turned_into_the_verb(messages: Messages, overview: str, start: str) -> None:
    assert messages("overview-without-verb", {NAME: {"overview": overview}}) == [
        f"overview starts with `{overview.split()[0]}`, not with the imperative"
    ]


@pytest.mark.parametrize("overview", ["The metrics of Acme.", "Acme measures it.", "LaunchDarkly meets Acme."])
def test_no_verb_at_all(messages: Messages, overview: str) -> None:
    (message,) = messages("overview-without-verb", {NAME: {"overview": overview}})
    assert message.endswith("not with a verb")


@pytest.mark.parametrize(
    "overview",
    [
        "Access flags.",
        "Process events.",
        "Bring it.",
        "Focus on flags.",
        "Cross-check flags.",
        "Sing.",
        "Übertrage es.",
    ],
)
def test_what_may_be_a_verb_is_let_pass(messages: Messages, overview: str) -> None:
    assert messages("overview-without-verb", {NAME: {"overview": overview}}) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"description": "measure your experiments with the events acme signals collects!"}, "description repeats"),
        ({"details": "Measure your experiments with the events **Acme Signals** collects."}, "details repeats the o"),
        (
            {"description": "Acme keeps what your customers do.", "details": "Acme keeps what your customers do"},
            "details",
        ),
    ],
)
def test_the_same_again_is_told_whatever_its_marks(messages: Messages, fields: dict[str, str], message: str) -> None:
    (said,) = messages("repeated-description", {NAME: fields})
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<b>Bold</b> words, and a <script>alert(1)</script>", 4),
        ("One.<br>Two.<br/>Three.", 0),
        ("https://<host>/path and <ACCOUNT>.example", 0),
        ("a < b and c > d", 0),
        ("<img src=x onerror=alert(1)>", 1),
        ("<!-- hidden -->", 1),
    ],
)
def test_tags_of_html_are_known_by_name(messages: Messages, text: str, count: int) -> None:
    assert len(messages("html-in-text", form(type="string", description=text))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# Title", 1),
        ("Words\n## More", 1),
        ("![x](y.png)", 1),
        ("```\ncode\n```", 2),
        ("Issue #7 > 6", 0),
        ("#tag", 0),
    ],
)
def test_blocks_of_markdown(messages: Messages, text: str, count: int) -> None:
    assert len(messages("block-in-text", form(type="string", description=text))) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Acme [key](https://acme.example)", 1),
        ("`key`", 1),
        ("**Key**", 1),
        ("See https://acme.example", 1),
        ("a_b_c", 0),
    ],
)
def test_labels_are_plain(messages: Messages, name: str, count: int) -> None:
    assert len(messages("markup-in-plain-text", form(type="string", name=name))) == count


def test_a_sentence_has_a_capital_and_a_period(messages: Messages, fixed: Fixed) -> None:
    patch = {NAME: {"details": "measure what your customers do, day by day, year by year"}}
    assert len(messages("incomplete-sentence", patch)) == 2
    assert fixed("incomplete-sentence", patch)["details"].endswith("year by year.")


def test_nobody_is_shouted_at(messages: Messages) -> None:
    assert messages("incomplete-sentence", {NAME: {"overview": "MEASURE ALL YOUR EXPERIMENTS."}}) == [
        "overview is written in capitals"
    ]


@pytest.mark.parametrize("text", ["iOS apps are measured as well as Android ones, always.", "acme.js does it (always)"])
def test_a_name_may_start_small_and_a_bracket_may_end(messages: Messages, text: str) -> None:
    assert messages("incomplete-sentence", {NAME: {"details": text.ljust(50, "!")}}) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("[the guide] (https://acme.io/a)", 1),
        ("(the guide)[https://acme.io/a]", 1),
        ("[the guide](https://acme.io/a", 1),
        ("[the guide](https://acme.io/a and", 1),
        ("[the guide](https://acme.io/a)", 0),
        ("[the guide](https://acme.io/a_(b))", 0),
        ('[the guide](https://acme.io/a "Acme")', 0),
        ("[the guide]( https://acme.io/a )", 0),
        ("[beta] (see https://acme.io/a)", 0),
        ("the guide (https://acme.io/a) [beta]", 0),
        ("list[0](x)[y]", 0),
    ],
)
def test_links_that_are_none(messages: Messages, words: str, count: int) -> None:
    assert (
        len(messages("broken-text-link", {NAME: {"details": f"Acme Signals does what it does: see {words} for more."}}))
        == count
    )
