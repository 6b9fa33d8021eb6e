"""What the rules say about one link, wherever it stands."""

import json
from typing import Any

import pytest

from tests.rules.conftest import Messages
from toolkit.engine import run_rules
from toolkit.examples import damaged, merge, sample
from toolkit.integration import Integration
from toolkit.rules import RULES
from toolkit.rules.examples import hook_with

WORDS = "Acme Signals records what visitors do in your apps, and makes metrics of what it has seen. "
ACME = "support@acme-signals.io"
MODULES = ("manifest.links", "manifest.pages", "wording.placeholders")
LINKS = [rule for rule in RULES.values() if rule.check.__module__.removeprefix("toolkit.rules.") in MODULES]


def found(change: dict[str, Any], readme: str = "") -> list[str]:
    """The rules about links that speak of the sample with this change and README, whose own hosts are real here."""
    manifest = sample()["manifest.json"].decode().replace("acme-signals.example", "acme-signals.io")
    contents = {"manifest.json": json.dumps(merge(json.loads(manifest), change)).encode(), "README.md": readme.encode()}
    return [finding.rule for finding in run_rules(Integration.from_files("acme", contents), LINKS).findings]


FIELD = [
    ("https://www.acme-signals.io/help?a=b#c", []),
    ("https://münchen.acme-signals.io/", []),
    ("https://acme-signals.io:8443/", []),
    ("https://acme-signals.io/a%20b", []),
    ("HTTPS://ACME-SIGNALS.IO/", []),
    ("http://acme-signals.io/", ["link-without-https"]),
    ("HTTP://acme-signals.io/", ["link-without-https"]),
    ("https://", ["malformed-link"]),
    ("https:///help", ["malformed-link"]),
    ("https://?q", ["malformed-link"]),
    ("https://:8080/", ["malformed-link"]),
    ("https://acme..io", ["malformed-link"]),
    ("https://-acme.io", ["malformed-link"]),
    ("https://acme.io:99999", ["malformed-link"]),
    ("https://acme.io:http", ["malformed-link"]),
    ("https://acme,io", ["malformed-link"]),
    ("https://{company}.acme.io/", ["malformed-link"]),
    ("https://<company>.acme.io/", ["malformed-link"]),
    ("https://[acme.io/", ["malformed-link"]),
    ("https://https://acme.io/", ["private-link"]),
    ("https://acme/help", ["private-link"]),
    ("https://localhost:3000", ["private-link"]),
    ("http://localhost", ["private-link"]),
    ("https://10.0.0.8/help", ["private-link"]),
    ("https://[::1]/", ["private-link"]),
    ("https://2130706433/", ["private-link"]),
    ("https://wiki.acme.internal", ["private-link"]),
    ("https://jo@acme.io/", ["credentials-in-link"]),
    ("https://jo:pw@acme.io/", ["credentials-in-link"]),
    ("https://launchdarkly.com@acme.io/", ["credentials-in-link"]),
    ("https://acme.io/@jo", []),
    ("https://acme.io/ ", ["padded-link"]),
    ("https://acme.io/\t", ["padded-link"]),
    ("https://acme.io/help me", ["unescaped-link"]),
    ("https://acme.io/help.", ["padded-link"]),
    ("https://acme.io.", ["padded-link"]),
    ("https://acme.io/help',", ["padded-link"]),
    ("https://acme.io/a_(b)", []),
    ("https://acme.io/\u201chelp\u201d/", []),
    ('https://acme.io/"help"', ["unescaped-link"]),
    ("https://acme.io/{id}", ["unescaped-link"]),
    ("https://example.com", ["placeholder-host"]),
    ("http://www.example.org/x", ["placeholder-host"]),
    ("https://yourcompany.com/help", ["placeholder-host"]),
    ("https://TODO", ["placeholder-text"]),
    ("https://acme.io/TODO", ["placeholder-text"]),
    ("$FIX_ME", ["fix-me"]),
    ("https://$FIX_ME", ["fix-me"]),
    ("www.acme.io", []),
    ("javascript:alert(1)", []),
]


