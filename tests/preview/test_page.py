"""What stands on a page, as text: no server and no browser."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.preview.examples import EVERYTHING, FORM, HOOK, SECRET, SQUARE, files, held, html, manifest, view
from toolkit.integration import Integration
from toolkit.json_text.pointer import lookup
from toolkit.preview.page import document, gallery_page, page
from toolkit.preview.view import View

SIGNED_IN: dict[str, Any] = {"formVariables": [SECRET], "capabilities": {"auditLogEventsHook": HOOK}}
LOUD: dict[str, Any] = {"variable:loud": "true"}
VOID = {"meta", "link", "input", "img", "br"}


class Reader(HTMLParser):
    """Every element of a page with its attributes, and the text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data

    @property
    def words(self) -> str:
        """The text with single blanks."""
        return " ".join(self.text.split())


def attributes(text: str, tag: str) -> list[dict[str, str]]:
    return [attributes for name, attributes in Reader(text).elements if name == tag]


def field(text: str, key: str) -> dict[str, str]:
    """The attributes of the control of a form variable."""
    (found,) = [some for _, some in Reader(text).elements if some.get("name") == f"variable:{key}"]
    return found


def test_the_parts_of_the_panel_come_in_their_order() -> None:
    words = Reader(html(EVERYTHING)).words
    start = words.index("The panel to fill in")
    order = [
        "Create Acme Signals configuration",
        "Acme Signals shows what has changed",
        "Status",
        "Name (optional)",
        "Connect to Acme Signals",
        "API token",
        "The title (optional)",
        "The region",
        "Policy (optional)",
        "I have read and agree to the Integration Terms and Conditions",
        "Validate connection",
        "Save configuration",
        "Stored, display unknown",
        "What to do after that",
        "https://acme-signals.example/privacy",
        "1.0.0",
        "monitoring",
    ]
    for words_of_part in order:
        start = words.index(words_of_part, start)


def test_the_row_has_nothing_but_what_customers_see() -> None:
    text = html(EVERYTHING)
    row = text[text.index('<div class="row">') : text.index('class="icons"')]
    assert "Acme Signals" in row
    assert "Send what changes in LaunchDarkly to Acme Signals." in row
    assert "Add integration" in row
    assert "Most recent error" in row
    assert not re.search("monitoring|1\\.0\\.0|help@", row)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("string", {"type": "text", "placeholder": "A title", "value": "Hello"}),
        ("uri", {"type": "text", "value": ""}),
        ("dynamicEnum", {"type": "text", "class": "fetched"}),
        ("environmentSelector", {"type": "text", "class": "environments"}),
        ("oauth", {"type": "text", "class": "unknown"}),
    ],
)
def test_each_type_has_its_control(kind: str, expected: dict[str, str]) -> None:
    keys = {one["type"]: str(one["key"]) for one in FORM if one["key"] != "apiToken" and not one.get("isHidden")}
    assert expected.items() <= field(html(EVERYTHING), keys[kind]).items()


def test_controls_that_are_no_text() -> None:
    text = html(EVERYTHING)
    assert field(text, "apiToken")["class"] == "secret"
    assert "checked" not in field(text, "loud")
    assert [each["value"] for each in attributes(text, "option") if each.get("value") in ("eu", "us")] == ["eu", "us"]
    choices = {each["value"]: "checked" in each for each in attributes(text, "input") if "value" in each}
    assert choices["flag"]
    assert not choices["segment"]
    assert any("readonly" in each for each in attributes(text, "input"))
    assert '<a href="https://acme.example/help" rel="noopener noreferrer" target="_blank">the help</a>' in text


def test_a_hidden_field_is_shown_by_another() -> None:
    hidden = '<div class="field" hidden data-field="volume">'
    assert hidden in html(EVERYTHING)
    assert hidden not in html(EVERYTHING, **{"variable:loud": "true"})


def test_what_is_fixed_after_saving() -> None:
    assert "disabled" not in field(html(EVERYTHING), "where")
    editing = html(EVERYTHING, editing="true")
    assert "disabled" in field(editing, "where")
    assert "Edit Acme Signals configuration" in editing


def test_what_the_form_does_not_accept_is_said() -> None:
    assert "not a valid URL" in html(EVERYTHING, **{"variable:site": "acme"})
    assert "not a valid URL" not in html(EVERYTHING, **{"variable:site": "https://acme.example"})
    saving = html(EVERYTHING, saving="true")
    assert "Cannot be saved: API token: API token is required" in saving
    assert "Ready to save." in html(EVERYTHING, saving="true", **{"variable:apiToken": "x"})


