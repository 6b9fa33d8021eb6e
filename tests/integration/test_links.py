import json
from typing import Any

import pytest

from toolkit.finding import Place
from toolkit.integration import Answer, Integration, Link


def links(manifest: dict[str, Any], readme: str = "") -> tuple[Link, ...]:
    return Integration.from_files(
        "acme", {"manifest.json": json.dumps(manifest).encode(), "README.md": readme.encode()}
    ).links


def test_every_link_with_its_place() -> None:
    variable = {"key": "a", "description": 'Enter it, "as [here](https://a.io/2) is said".'}
    found = links(
        {
            "description": "\u00e9 [Read](https://a.io/1).",
            "supportEmail": "help@a.io",
            "links": {"site": "https://a.io", "privacyPolicy": "a.io", "x/y": "HTTP://a.io"},
            "formVariables": [variable],
            "capabilities": {
                "trigger": {"documentation": "https://a.io/3"},
                "approval": {"approvalFormVariables": [variable]},
                "flagLink": {"emptyState": {"leadText": "<https://a.io/4>"}},
                "externalConfigurationPages": {"createUrl": "https://a.io/{{id}}"},
            },
        },
        "[x](y)\n",
    )
    approval = "/capabilities/approval/approvalFormVariables/0/description"
    assert [(link.kind, link.url, link.place) for link in found] == [
        ("field", "https://a.io", Place("manifest.json", "/links/site")),
        ("field", "https://a.io", Place("manifest.json", "/links/privacyPolicy")),
        ("field", "HTTP://a.io", Place("manifest.json", "/links/x~1y")),
        ("field", "https://a.io/3", Place("manifest.json", "/capabilities/trigger/documentation")),
        ("field", "https://a.io/{{id}}", Place("manifest.json", "/capabilities/externalConfigurationPages/createUrl")),
        ("email", "mailto:help@a.io", Place("manifest.json", "/supportEmail")),
        ("markdown", "https://a.io/1", Place("manifest.json", "/description", span=(9, 23))),
        ("markdown", "https://a.io/2", Place("manifest.json", "/formVariables/0/description", span=(21, 35))),
        ("markdown", "https://a.io/2", Place("manifest.json", approval, span=(21, 35))),
        (
            "markdown",
            "https://a.io/4",
            Place("manifest.json", "/capabilities/flagLink/emptyState/leadText", span=(1, 15)),
        ),
        ("readme", "y", Place("README.md", span=(4, 5))),
    ]


@pytest.mark.parametrize(
    ("url", "scheme", "host"),
    [
        ("https://Acme.IO:8080/a", "https", "acme.io"),
        (" HTTPS://acme.io ", "https", "acme.io"),
        ("https://jo:pw@acme.io", "https", "acme.io"),
        ("https://[::1]/", "https", "::1"),
        ("https://", "https", ""),
        ("https://[acme", "https", ""),
        ("https://acme.io:port", "https", ""),
        ("mailto:Help@Acme.io?subject=a@b", "mailto", "acme.io"),
        ("javascript:alert(1)", "javascript", ""),
        ("docs/a:b.md", "", ""),
        ("#a", "", ""),
        ("", "", ""),
    ],
)
def test_the_parts_of_an_address(url: str, scheme: str, host: str) -> None:
    link = Link(url, Place(""), "field", "")
    assert (link.scheme, link.host) == (scheme, host)


def test_visits_are_links_with_an_answer() -> None:
    integration = Integration.from_files("acme", {"README.md": b"[a](https://a.io/#x) [b](https://b.io)"})
    answered = Integration("acme", "acme", integration.files, answers={"https://a.io/": Answer(gone="404")})
    assert [(visit.link.url, visit.answer.gone) for visit in answered.visits] == [("https://a.io/#x", "404")]
    assert integration.visits == ()
