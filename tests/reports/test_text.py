"""The text report: fewer lines, and no finding lost."""

import re
from collections import Counter
from pathlib import Path

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.integration import Integration
from toolkit.reports import plain, renderer
from toolkit.reports.report import Report
from toolkit.rules import RULES

BEFORE = 1571
"""Lines that the corpus took when every finding was a block of its own, with more of them."""


def places(text: str) -> Counter[tuple[str, str]]:
    """The rule and place of every finding that a text report names."""
    found: Counter[tuple[str, str]] = Counter()
    rule = path = ""
    for line in text.splitlines():
        if head := re.match(r"(?:error|warning|note)\[([a-z-]+)\]", line):
            rule = head[1]
        elif arrow := re.match(r" *--> (.*?)((?::\d+:\d+)?)$", line):
            path = arrow[1]
            found[rule, path + arrow[2]] += 1
        elif others := re.match(r" *= also at: (.*)", line):
            for each in others[1].split(", "):
                if re.fullmatch(r"\d+:\d+", each):
                    found[rule, f"{path}:{each}"] += 1
                else:
                    path = re.sub(r":\d+:\d+$", "", each)
                    found[rule, each] += 1
    return found


def test_a_whole_tree_takes_a_third_of_the_lines_and_loses_nothing(corpus: Path) -> None:
    directories = sorted(path for path in (corpus / "integrations").iterdir() if path.is_dir())
    integrations = [Integration.read(path) for path in directories]
    results = [lint(integration, Settings()) for integration in integrations]
    report = Report(tuple(results))
    text = plain("".join(renderer("text")(report)))
    assert places(text) == Counter((each.finding.rule, each.place) for each in report.located)
    assert len(text.splitlines()) <= BEFORE / 3


def test_what_is_said_of_a_manifest_comes_first() -> None:
    files = {"manifest.json": b'{"name": "Acme" , "x": 1}', "README.md": b"#Acme\n", ".a.json": b"{,}"}
    integration = Integration.from_files("acme", files)
    found = lint(integration, Settings())
    assert found.findings[0].problem.place.file != "manifest.json"
    shown = [each.finding.problem.place.file for each in Report((found,)).located]
    count = sum(file == "manifest.json" for file in shown)
    assert 0 < count < len(shown)
    assert set(shown[:count]) == {"manifest.json"}
    assert RULES.keys() >= {each.finding.rule for each in Report((found,)).located}