@pytest.mark.parametrize(("url", "expected"), FIELD)
def test_a_field(url: str, expected: list[str]) -> None:
    """What is no http URL at all is refused by the schema, and by nothing here."""
    assert found({"links": {"supportWebsite": url}}) == expected


@pytest.mark.parametrize("pointer", ["description", "details"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Read on](https://acme.io).", []),
        ("[Read on](mailto:help@acme.io).", []),
        ("[Read on](vscode:extension/acme).", []),
        ("[Read on](http://acme.io).", ["link-without-https"]),
        ("[Read on](https://).", ["malformed-link"]),
        ("[Read on](javascript:alert).", ["unsafe-link"]),
        ("[Read on](JavaScript:alert).", ["unsafe-link"]),
        ("[Read on](data:text/html,x).", ["unsafe-link"]),
        ("Or javascript:alert.", ["unsafe-link"]),
        ("![x](file:///etc/passwd)", ["unsafe-link"]),
        ('<a href="vbscript:x">x</a>', ["unsafe-link"]),
        ("[Read on](htps://acme.io).", ["unsafe-link"]),
        ("[Read on](htttps://acme.io).", ["unsafe-link"]),
        ("[Read on](ftp://acme.io).", ["unsafe-link"]),
        ("[Read on](acme.io).", ["relative-link"]),
        ("[Read on](#top).", ["relative-link"]),
        ("[Read on]().", ["relative-link"]),
        ("[Read on](//acme.io).", ["relative-link"]),
        ("[Read on](https://example.com).", ["placeholder-host"]),
        ("Such as https://example.com.", []),
        ("Such as https://<host>.acme.io.", []),
        ("[Write](mailto:help@example.com).", ["placeholder-host"]),
        ("Lorem ipsum dolor sit amet.", ["placeholder-text"]),
        ("Welcome to <your company>.", ["placeholder-text"]),
        ("It keeps your todo list, and shows xxx.", []),
    ],
)
def test_a_markdown_text(pointer: str, text: str, expected: list[str]) -> None:
    assert found({pointer: WORDS + text}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](http://localhost:3000) or [y](https://127.0.0.1/)", []),
        ("[x](http://acme.io)", ["link-without-https"]),
        ("[x](https://)", ["malformed-link"]),
        ("[x](docs/setup.md)", []),
        ("[x](javascript:alert)", ["unsafe-link"]),
        ("[x](https://example.com)", ["placeholder-host"]),
        ("`[x](https://example.com)` and curl https://example.com/api", []),
        ("```\nTODO [x](http://acme.io)\n```", []),
        ("TODO", ["placeholder-text"]),
    ],
)
def test_a_readme(text: str, expected: list[str]) -> None:
    assert found({}, f"# Acme\n\n{text}\n") == expected