def test_the_form_fills_in_the_requests_and_secrets_are_masked() -> None:
    typed: dict[str, Any] = {
        "variable:apiToken": "t0ps3cret",
        "variable:title": "Good morning",
        "variable:kinds": "flag,segment",
    }
    text = html({"formVariables": list(FORM), "capabilities": {"auditLogEventsHook": HOOK}}, **typed)
    words = Reader(text).words
    assert '"title": "Good morning"' in words
    assert '"kinds": "flag,segment"' in words
    assert "Bearer ***" in words
    assert "t0ps3cret" not in words
    shown = html(SIGNED_IN, {"templates/default.json.hbs": "{}"}, **typed, **{"show-secrets": "true"})
    assert "Bearer t0ps3cret" in Reader(shown).words


def test_what_nobody_gave_is_marked() -> None:
    assert "Bearer <mark>$API_TOKEN</mark>" in html(
        {"formVariables": [SECRET], "capabilities": {"auditLogEventsHook": HOOK}}, {"templates/default.json.hbs": "{}"}
    )


def test_an_event_of_ones_own_and_what_is_wrong_with_it() -> None:
    members = {"formVariables": list(FORM), "capabilities": {"auditLogEventsHook": HOOK}}
    own = html(members, **{"own-event": '{"kind": "flag", "title": {"plainText": "My own"}}'})
    assert "&#34;My own&#34;" in own
    for wrong, said in {
        "{": "this is not JSON",
        "[]": "not a JSON object",
        '{"kind": "flag"}': "is not defined here",
    }.items():
        assert said in Reader(html(members, **{"own-event": wrong})).words


def test_the_validation_of_a_connection_is_an_event() -> None:
    members = {"formVariables": list(FORM), "capabilities": {"auditLogEventsHook": HOOK}}
    assert "auditLogEventsHook: validation" in Reader(html(members, event="validation")).words


def test_each_capability_is_drawn() -> None:
    words = Reader(html(EVERYTHING)).words
    for part in (
        "Acme item",
        "$heading by $author",
        "No items See the help.",
        "Create trigger Trigger type Acme Signals Action",
        "Its event name is read from /title",
        "Approval settings for Production Approval system Acme Changes The template",
        "Request Acme Changes approval Comment The reason",
        'LaunchDarkly\'s answer with status 400 {"status": 400 }',
        "Add custom property” Type Acme tags Tags of Acme.",
        "A request is sent at the click of a button.",
    ):
        assert part in words


def test_an_integration_that_is_learned_about() -> None:
    words = Reader(
        html({"otherCapabilities": ["external"], "details": "Then **install** our agent on your servers, by hand."})
    ).words
    assert "What “Learn more” opens" in words
    assert "Then install our agent" in words
    assert "Save configuration" not in words
    assert "LaunchDarkly makes no request: it has no capability" in words


def test_a_finding_stands_beside_what_it_is_about() -> None:
    members = {
        "overview": "No period",
        "formVariables": [{**SECRET, "description": "Your token"}],
        "capabilities": {"auditLogEventsHook": HOOK},
    }
    integration = held(members, {"templates/default.json.hbs": '{"a": "{{nobody.knows}}"}'})
    text = document([view(integration, linted=True)])
    parts = text.split("<section")
    for part, said in (("On the Integrations page", "overview"), ("What reaches your service", "nobody")):
        (section,) = [one for one in parts if f">{part}</h2>" in one]
        assert said in "".join(re.findall(r'<ul class="notes">.*?</ul>', section, re.DOTALL))
    assert "data-fix" not in text
    assert 'data-fix="' in page(view(integration, linted=True, live=True))


NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b onclick=alert(1)>[x](javascript:alert(1)) {{"


def everywhere(value: Any) -> Any:
    """The value with something nasty in each of its texts that may hold any."""
    if isinstance(value, str):
        return NASTY
    if isinstance(value, list):
        return [everywhere(one) for one in value]
    kept = ("type", "key", "templates", "icons", "method", "operator", "action", "variableKey", "variableLocation")
    return (
        {name: one if name in kept else everywhere(one) for name, one in value.items()}
        if isinstance(value, dict)
        else value
    )


@pytest.mark.parametrize("members", [EVERYTHING, {"otherCapabilities": ["external"], "details": "x"}])
def test_html_in_every_field_stays_text(members: dict[str, Any]) -> None:
    nasty = held(everywhere(manifest(**members)), {"templates/default.json.hbs": NASTY, "README.md": NASTY})
    for text in (
        document([view(nasty, linted=True)]),
        page(view(nasty, linted=True, live=True)),
        gallery_page([view(nasty)]),
    ):
        harmless(text)
        assert NASTY in Reader(text).text


def harmless(text: str) -> None:
    """Nothing of a page runs, loads or leads anywhere but to the web."""
    for tag, found in Reader(text).elements:
        assert tag not in ("iframe", "object", "embed", "base", "svg", "b") or (tag == "b" and set(found) <= {"class"})
        assert tag != "form" or found["method"] == "dialog"
        assert tag != "script" or found.keys() == {"src", "defer"}
        assert not [name for name in found if name.startswith("on") or name == "style"]
        assert tag != "img" or found["src"].startswith("data:image/svg+xml;base64,")
        assert re.match(r"https?://|mailto:|#|[\w.%~-]+/$|\.\./$|page\.css$|data:,$", found.get("href", "#"))


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "name",
                        "icons",
                        "square",
                        "formVariables",
                        "key",
                        "type",
                        "capabilities",
                        "approval",
                        "flagLink",
                        "uiBlocks",
                        "elements",
                        "title",
                        "links",
                        "dependsOn",
                        "conditions",
                        "requiresOAuth",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    ),
    st.text(max_size=30),
)
def test_any_manifest_has_a_page(value: Any, typed: str) -> None:
    data = json.dumps({**manifest(), **value} if isinstance(value, dict) else value).encode()
    integration = Integration.from_files("acme", {"manifest.json": data, "assets/square.svg": SQUARE.encode()})
    choices: dict[str, Any] = {"variable:name": typed, "own-event": typed}
    text = page(view(integration, live=True, **choices))
    harmless(text)
    assert "ldit preview" in text


def pointers(value: Any, before: str = "") -> Iterator[str]:
    """The pointer of each part of a value."""
    yield before
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from pointers(part, f"{before}/{key}")


@settings(max_examples=120)
@given(
    st.sampled_from(list(pointers(manifest(**EVERYTHING)))[1:]),
    st.sampled_from([None, True, 3, "x", [], {"a": []}, [["x"]]]),
)
def test_a_page_stands_whatever_one_part_of_a_manifest_is(pointer: str, value: Any) -> None:
    whole = json.loads(json.dumps(manifest(**EVERYTHING)))
    around, _, key = pointer.rpartition("/")
    part: Any = lookup(whole, around)
    part[int(key) if isinstance(part, list) else key] = value
    integration = Integration.from_files("acme", {**files(), "manifest.json": json.dumps(whole).encode()})
    harmless(page(view(integration, live=True, saving="true", **LOUD)))


def test_a_manifest_that_cannot_be_read_still_has_a_page() -> None:
    text = document([view(Integration.from_files("acme", {"manifest.json": b"{"}), linted=True)])
    assert "manifest.json cannot be read" in text
    assert "Other findings" in text


def test_one_page_needs_nothing_else() -> None:
    text = html(EVERYTHING)
    assert "<script" not in text
    assert '<link rel="stylesheet"' not in text
    policies = [each["content"] for each in attributes(text, "meta") if "http-equiv" in each]
    assert policies[0].startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    several = document([view(held()), View(held({"name": "Bolt"}), address="bolt")])
    assert [each["href"] for each in attributes(several, "a") if each["href"].startswith("#")] == ["#acme", "#bolt"]
    ids = [some["id"] for _, some in Reader(several).elements if "id" in some]
    assert len(ids) == len(set(ids))


def test_a_long_text_is_counted_not_shown() -> None:
    text = html({"description": "long " * 2_000_000})
    assert len(text) < 200_000
    assert "more characters" in text


def test_a_credential_in_a_file_is_not_shown() -> None:
    from toolkit.masking import masker

    token = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    integration = held(
        {"formVariables": [SECRET], "capabilities": {"auditLogEventsHook": HOOK}},
        {"templates/default.json.hbs": f'{{"token": "{token}"}}'},
    )
    seen = view(integration, linted=True)
    text = document([View(integration, seen.findings, conceal=masker([integration]))])
    assert token not in text
    assert "ghp_" in text
