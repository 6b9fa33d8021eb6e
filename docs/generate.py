"""Writes the rule pages and the table of icons, and counts what the rules flag on accepted integrations.

The counts are taken anew where the conformance corpus is present, and kept as they are elsewhere.
"""

import json
import re
from collections import Counter
from pathlib import Path

from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.reports import pages
from toolkit.rules import RULES

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
PAGES = ROOT / "docs" / "pages"
COUNTS = ROOT / "toolkit" / "rules" / "accepted.json"
_RATES = re.compile(r"(?<=<!-- rates -->\n).*(?=<!-- /rates -->)", re.DOTALL)


def accepted_counts(corpus: Path) -> dict[str, int]:
    """How many integrations of the corpus each rule flags, without the rules that flag none."""
    directories = sorted(path for path in corpus.iterdir() if path.is_dir())
    results = [lint(Integration.read(path), RULES.values()) for path in directories]
    flagged = Counter(rule for result in results for rule in {finding.rule for finding in result.findings})
    return {"integrations": len(directories), **dict(sorted(flagged.items()))}


def counts() -> dict[str, int]:
    """The counts that stand in the package."""
    return dict(pages.accepted())


def icon_rates() -> str:
    """The rules about icons that are no errors and flag any, with how many they flag, as a Markdown table."""
    ours = counts()
    milder = (rule for rule in RULES.values() if rule.id.startswith("icon-") and rule.severity < Severity.error)
    flagging = sorted((rule for rule in milder if rule.id in ours), key=lambda rule: (-ours[rule.id], rule.id))
    head = "| rule | severity | flags |", "|---|---|--:|"
    rows = (
        f"| [{rule.id}](rules/{rule.module}.md#{rule.id}) | {rule.severity.name} "
        f"| {ours[rule.id]} of {ours['integrations']} ({ours[rule.id] / ours['integrations']:.0%}) |"
        for rule in flagging
    )
    return "\n".join((*head, *rows)) + "\n"


def documents() -> dict[Path, str]:
    """The text of every generated page by its path."""
    modules = sorted({rule.module for rule in RULES.values()})
    icons = PAGES / "icons.md"
    texts = {
        PAGES / "rules.md": f"# Rules\n\n{pages.table(RULES.values())}",
        icons: _RATES.sub(lambda _: f"\n{icon_rates()}\n", icons.read_text()),
    }
    for module in modules:
        rules = sorted((rule for rule in RULES.values() if rule.module == module), key=lambda rule: rule.id)
        title = module.replace("_", " ").capitalize()
        texts[PAGES / "rules" / f"{module}.md"] = "\n".join((f"# {title}\n", *map(pages.page, rules)))
    return texts


if __name__ == "__main__":
    if CORPUS.is_dir():
        COUNTS.write_text(json.dumps(accepted_counts(CORPUS), indent=2) + "\n")
        pages.accepted.cache_clear()
    for path, text in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
