"""Writes the rule pages and the table of icons, and counts what the rules flag on accepted integrations.

The counts are taken anew where the conformance corpus is present, and kept as they are elsewhere.
"""

import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as Xml

from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.finding import Severity
from toolkit.integration import Integration
from toolkit.reports import pages
from toolkit.reports.comparison import nearest
from toolkit.rules import ROOMS, RULES, Rule
from toolkit.rules.run import RUN

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
PAGES = ROOT / "docs" / "pages"
PICTURES = PAGES / "rules" / "pictures"
PICTURE_LIMIT = 20_000
"""Characters of an icon that is shown as a picture."""
FIXES = ROOT / "toolkit" / "reports" / "fixes.json"
COUNTS = ROOT / "toolkit" / "rules" / "accepted.json"
_RATES = re.compile(r"(?<=<!-- rates -->\n).*(?=<!-- /rates -->)", re.DOTALL)


_INTRODUCTION = """\
# Rules

All {} rules, by room. **gate**: which official check refuses the same. **fix**: `[*]` is fixed by `--fix`, `[!]` by
`--unsafe-fixes`. **accepted flagged**: how many accepted integrations of the conformance corpus it flags, if any.
`ldit explain RULE` shows the same pages on a terminal.
"""


def accepted_counts(corpus: Path) -> dict[str, int]:
    """How many integrations of the corpus each rule flags, without the rules that flag none."""
    directories = sorted(path for path in corpus.iterdir() if path.is_dir())
    results = [run_rules(Integration.read(path), RULES.values()) for path in directories]
    flagged = Counter(rule for result in results for rule in {finding.rule for finding in result.findings})
    return {"integrations": len(directories), **dict(sorted(flagged.items()))}


def fixes() -> dict[str, str]:
    """What fixes the findings of each rule that has fixes."""
    kinds = {rule.id: pages.fix_of(rule) for rule in RULES.values()}
    return {id_: kind for id_, kind in sorted(kinds.items()) if kind}


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


def _pictures(rule: Rule) -> list[tuple[str, str, str]]:
    """The icons of a rule's first bad example, beside the good ones: file name, SVG, what it is.

    Only what a browser draws; what is unsafe is no picture.
    """
    if rule.room != "icons" or not rule.bad or rule.check.__module__.endswith(".safety"):
        return []
    bad = damaged(rule.bad[0])
    both = {"bad": bad, "good": nearest(rule, rule.bad[0], bad)}
    pictures = []
    for path in (path for path in rule.bad[0] if path.endswith(".svg")):
        drawn = {kind: _drawn(integration, path) for kind, integration in both.items()}
        if all(drawn.values()):
            stem = Path(path).stem
            pictures += [(f"{rule.id}-{stem}-{kind}.svg", svg, f"{kind}: {stem}.svg") for kind, svg in drawn.items()]
    return pictures


def _drawn(integration: Integration, path: str) -> str:
    file = integration.files.get(path)
    return file.text.rstrip() + "\n" if file and file.readable and _is_drawn(file.text) else ""


def _is_drawn(text: str) -> bool:
    """Whether a browser shows it: XML with a size, and small enough for a page."""
    try:
        root = Xml.fromstring(text.encode())
    except (Xml.ParseError, ValueError, UnicodeEncodeError):
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg" and len(text) < PICTURE_LIMIT


def documents() -> dict[Path, str]:
    """The text of every generated page by its path: a table of all rules, and a page for each room."""
    icons = PAGES / "icons.md"
    rooms = {room: [rule for rule in RULES.values() if rule.room == room] for room in (*ROOMS, RUN)}
    texts = {
        PAGES / "rules.md": f"{_INTRODUCTION.format(len(RULES))}\n{pages.table(RULES.values())}",
        icons: _RATES.sub(lambda _: f"\n{icon_rates()}\n", icons.read_text()),
    }
    for room, rules in rooms.items():
        rules.sort(key=lambda rule: rule.id)
        text = [f"# {room.capitalize()}\n"]
        for rule in rules:
            pictures = _pictures(rule)
            texts |= {PICTURES / name: svg for name, svg, _what in pictures}
            shown = " ".join(
                f"<figure markdown>![{what}](pictures/{name})<figcaption>{what}</figcaption></figure>"
                for name, _svg, what in pictures
            )
            text.append(pages.page(rule) + (f'\n<div class="icons" markdown>{shown}</div>\n' if shown else ""))
        texts[PAGES / "rules" / f"{room}.md"] = "\n".join(text)
    return texts


if __name__ == "__main__":
    if CORPUS.is_dir():
        COUNTS.write_text(json.dumps(accepted_counts(CORPUS), indent=2) + "\n")
        pages.accepted.cache_clear()
    FIXES.write_text(json.dumps(fixes(), indent=2) + "\n")
    pages.fixes.cache_clear()
    made = documents()
    for path in {*(PAGES / "rules").glob("*.md"), *PICTURES.glob("*.svg")} - made.keys():
        path.unlink()
    PICTURES.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text)
