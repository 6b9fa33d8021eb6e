from pathlib import Path

import pytest

from toolkit import scaffold
from toolkit.errors import LditError

GIVEN = {
    "name": "Acme Signals",
    "overview": "Measure your experiments.",
    "description": "Create metrics from the events that you collect with Acme Signals.",
    "links.site": "https://acme.example",
    "links.privacyPolicy": "https://acme.example/privacy",
    "supportEmail": "help@acme.example",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"name": "Acme", "links": {"site": "https://a.example"}, "categories": ["ai"]}'),
        ("a.json", '\ufeff{"name": "Acme", "links.site": "https://a.example", "categories": ["ai"]}'),
        ("a.toml", 'name = "Acme"\ncategories = ["ai"]\n[links]\nsite = "https://a.example"\n'),
        ("a.TOML", 'name = "Acme"\nlinks.site = "https://a.example"\ncategories = ["ai"]\n'),
    ],
)
def test_read_json_and_toml(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert scaffold.read(path) == {"name": "Acme", "links.site": "https://a.example", "categories": ["ai"]}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", b'{"name": "Acme",}', "a.json: "),
        ("a.json", b"[1]", "holds no object"),
        ("a.json", b"[" * 30_000, "a.json"),
        ("a.toml", b"name = Acme", "is not TOML"),
        ("a.toml", b"\xff", "is not TOML"),
        ("a.toml", b"a = " + b"[" * 5_000 + b"]" * 5_000, "is not TOML"),
        ("a.json", b" " * 32_001, "over 32 kB"),
        ("missing.json", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(LditError, match=message):
        scaffold.read(path)


def test_answers_may_be_nested_deep(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"{'a.' * 1_000}b = 1\nname = 'Acme'\n")
    answers = scaffold.read(path)
    assert answers["name"] == "Acme"
    with pytest.raises(LditError, match=r"unknown answer `a\.a\."):
        scaffold.tidy("metric", answers)


def test_tidy_makes_one_line_of_text_and_a_list_of_commas() -> None:
    given = {"name": " Acme\n  Signals\u2028", "categories": "analytics, monitoring,"}
    assert scaffold.tidy("metric", given) == {"name": "Acme Signals", "categories": ["analytics", "monitoring"]}


@pytest.mark.parametrize(
    ("key", "value", "message", "remedy"),
    [
        ("supportemail", "x", "unknown answer `supportemail`", "did you mean `supportEmail`?"),
        ("link.site", "x", "unknown answer `link.site`", "did you mean `links.site`?"),
        ("zzz", "x", "unknown answer `zzz`", "choose from name, directory"),
        ("na\x1bme", "x", r"unknown answer `na\\x1bme`", "did you mean `name`?"),
        ("capabilities.flagLink.header", "x", "unknown answer", "choose from"),
        ("name", 7, "name is not text", "quotes"),
        ("name", None, "name is not text", "quotes"),
        ("name", "Ac\x00me", r"control character \(U\+0000\)", "remove"),
        ("name", "Ac\udcffme", r"control character \(U\+DCFF\)", "remove"),
        ("categories", {"a": 1}, "categories is not a list", "commas"),
        ("categories", ["ai", 7], "categories is not text", "quotes"),
    ],
)
def test_tidy_refuses(key: str, value: object, message: str, remedy: str) -> None:
    with pytest.raises(LditError, match=message) as raised:
        scaffold.tidy("metric", {key: value})
    assert remedy in raised.value.help


def test_complete_fills_in_what_follows() -> None:
    answers = scaffold.complete("metric", GIVEN)
    assert answers == GIVEN | {
        "directory": "acme-signals",
        "categories": ["analytics"],
        "author": "Acme Signals",
        "version": "1.0.0",
    }


def test_complete_names_everything_that_is_missing() -> None:
    with pytest.raises(LditError) as raised:
        scaffold.complete("metric", {"overview": "Measure."})
    missing = ["name", "description", "links.site", "links.privacyPolicy", "supportEmail"]
    assert str(raised.value) == "answers are missing: " + ", ".join(missing)
    assert "--set name=..." in raised.value.help


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(LditError, match="unknown kind `metrics`") as raised:
        scaffold.questions("metrics")
    assert "metric, card" in raised.value.help


def test_complete_takes_suggestions_only_when_asked() -> None:
    given = {"name": "Acme Signals", "links.site": "https://www.acme.example/"}
    with pytest.raises(LditError, match=r"overview, description, links\.privacyPolicy, supportEmail") as raised:
        scaffold.complete("metric", given)
    assert "`--yes`" in raised.value.help
    answers = scaffold.complete("metric", given, suggested=True)
    assert answers["supportEmail"] == "support@acme.example"
    assert "links.launchdarklyDocs" not in answers


def test_a_suggestion_that_cannot_be_made_is_missing() -> None:
    with pytest.raises(LditError, match="answers are missing: supportEmail"):
        scaffold.complete("metric", {"name": "Acme Signals", "links.site": "acme"}, suggested=True)


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_what_a_prompt_offers_is_right(kind: str) -> None:
    answers = scaffold.tidy(kind, {"name": "Acme Signals", "links.site": "https://www.acme.example/"})
    for question in scaffold.questions(kind):
        if question.key not in answers and (guess := question.guess(answers, scaffold.KINDS[kind])):
            answers[question.key] = guess
            assert [one for one in scaffold.check_answers(kind, answers, [question.key], {}) if one.is_error] == []
    assert answers["supportEmail"] == "support@acme.example"
    assert answers["links.privacyPolicy"] == "https://www.acme.example/privacy"
    assert len(answers["overview"]) <= 90


def test_the_address_for_an_international_site_is_one_that_mail_has() -> None:
    question = next(question for question in scaffold.questions("metric") if question.key == "supportEmail")
    guess = question.guess({"links.site": "https://www.münchen.example"}, scaffold.KINDS["metric"])
    assert guess == "support@xn--mnchen-3ya.example"


def test_the_page_in_the_documentation_is_shown_as_an_example_only() -> None:
    question = next(question for question in scaffold.questions("metric") if question.key == "links.launchdarklyDocs")
    assert question.guess({"directory": "acme"}, scaffold.KINDS["metric"]) is None
    shown = question.shown({"directory": "acme"}, scaffold.KINDS["metric"])
    assert shown == "https://launchdarkly.com/docs/integrations/acme"


@pytest.mark.parametrize("site", ["", "acme", "https://[", "http://"])
def test_no_address_is_offered_for_a_site_without_a_host(site: str) -> None:
    question = next(question for question in scaffold.questions("metric") if question.key == "supportEmail")
    assert not question.guess({"links.site": site}, scaffold.KINDS["metric"])
