"""What the rules say about a README and its links."""

import pytest

from tests.rules.conftest import Messages
from toolkit.engine import run_rules
from toolkit.examples import damaged, sample
from toolkit.finding import Problem, Severity
from toolkit.integration import Integration
from toolkit.rules import RULES
from toolkit.rules.examples import README as GOOD
from toolkit.rules.examples import approval, hook, hook_with

DOCS = "https://launchdarkly.com/docs/integrations/acme-signals"
RULES_OF_READMES = [rule for rule in RULES.values() if rule.room == "readme"]
MANIFEST = {"manifest.json": sample()["manifest.json"]}


def problems(readme: str, **files: bytes) -> list[tuple[str, Problem]]:
    contents = {
        **MANIFEST,
        "README.md": readme.encode(),
        **{name.replace("__", "/"): data for name, data in files.items()},
    }
    findings = run_rules(Integration.from_files("acme", contents), RULES_OF_READMES).findings
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
        (GOOD.partition("## Testing")[0], []),
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
    assert problem.help == "did you mean `#testing`?"
    ((_, problem),) = problems(f"{GOOD}\n[x](#zzz)\n")
    assert problem.help == "use one of: #acme-signals, #testing"


def test_links_in_a_readme_below_are_not_this_readme() -> None:
    assert rules(GOOD, **{"docs__README.md": b"[x](none.md)\n"}) == []


@pytest.mark.parametrize(
    ("name", "help_"),
    [("Readme.txt", "rename Readme.txt to README.md"), ("LICENSE", "add one that says how to try the integration")],
)
def test_a_missing_readme(name: str, help_: str) -> None:
    """Where templates of one's own are sent it is a warning, with an approval a note; else none is asked for."""
    for patch, severity in ((hook_with(flag="{}"), Severity.warning), (approval(), Severity.note), (hook(), None)):
        integration = damaged({**patch, "README.md": None, name: "x"})
        findings = run_rules(integration, RULES_OF_READMES).findings
        expected = [("missing-readme", help_, severity)] if severity else []
        assert [(finding.rule, finding.problem.help, finding.severity) for finding in findings] == expected


@pytest.mark.parametrize(
    ("line", "rule", "count"),
    [
        ("See [the guide] (https://acme.io/a).", "broken-text-link", 1),
        ("See (the guide)[https://acme.io/a].", "broken-text-link", 1),
        ("See [the guide](https://acme.io/a and go on.", "broken-text-link", 1),
        ("See `[the guide] (https://acme.io/a)`.", "broken-text-link", 0),
        ("See [the guide](https://acme.io/a).", "broken-text-link", 0),
        ("You will recieve a message.", "misspelled-word", 1),
        ("Open Launchdarkly or Launch Darkly.", "misspelled-product", 2),
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
