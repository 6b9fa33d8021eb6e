"""Mistakes that a careful reviewer would see: each is a change of what ``ldit new`` makes, and must be reported."""

import json
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from toolkit import scaffold
from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.finding import Finding
from toolkit.integration import Integration

M, R = "manifest.json", "README.md"
NEIGHBORS = {
    "zapier": ("Zapier", "zapier.com"),
    "pagerduty": ("PagerDuty", "pagerduty.com"),
}
FLAG = "templates/flag.json.hbs"


class Mistake(NamedTuple):
    """In a scaffold of this kind, ``old`` becomes ``new`` in a file; some finding about it has these words."""

    kind: str
    file: str
    old: str
    new: str
    words: str
    rule: str


def in_readme(text: str, words: str, rule: str) -> Mistake:
    """A paragraph under the title of a README."""
    return Mistake("webhook", R, "# Quillwort\n", f"# Quillwort\n\n{text}\n", words, rule)


def docs(url: str) -> str:
    return f'"privacyPolicy": "https://quillwort.io/privacy",\n    "launchdarklyDocs": "{url}"'


SUPPORT = '  "supportEmail": "support@quillwort.io",\n  "links": {\n    "site": "https://quillwort.io",\n    '
PRIVACY = '"privacyPolicy": "https://quillwort.io/privacy"'
FORM = '"placeholder": "https://hooks.acme.example/launchdarkly"'
URL = '"url": "{{{endpointUrl}}}"'
DOCS = "https://launchdarkly.com/docs/integrations"
MISTAKES = {
    # Whose page
    "old docs in a trigger": Mistake(
        "trigger",
        M,
        '"documentation": "https://quillwort.io"',
        '"documentation": "https://docs.launchdarkly.com/home/triggers/quillwort"',
        "moved",
        "outdated-docs-link",
    ),
    "old docs in a description": Mistake(
        "webhook",
        M,
        "Enter the URL of your Quillwort webhook.",
        "Enter the URL, see [the docs](https://docs.launchdarkly.com/home/hooks).",
        "moved",
        "outdated-docs-link",
    ),
    "old docs in the README": in_readme(
        "See https://docs.launchdarkly.com/integrations/quillwort.", "moved", "outdated-docs-link"
    ),
    "a site of LaunchDarkly": Mistake(
        "metric",
        M,
        '"site": "https://quillwort.io"',
        '"site": "https://docs.launchdarkly.com/integrations/quillwort"',
        "LaunchDarkly's",
        "foreign-page",
    ),
    "a help page for a site": Mistake(
        "metric",
        M,
        '"site": "https://quillwort.io"',
        '"site": "https://help.quillwort.io/launchdarkly"',
        "help page",
        "help-page-as-site",
    ),
    "a policy of LaunchDarkly, by an author called so": Mistake(
        "metric",
        M,
        f'"author": "Quillwort",\n{SUPPORT}{PRIVACY}',
        f'"author": "LaunchDarkly",\n{SUPPORT}"privacyPolicy": "https://launchdarkly.com/policies/privacy/"',
        "LaunchDarkly's",
        "foreign-page",
    ),
    "another integration's page": Mistake("metric", M, PRIVACY, docs(f"{DOCS}/zapier"), "Zapier", "wrong-docs-link"),
    "a general page": Mistake(
        "metric",
        M,
        PRIVACY,
        docs("https://launchdarkly.com/docs/home/segments/synced-segments"),
        "general",
        "wrong-docs-link",
    ),
    "own docs": Mistake(
        "metric", M, PRIVACY, docs("https://docs.quillwort.io/launchdarkly"), "docs.quillwort.io", "wrong-docs-link"
    ),
    "a general page for a trigger": Mistake(
        "trigger",
        M,
        '"documentation": "https://quillwort.io"',
        '"documentation": "https://launchdarkly.com/docs"',
        "general",
        "general-documentation",
    ),
    "another partner's support": Mistake(
        "metric",
        M,
        PRIVACY,
        f'{PRIVACY},\n    "supportWebsite": "https://www.pagerduty.com/support"',
        "PagerDuty",
        "foreign-page",
    ),
    # Whose name
    "another product": Mistake(
        "webhook",
        M,
        "Send LaunchDarkly changes to Quillwort.",
        "Send flag changes to PagerDuty pages.",
        "PagerDuty",
        "foreign-name",
    ),
    "one letter off": Mistake(
        "webhook", M, '"name": "API token"', '"name": "Quilwort API token"', "Quillwort", "misspelled-own-name"
    ),
    "split in two": in_readme("In Quill Wort, create a token.", "Quillwort", "misspelled-own-name"),
    # The URL as it is sent
    "two schemes": Mistake("webhook", M, URL, '"url": "https://{{{endpointUrl}}}"', "https:// twice", "odd-url"),
    "no slash": Mistake("webhook", M, URL, '"url": "{{{endpointUrl}}}services"', "separates", "odd-url"),
    "an empty parameter": Mistake("webhook", M, URL, '"url": "{{{endpointUrl}}}/e?a=1&&b=2"', "query", "odd-url"),
    "a leading ampersand": Mistake("webhook", M, URL, '"url": "{{{endpointUrl}}}/e?&b=2"', "query", "odd-url"),
    "two question marks": Mistake("webhook", M, URL, '"url": "{{{endpointUrl}}}/e?a=1?b=2"', "query", "odd-url"),
    "an unspoken slash": Mistake("webhook", M, URL, '"url": "{{{endpointUrl}}}/api/events"', "slash", "unspoken-slash"),
    "a status asked by POST": Mistake(
        "approval",
        M,
        'status",\n          "method": "GET"',
        'status",\n          "method": "POST"',
        "only reads",
        "wrong-method",
    ),
    "two schemes of authorization": Mistake(
        "webhook",
        M,
        "Bearer {{{apiToken}}}",
        "Bearer GenieKey {{{apiToken}}}",
        "both Bearer and GenieKey",
        "wrong-authorization",
    ),
    # The type of a printed value
    "a matcher for a part": Mistake(
        "approval",
        M,
        '"approvalMatcher": "^approved$",\n          "rejectionMatcher": "^declined$",\n          "urlT',
        '"approvalMatcher": "1",\n          "rejectionMatcher": "2",\n          "urlT',
        "longer",
        "conflicting-matchers",
    ),
    "a text in place of a number": Mistake(
        "webhook", FLAG, '"{{{timestamp.rfc3339}}}"', "{{timestamp.simple}}", "not JSON", "invalid-json-body"
    ),
    "a block parameter": Mistake(
        "webhook",
        FLAG,
        '{{#each tags}}"{{{this}}}"',
        '{{#each tags as |t|}}"{{{t}}}"',
        "t",
        "block-parameter",
    ),
    # The README against the manifest
    "a sample that is no JSON": Mistake(
        "trigger", R, '"value": "7.2",', '"value": "7.2",,', "not JSON", "invalid-json-sample"
    ),
    "a pointer to nothing": Mistake(
        "trigger", M, '"eventName": "/title"', '"eventName": "/alert"', "/alert", "pointer-beside-sample"
    ),
    "a variable of another name": in_readme(
        "| field | for |\n|---|---|\n| `endpointURI` | the hook |", "endpointURI", "unknown-variable-in-readme"
    ),
    "an undefined reference": in_readme("See [the guide][nope].", "nope", "undefined-reference"),
    "a word twice": in_readme("Open the the page.", "repeated", "typing-error"),
    "a misspelled word": in_readme("It is buit-in for the enviroment.", "enviroment", "misspelled-word"),
    "no period behind a parenthesis": Mistake(
        "webhook",
        M,
        "find the cause of an incident sooner.",
        "find the cause of an incident (sooner)",
        "period",
        "incomplete-sentence",
    ),
    # Lists of form variables are alike
    "an optional variable without a default": Mistake(
        "approval",
        M,
        '"capabilities": {\n    "approval": {',
        '"capabilities": {\n    "approval": {\n      "approvalFormVariables": [{"key": "risk", "name": "Risk", "type": '
        '"string", "description": "Enter the risk.", "isOptional": true}],',
        "default",
        "optional-without-default",
    ),
}


