"""Writes the rule pages of the documentation, and counts what the rules flag on accepted integrations.

The counts are taken anew where the conformance corpus is present, and kept as they are elsewhere.
"""

import json
from collections import Counter
from pathlib import Path

from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.reports import pages
from toolkit.rules import RULES

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
COUNTS = ROOT / "toolkit" / "rules" / "accepted.json"


def counts() -> dict[str, int]:
    """How many integrations of the corpus each rule flags, without those that flag none."""
    directories = sorted(path for path in CORPUS.iterdir() if path.is_dir())
    results = [lint(Integration.read(path), RULES.values()) for path in directories]
    flagged = Counter(rule for result in results for rule in {finding.rule for finding in result.findings})
    return {"integrations": len(directories), **dict(sorted(flagged.items()))}


def documents() -> dict[Path, str]:
    """The text of every generated page by its path."""
    modules = sorted({rule.module for rule in RULES.values()})
    texts = {ROOT / "docs" / "rules.md": f"# Rules\n\n{pages.table(RULES.values())}"}
    for module in modules:
        rules = sorted((rule for rule in RULES.values() if rule.module == module), key=lambda rule: rule.id)
        title = module.replace("_", " ").capitalize()
        texts[ROOT / "docs" / "rules" / f"{module}.md"] = "\n".join((f"# {title}\n", *map(pages.page, rules)))
    return texts


if __name__ == "__main__":
    if CORPUS.is_dir():
        COUNTS.write_text(json.dumps(counts(), indent=2) + "\n")
        pages.accepted.cache_clear()
    for path, text in documents().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
