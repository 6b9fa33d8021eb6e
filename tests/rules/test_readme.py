"""What the rules say about a README and its links."""

import pytest

from tests.rules.conftest import Messages
from toolkit.examples import sample
from toolkit.finding import Problem
from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.rules import RULES
from toolkit.rules.readme.content import GOOD

DOCS = "https://launchdarkly.com/docs/integrations/acme-signals"
README = [rule for rule in RULES.values() if rule.module == "readme"]
MANIFEST = {"manifest.json": sample()["manifest.json"]}


def problems(readme: str, **files: bytes) -> list[tuple[str, Problem]]:
    contents = {
        **MANIFEST,
        "README.md": readme.encode(),
        **{name.replace("__", "/"): data for name, data in files.items()},
    }
    findings = lint(Integration.held("acme", contents), README).findings
    return [(finding.rule, finding.problem) for finding in findings]


def rules(readme: str, **files: bytes) -> list[str]:
    return [rule for rule, _ in problems(readme, **files)]


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        ("", ["empty-readme"]),
        (" \n\n", ["empty-readme"]),
        ("# Acme Signals\n", ["empty-readme"]),
        ("# Acme Signals\n\n## Testing\n", ["empty-readme"]),
        (GOOD, []),
        (GOOD.replace("launchdarkly.com", "help.acme-signals.example"), []),
        (GOOD.replace("launchdarkly.com", "elsewhere.io"), ["readme-without-docs-link"]),
        (GOOD.replace(DOCS, "docs"), ["dead-readme-link", "readme-without-docs-link"]),
        (GOOD.partition("## Testing")[0], ["readme-upkeep"]),
        (GOOD.replace("# Acme Signals", "# Signals"), []),
        (GOOD.replace("# Acme Signals", "# signals for LaunchDarkly"), []),
        (GOOD.replace("# Acme Signals", "Acme Signals\n============"), []),
        (GOOD.replace("# Acme Signals", "# LaunchDarkly integration"), ["untitled-readme"]),
        (GOOD.replace("# Acme Signals", "Acme Signals\n"), ["untitled-readme"]),
        (GOOD.replace("# Acme Signals", "## Acme Signals"), ["untitled-readme"]),
    ],
)  # fmt: skip
def test_what_a_readme_says(readme: str, expected: list[str]) -> None:
    assert sorted(rules(readme)) == expected


@pytest.mark.parametrize(
    "link",
    [
        "docs/setup.md",
        "./docs/setup.md",
        "docs/setup.md#a-heading-that-is-not-looked-for",
        "docs/my%20notes.md",
        "<docs/my notes.md>",
        "docs",
        "docs/",
        ".",
        "../acme/docs/setup.md",
        "../../CONTRIBUTING.md",
        "/integrations/acme/docs/none.md",
        "mailto:help@acme.io",
        "#testing",
        "#Testing",
        "#user-content-testing",
        "#top",
        "#",
    ],
)
def test_a_link_that_leads_somewhere(link: str) -> None:
    files = {"docs__setup.md": b"# A\n", "docs__my notes.md": b"# A\n"}
    assert rules(f"{GOOD}\n[x]({link})\n", **files) == []


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("docs/none.md", "dead-readme-link"),
        ("Docs/Setup.md", "dead-readme-link"),
        ("docs/none.md?raw=true", "dead-readme-link"),
        ("../acme/none.md", "dead-readme-link"),
        ("", "dead-readme-link"),
        ("#trying", "dead-readme-anchor"),
        ("#testing-1", "dead-readme-anchor"),
    ],
)
def test_a_link_that_leads_nowhere(link: str, rule: str) -> None:
    assert rules(f"{GOOD}\n[x]({link})\n", docs__setup=b"", **{"docs__setup.md": b"# A\n"}) == [rule]


def test_a_dead_link_has_a_remedy() -> None:
    ((_, problem),) = problems(f"{GOOD}\n![x](Docs/Setup.MD)\n", **{"docs__setup.md": b"# A\n"})
    assert problem.message == "README.md shows Docs/Setup.MD, which does not exist"
    assert problem.help == "did you mean `docs/setup.md`?"
    ((_, problem),) = problems(f"{GOOD}\n[x](#trying)\n")
    assert problem.help == "use one of: #acme-signals, #testing"


def test_links_in_a_readme_below_are_not_this_readme() -> None:
    assert rules(GOOD, **{"docs__README.md": b"[x](none.md)\n"}) == []


@pytest.mark.parametrize(("name", "help_"), [("Readme.txt", "rename Readme.txt to README.md"), ("LICENSE", "add one")])
def test_a_missing_readme(name: str, help_: str) -> None:
    findings = lint(Integration.held("acme", {**MANIFEST, name: b"x"}), README).findings
    assert [(finding.rule, finding.problem.help) for finding in findings] == [("missing-readme", help_)]


@pytest.mark.parametrize(
    ("line", "rule", "count"),
    [
        ("See [the guide] (https://acme.io/a).", "broken-text-link", 1),
        ("See (the guide)[https://acme.io/a].", "broken-text-link", 1),
        ("See [the guide](https://acme.io/a and go on.", "broken-text-link", 1),
        ("See `[the guide] (https://acme.io/a)`.", "broken-text-link", 0),
        ("See [the guide](https://acme.io/a).", "broken-text-link", 0),
        ("You will recieve a message.", "misspelled-word", 1),
        ("Open Launchdarkly or Launch Darkly.", "misspelled-word", 2),
        ("See `recieve()` and https://Launchdarkly.com/recieve.", "misspelled-word", 0),
        ("See [setup](/Users/jo/acme/setup.md).", "dead-readme-link", 1),
        ("See [another](/integrations/datadog).", "dead-readme-link", 0),
        ("Run `npm run curl acme-orders`.", "wrong-readme-command", 1),
        ("Run `npm run preview sample-integration`.", "wrong-readme-command", 0),
        ("Run `npm run curl <directory>`.", "wrong-readme-command", 0),
        ("Run `npm run curl integrations/acme`.", "wrong-readme-command", 0),
        ("Run `curl https://jo:k7Vd2qXw@acme.io`.", "password-in-url", 1),
        ("Run `curl https://jo:<password>@acme.io`.", "password-in-url", 0),
        ("Run `curl https://jo:$PASSWORD@acme.io`.", "password-in-url", 0),
        ("Run `curl https://user:pass@acme.io`.", "password-in-url", 0),
        ("Run `curl https://jo:your-token@acme.io`.", "password-in-url", 0),
    ],
)
def test_the_text_of_a_readme(messages: Messages, line: str, rule: str, count: int) -> None:
    assert len(messages(rule, {"README.md": f"{GOOD}\n{line}\n"})) == count