@pytest.mark.parametrize(
    ("links", "support", "expected"),
    [
        ({"launchdarklyDocs": None}, ACME, ["docs-link-missing"]),
        ({"launchdarklyDocs": "https://launchdarkly.com/docs/integrations/acme"}, ACME, []),
        ({"launchdarklyDocs": "https://launchdarkly.com/docs/home/observability"}, ACME, ["wrong-docs-link"]),
        ({"launchdarklyDocs": "https://launchdarkly.com/docs"}, ACME, ["wrong-docs-link"]),
        ({"launchdarklyDocs": "https://launchdarkly.com/docs/integrations/"}, ACME, ["wrong-docs-link"]),
        ({"launchdarklyDocs": "https://launchdarkly.com/blog"}, ACME, ["wrong-docs-link"]),
        ({"launchdarklyDocs": "https://docs.launchdarkly.com/home"}, ACME, ["outdated-docs-link"]),
        ({"launchdarklyDocs": "https://launchdarkly.com.acme.io/docs/x"}, ACME, ["wrong-docs-link"]),
        ({"launchdarklyDocs": "https://example.com"}, ACME, ["placeholder-host"]),
        ({"privacyPolicy": "https://launchdarkly.com/policies/privacy"}, ACME, ["foreign-page"]),
        ({"privacyPolicy": "https://www.launchdarkly.com/policies/privacy"}, ACME, ["foreign-page"]),
        ({"privacyPolicy": "https://launchdarkly.com/policies/privacy"}, "support@launchdarkly.com", []),
        ({"site": "https://launchdarkly.com"}, ACME, ["foreign-page"]),
        ({"site": "https://launchdarkly.com"}, "support@launchdarkly.com", []),
        ({"privacyPolicy": "https://acme.io"}, ACME, ["unspecific-privacy-policy"]),
        ({"privacyPolicy": "https://privacy.acme.io"}, ACME, []),
        ({"privacyPolicy": "https://acme.io/#privacy"}, ACME, []),
        ({"privacyPolicy": "https://acme.io/a", "site": "https://acme.io/a/"}, ACME, ["unspecific-privacy-policy"]),
    ],
)
def test_the_links_of_a_card(links: dict[str, Any], support: str, expected: list[str]) -> None:
    assert found({"links": links, "supportEmail": support}) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"author": "Your Company"}, ["placeholder-text"]),
        ({"author": "Test"}, ["placeholder-text"]),
        ({"author": "Test & Sons"}, []),
        ({"name": "Example."}, ["placeholder-text"]),
        ({"name": "Example Apps"}, []),
        ({"overview": "asdf asdf asdf."}, ["placeholder-text"]),
        ({"overview": "Keep your todo list in sync."}, []),
        ({"details": "Insert description here, in at least fifty characters of text."}, ["placeholder-text"]),
        ({"details": "Change me, I am only here because somebody had to be here."}, ["placeholder-text"]),
        ({"supportEmail": "you@yourcompany.com"}, ["placeholder-host"]),
        ({"supportEmail": "test@test.com"}, ["placeholder-host"]),
        ({"capabilities": {"approval": {"creationRequest": {"parser": {"approvalMatcher": "^(TODO|DONE)$"}}}}}, []),
        ({"capabilities": {"flagLink": {"header": "TODO"}}}, ["placeholder-text"]),
    ],
)
def test_other_texts(change: dict[str, Any], expected: list[str]) -> None:
    assert found(change) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{ "text": "TODO" }\n', ["placeholder-text"]),
        ('{{!-- TODO: a longer text --}}{ "text": "{{! XXX }}{{kind}}" }\n', []),
        ('{ "text": "$FIX_ME" }\n', ["fix-me"]),
    ],
)
def test_a_template(text: str, expected: list[str]) -> None:
    findings = run_rules(damaged(hook_with(flag=text)), LINKS).findings
    template = [finding.rule for finding in findings if finding.problem.place.file == "templates/flag.json.hbs"]
    assert template == expected


FORM = {"key": "host", "name": "Host", "type": "uri"}


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ({"description": "Enter your host, such as https://yourcompany.acme.io."}, []),
        ({"description": "Enter [your host](https://yourcompany.acme.io)."}, ["placeholder-host"]),
        ({"description": "Enter <your host>.", "placeholder": "https://example.com"}, []),
        ({"description": "Enter TODO."}, ["placeholder-text"]),
        ({"description": "Enter it.", "placeholder": "XXX"}, []),
        ({"description": "Enter it.", "defaultValue": "https://acme.example/"}, ["placeholder-host"]),
        ({"description": "Enter it.", "allowedValues": ["https://example.com"]}, ["placeholder-host"]),
    ],
)
def test_a_form_variable(variable: dict[str, Any], expected: list[str]) -> None:
    assert found({"formVariables": [FORM | variable]}) == expected


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://staging.acme.io/a", 1),
        ("https://acme-staging.acme.io", 1),
        ("https://uat.acme.io", 1),
        ("https://bit.ly/abc", 1),
        ("https://staging.io", 1),
        ("https://acme.io/staging", 0),
        ("https://rabbit.ly", 0),
        ("https://dev.acme.io", 0),
    ],
)
def test_links_that_last(messages: Messages, url: str, count: int) -> None:
    assert len(messages("temporary-link", {"manifest.json": {"links": {"supportWebsite": url}}})) == count