@cache
def scaffolded(kind: str) -> dict[str, bytes]:
    given = {"name": "Quillwort", "directory": "quillwort", "links.site": "https://quillwort.io"}
    answers = scaffold.complete(kind, scaffold.tidy(kind, given), suggested=True)
    return dict(scaffold.files(kind, answers))


def neighbors() -> Iterator[tuple[str, bytes]]:
    for directory, (name, host) in NEIGHBORS.items():
        links = {"site": f"https://{host}", "privacyPolicy": f"https://{host}/privacy"}
        manifest = {"name": name, "author": name, "supportEmail": f"support@{host}", "links": links}
        yield f"../{directory}/{M}", json.dumps(manifest).encode()


def findings(files: dict[str, bytes]) -> tuple[Finding, ...]:
    integration = Integration.from_files("quillwort", {**files, **dict(neighbors())})
    return lint(integration, Settings()).findings


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_seen(mistake: Mistake) -> None:
    files = scaffolded(mistake.kind)
    text = files[mistake.file].decode()
    assert mistake.old in text
    known = {(finding.rule, finding.problem.message) for finding in findings(files)}
    changed = {**files, mistake.file: text.replace(mistake.old, mistake.new, 1).encode()}
    new = [
        finding
        for finding in findings(changed)
        if (finding.rule, finding.problem.message) not in known and finding.rule != "unformatted-json"
    ]
    said = [(finding.rule, finding.problem.message) for finding in new]
    assert any(rule == mistake.rule and mistake.words in message for rule, message in said), said


ONE_CAUSE = {
    "a type": ("webhook", M, '"type": "uri"', '"type": "url"', "schema-violation"),
    "a list of form variables": ("webhook", M, '"formVariables": [', '"formVaraibles": [', "schema-violation"),
    "a capability": ("webhook", M, '"auditLogEventsHook": {', '"auditLogEventHook": {', "schema-violation"),
    "the other capabilities": ("metric", M, '"otherCapabilities"', '"otherCapability"', "schema-violation"),
    "a renamed form variable": ("webhook", M, '"key": "endpointUrl"', '"key": "endpointAddress"', "broken-template"),
    "a comma too many": ("webhook", M, '"version": "1.0.0",', '"version": "1.0.0",,', "invalid-json"),
}
"""Kind, file, old, new, and the only rule that speaks."""


@pytest.mark.parametrize(("kind", "file", "old", "new", "rule"), ONE_CAUSE.values(), ids=list(ONE_CAUSE))
def test_one_cause_is_one_finding(kind: str, file: str, old: str, new: str, rule: str) -> None:
    files = scaffolded(kind)
    known = {(finding.rule, finding.problem.message) for finding in findings(files)}
    text = files[file].decode()
    assert old in text
    changed = findings({**files, file: text.replace(old, new, 1).encode()})
    said = [(f.rule, f.problem.message) for f in changed if (f.rule, f.problem.message) not in known]
    assert {name for name, _ in said if name != "unformatted-json"} == {rule}, said
    assert len([name for name, _ in said if name == rule]) == 1, said
