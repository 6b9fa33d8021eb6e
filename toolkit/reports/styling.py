"""Colors, marks and links of the text for people."""

from toolkit.finding import Finding, Severity
from toolkit.rules import RULES

COLORS = {Severity.error: "31", Severity.warning: "33", Severity.note: "36"}
"""The ANSI code of each severity."""


def styled(codes: str, text: str) -> str:
    """``text`` between ANSI codes, such as ``1;31``."""
    return f"\x1b[{codes}m{text}\x1b[0m"


def mark(finding: Finding) -> str:
    """``[*]`` where ``--fix`` fixes it, ``[!]`` where ``--unsafe-fixes`` does, else nothing."""
    return "[*]" if finding.safely_fixable else "[!]" if finding.fixable else ""


def page(rule: str, pages: str) -> str:
    """The address of a rule's page below ``pages``, or nothing where there is none."""
    return f"{pages}/{RULES[rule].room}.md#{rule}" if pages and rule in RULES else ""


def linked(rule: str, pages: str) -> str:
    """The name of a rule, as a link (OSC 8) to its page where there is one."""
    address = page(rule, pages)
    return f"\x1b]8;;{address}\x1b\\{rule}\x1b]8;;\x1b\\" if address else rule


def count(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``; ``entry`` becomes ``entries``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
