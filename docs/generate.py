"""Writes the rule pages and the table of icons, and counts what the rules flag on accepted integrations.

The counts are taken anew where the conformance corpus is present, and kept as they are elsewhere.
"""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

from toolkit.integration import Integration
from toolkit.lint import lint
from toolkit.reports import pages
from toolkit.rules import RULES

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
PAGES = ROOT / "docs" / "pages"
COUNTS = ROOT / "toolkit" / "rules" / "accepted.json"
MEASURED = ROOT / "docs" / "icons.toml"
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


def measured() -> dict[str, tuple[int, int]]:
    """By rule, the least and the most accepted integrations that it can flag, going by what was counted."""
    table = tomllib.loads(MEASURED.read_text())
    files = {rule: (-(-count // 2), count) for rule, count in table["files"].items()}
    return files | {rule: (max(counts), sum(counts)) for rule, counts in table["limits"].items()}


def icon_rates() -> str:
    """The rules about icons that are no errors, with what they flag here and of all, as a Markdown table."""
    ours, every = counts(), tomllib.loads(MEASURED.read_text())["integrations"]
    rates = sorted(measured().items(), key=lambda rate: (-rate[1][1], rate[0]))
    head = "| rule | severity | of the conformance corpus | of all accepted |", "|---|---|--:|--:|"
    rows = [
        f"| [{rule}](rules/{RULES[rule].module}.md#{rule}) | {RULES[rule].severity.name} "
        f"| {_share((ours.get(rule, 0),) * 2, ours['integrations'])} | {_share(range_, every)} |"
        for rule, range_ in rates
    ]
    return "\n".join((*head, *rows)) + "\n"


def _share(range_: tuple[int, int], whole: int) -> str:
    """``9 of 65 (14 %)`` or ``9 to 17 of 129 (7 to 13 %)``."""
    counted = " to ".join(dict.fromkeys(map(str, range_)))
    percents = " to ".join(dict.fromkeys(f"{count / whole * 100:.0f}" for count in range_))
    return f"{counted} of {whole} ({percents} %)"


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
