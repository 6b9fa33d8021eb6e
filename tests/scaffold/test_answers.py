from pathlib import Path

import pytest

from toolkit import scaffold
from toolkit.errors import LditError
from toolkit.scaffold.problems import problems

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
        ("a.json", b"[" * 100_000, "a.json"),
        ("a.toml", b"name = Acme", "is not TOML"),
        ("a.toml", b"\xff", "is not TOML"),
        ("missing.json", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(LditError, match=message):
        scaffold.read(path)


def test_tidy_makes_one_line_of_text_and_a_list_of_commas() -> None:
    given = {"name": " Acme\n  Signals\u2028", "categories": "analytics, monitoring,"}
    assert scaffold.tidy("metric", given) == {"name": "Acme Signals", "categories": ["analytics", "monitoring"]}


@pytest.mark.parametrize(
    ("key", "value", "message", "remedy"),
    [
        ("supportemail", "x", "unknown answer `supportemail`", "did you mean `supportEmail`?"),
        ("link.site", "x", "unknown answer `link.site`", "did you mean `links.site`?"),
        ("zzz", "x", "unknown answer `zzz`", "choose from name, directory"),
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
        "links.launchdarklyDocs": "https://launchdarkly.com/docs/integrations/acme-signals",
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


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_what_a_prompt_offers_is_right(kind: str) -> None:
    answers = scaffold.tidy(kind, {"name": "Acme Signals", "links.site": "https://www.acme.example/"})
    for question in scaffold.questions(kind):
        if question.key not in answers and (guess := question.guess(answers, scaffold.KINDS[kind])):
            answers[question.key] = guess
            assert problems(kind, question.key, guess) == []
    assert answers["supportEmail"] == "support@acme.example"
    assert answers["links.privacyPolicy"] == "https://www.acme.example/privacy"
    assert len(answers["overview"]) <= 90


@pytest.mark.parametrize("site", ["", "acme", "https://[", "http://"])
def test_no_address_is_offered_for_a_site_without_a_host(site: str) -> None:
    question = next(question for question in scaffold.questions("metric") if question.key == "supportEmail")
    assert not question.guess({"links.site": site}, scaffold.KINDS["metric"])


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("name", "Ac", "minimum is 3"),
        ("name", "", "name is empty"),
        ("overview", "Measure your experiments", "period"),
        ("description", "Too short.", "minimum is 50"),
        ("categories", ["analytics", "monitorin"], "did you mean `monitoring`?"),
        ("categories", [], "categories is empty"),
        ("supportEmail", "acme.example", "e-mail"),
        ("links.site", "acme.example", "links.site"),
        ("version", "1", "version"),
        ("directory", "Acme Signals", "kebab-case"),
        ("details", "Too short.", "minimum is 50"),
    ],
)
def test_problems_are_the_linters(key: str, value: str | list[str], said: str) -> None:
    found = problems("metric", key, value)
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize("key", ["details", "links.supportWebsite", "links.launchdarklyDocs"])
def test_what_is_optional_may_be_empty(key: str) -> None:
    assert problems("metric", key, "") == []
