"""Writes the rule pages and the table of icons, and counts what the rules flag on accepted integrations.

The counts are taken anew where the conformance corpus is present, and kept as they are elsewhere.
"""

import json
import re
from collections import Counter
from pathlib import Path

from toolkit.engine import run_rules
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.reports import pages
from toolkit.rules import ROOMS, RULES
from toolkit.rules.run import RUN

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
PAGES = ROOT / "docs" / "pages"
COUNTS = ROOT / "toolkit" / "rules" / "accepted.json"
_RATES = re.compile(r"(?<=<!-- rates -->\n).*(?=<!-- /rates -->)", re.DOTALL)


def accepted_counts(corpus: Path) -> dict[str, int]:
    """How many integrations of the corpus each rule flags, without the rules that flag none."""
    directories = sorted(path for path in corpus.iterdir() if path.is_dir())
    results = [run_rules(Integration.read(path), RULES.values()) for path in directories]
    flagged = Counter(rule for result in results for rule in {finding.rule for finding in result.findings})
    return {"integrations": len(directories), **dict(sorted(flagged.items()))}


def counts() -> dict[str, int]:
    """The counts that stand in the package."""
    return dict(pages.accepted())


def icon_rates() -> str:
    """The rules about icons that are no errors and flag any accepted integration, as a Markdown table."""
    ours = counts()
    rules = [rule for rule in RULES.values() if rule.room == "icons" and rule.severity < Severity.error]
    flagging = sorted((-ours[rule.id], rule.id) for rule in rules if rule.id in ours)
    head = "| rule | severity | accepted integrations flagged |", "|---|---|--:|"
    rows = [
        f"| [{id_}](rules/icons.md#{id_}) | {RULES[id_].severity.name} | {_share(-less, ours['integrations'])} |"
        for less, id_ in flagging
    ]
    return "\n".join((*head, *rows)) + "\n"


def _share(count: int, whole: int) -> str:
    """``9 of 65 (14 %)``."""
    return f"{count} of {whole} ({count / whole * 100:.0f} %)"


def documents() -> dict[Path, str]:
    """The text of every generated page by its path: a table of all rules, and a page for each room."""
    icons = PAGES / "icons.md"
    rooms = {room: [rule for rule in RULES.values() if rule.room == room] for room in (*ROOMS, RUN)}
    texts = {
        PAGES / "rules.md": f"# Rules\n\n{pages.table(RULES.values())}",
        icons: _RATES.sub(lambda _: f"\n{icon_rates()}\n", icons.read_text()),
    }
    for room, rules in rooms.items():
        text = (f"# {room.capitalize()}\n", *map(pages.page, sorted(rules, key=lambda rule: rule.id)))
        texts[PAGES / "rules" / f"{room}.md"] = "\n".join(text)
    return texts


if __name__ == "__main__":
    if CORPUS.is_dir():
        COUNTS.write_text(json.dumps(accepted_counts(CORPUS), indent=2) + "\n")
        pages.accepted.cache_clear()
    made = documents()
    for path in {*(PAGES / "rules").glob("*.md")} - made.keys():
        path.unlink()
    for path, text in made.items():
        path.write_text(text)
