"""Answers are checked by the rules of the linter."""

import pytest

from toolkit import scaffold
from toolkit.scaffold.checks import check_icons

SITE = {"links.site": "https://acme.com"}


def check(key: str, value: str | list[str], beside: dict[str, bytes] | None = None) -> list[scaffold.Diagnostic]:
    return scaffold.check_answers("metric", {"name": "Acme Signals", **SITE, key: value}, [key], beside or {})


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("name", "Ac", "minimum is 3"),
        ("name", "", "name is empty"),
        ("overview", "Measure your experiments", "period"),
        ("description", "Too short.", "minimum is 50"),
        ("categories", ["analytics", "monitorin"], "did you mean `monitoring`?"),
        ("categories", [], "categories is empty"),
        ("supportEmail", "acme.example", "e-mail"),
        ("supportEmail", "help@münchen.de", "e-mail"),
        ("links.site", "acme.example", "links.site"),
        ("links.site", "https://acme signals.io", "invalid host"),
        ("version", "1", "version"),
        ("directory", "Acme Signals", "kebab-case"),
        ("directory", "con", "reserved name on Windows"),
        ("details", "Too short.", "minimum is 50"),
    ],
)
def test_what_the_linter_refuses_is_refused(key: str, value: str | list[str], text: str) -> None:
    assert any(text in diagnostic.text and diagnostic.is_error for diagnostic in check(key, value)), check(key, value)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("name", "Acme Integration", "call it `Acme`"),
        ("links.site", "http://acme.com", "http"),
        ("links.site", "https://acme.example", "placeholder"),
        ("supportEmail", "no-reply@acme.com", "nobody reads"),
        ("author", "hello@acme.com", "address"),
    ],
)
def test_what_the_linter_warns_of_is_said(key: str, value: str, text: str) -> None:
    diagnostics = check(key, value)
    assert any(text in diagnostic.text for diagnostic in diagnostics), diagnostics
    assert not any(diagnostic.is_error for diagnostic in diagnostics)


def test_a_name_that_is_taken_is_said() -> None:
    beside = {"../other/manifest.json": b'{"name": "Acme Signals"}', "../torn/manifest.json": b"{"}
    assert any("other has the same name" in diagnostic.text for diagnostic in check("name", "Acme Signals", beside))
    assert check("name", "Acme Orders", beside) == []


@pytest.mark.parametrize("site", ["https://münchen.de", "https://xn--mnchen-3ya.de", "https://acme.com"])
def test_a_site_that_is_right_is_taken(site: str) -> None:
    assert check("links.site", site) == []


@pytest.mark.parametrize("key", ["details", "links.supportWebsite", "links.launchdarklyDocs"])
def test_what_is_optional_may_be_empty(key: str) -> None:
    assert check(key, "") == []


def test_only_the_answers_that_are_asked_about_are_checked() -> None:
    answers = {"name": "Ac", "version": "1", **SITE}
    assert all("name" in diagnostic.text for diagnostic in scaffold.check_answers("metric", answers, ["name"], {}))
    assert len(scaffold.check_answers("metric", answers, ["name", "version"], {})) == 2


def test_an_icon_is_checked_in_its_role() -> None:
    root = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 40">'
    thin = root + b'<path fill="#205493" d="M0 0h400v40H0z"/></svg>\n'
    diagnostics = check_icons({"square": thin, "horizontal": thin})
    assert diagnostics["square"]
    assert not any(diagnostic.is_error for diagnostic in diagnostics["square"])
