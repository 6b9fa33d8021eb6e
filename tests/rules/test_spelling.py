"""Spelling: names of products, slips of the pen, slips of the keyboard."""

import pytest

from tests.rules.conftest import Fixed, Messages
from toolkit.integration.manifest import NAME
from toolkit.rules.wording.spelling import masked


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Launchdarkly", "LaunchDarkly"),
        ("launchdarkly", "LaunchDarkly"),
        ("LAUNCHDARKLY", "LaunchDarkly"),
        ("Launch Darkly", "LaunchDarkly"),
        ("Launch-Darkly", "LaunchDarkly"),
        ("LaunchDarkley", "LaunchDarkly"),
        ("LauchDarkly", "LaunchDarkly"),
        ("LanuchDarkly", "LaunchDarkly"),
        ("LD", "LaunchDarkly"),
        ("Github", "GitHub"),
        ("gitlab", "GitLab"),
        ("Javascript", "JavaScript"),
        ("DataDog", "Datadog"),
        ("Pagerduty", "PagerDuty"),
    ],
)
def test_a_name_is_written_as_its_owner_writes_it(messages: Messages, fixed: Fixed, wrong: str, right: str) -> None:
    patch = {NAME: {"overview": f"Bring metrics from {wrong}, and see."}}
    assert len(messages("misspelled-product", patch)) == 1
    assert fixed("misspelled-product", patch)["overview"] == f"Bring metrics from {right}, and see."


@pytest.mark.parametrize(
    "text",
    [
        "Read [how](https://github.com/launchdarkly/docs) to do it.",
        "Set `launchdarkly.key` in github.yaml.",
        "Use @launchdarkly/node-sdk or docs.launchdarkly.com.",
        "LaunchDarkly's flags, LaunchDarkly-hosted.",
        "Turn the lights down, largely darkened.",
        "Call the ld-relay, LDClient or LD_KEY.",
        "Write to github@acme.example.",
    ],
)
def test_addresses_code_and_other_words_are_left_alone(messages: Messages, text: str) -> None:
    assert messages("misspelled-product", {NAME: {"details": f"{text} And many words more."}}) == []


def test_the_integration_s_own_name_is_compared(messages: Messages) -> None:
    patch = {NAME: {"name": "AcmeMetrics", "details": "Acmemetrics measures every record of your customers."}}
    assert messages("misspelled-product", patch) == ["Acmemetrics is written AcmeMetrics"]


def test_a_misspelt_word_keeps_its_capital(fixed: Fixed) -> None:
    patch = {NAME: {"details": "Seperate your enviroments, and recieve events from each organisation."}}
    assert fixed("misspelled-word", patch)["details"] == (
        "Separate your environments, and receive events from each organization."
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Send the the events.", "Send the events."),
        ("Send events , and more.", "Send events, and more."),
        ("Send events,and more.", "Send events, and more."),
        ("Send events.Then look.", "Send events. Then look."),
        ("Send events,, and more.", "Send events, and more."),
        ("Send events!! Then look.", "Send events! Then look."),
        ("Send events.. Then look.", "Send events. Then look."),
    ],
)
def test_a_slip_is_mended(messages: Messages, fixed: Fixed, wrong: str, right: str) -> None:
    patch = {NAME: {"details": f"{wrong} {'And so on, as you like it best. ' * 2}".strip()}}
    assert len(messages("typing-error", patch)) == 1
    assert fixed("typing-error", patch)["details"].startswith(right)


@pytest.mark.parametrize("wrong", ["Tom &amp; Ann.", r"One.\nTwo.", "It\u00e2\u20ac\u2122s new.", "Caf\u00c3\u00a9."])
def test_what_shows_as_it_stands_is_told_and_left(messages: Messages, fixed: Fixed, wrong: str) -> None:
    patch = {NAME: {"details": f"{wrong} {'And so on, as you like it best. ' * 2}".strip()}}
    assert len(messages("typing-error", patch)) == 1
    assert fixed("typing-error", patch)["details"].startswith(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "Use Node.js, Roost.ai and ASP.NET, e.g., version 1.2.3.",
        "Wait ... and see the time 10:30, or a ratio of 1,000,000:1.",
        "Read https://acme.example/a,b;c?x=..&y=,, for more.",
        "The template is {{a,b}} or `x,,y`, that that had had.",
        "Acme Inc., etc., and so on: see (e.g. this).",
    ],
)
def test_right_sentences_have_no_slip(messages: Messages, text: str) -> None:
    assert (
        messages("typing-error", {NAME: {"details": f"{text} {'And so on, as you like it best. ' * 2}".strip()}}) == []
    )


def test_masking_keeps_offsets() -> None:
    text = "See [x](https://acme.example/y) and `z` in {{w}}, <b>now</b>."
    assert len(masked(text)) == len(text)
    assert masked(text).replace("\0", "") == "See [x] and  in , now."
