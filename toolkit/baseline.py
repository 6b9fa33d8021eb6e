"""Findings that were there when the tool came: a file of fingerprints, so that only new ones are reported."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.engine import Result
from toolkit.errors import LditError
from toolkit.finding import Finding
from toolkit.masking import masker
from toolkit.rules import RULES
from toolkit.text import reason

VERSION = 1


class Entry(NamedTuple):
    """What a baseline says about a finding besides its fingerprint: the directory's name, and the rule."""

    integration: str
    rule: str


Baseline = Mapping[str, Entry]
"""The entries of a baseline by fingerprint."""


def fingerprints(result: Result) -> Iterator[tuple[Finding, str]]:
    """Each finding with 32 hexadecimal digits that stay the same when lines move, or the checkout does.

    Equal findings of one file differ by their number.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    for finding in result.findings:
        place = finding.problem.place
        same = (result.integration.name, finding.rule, place.file, place.pointer or "", finding.problem.message)
        seen[same] += 1
        text = json.dumps([*same, seen[same]])
        yield finding, sha256(text.encode()).hexdigest()[:32]


def dump(results: Sequence[Result]) -> str:
    """A baseline of every finding, as JSON; besides the fingerprint it holds what a reader wants to know."""
    known = {
        fingerprint: {"integration": result.integration.name, "rule": finding.rule, "message": finding.problem.message}
        for result in results
        for finding, fingerprint in fingerprints(result)
    }
    mask = masker(result.integration for result in results)
    return mask(json.dumps({"version": VERSION, "findings": dict(sorted(known.items()))}, indent=2)) + "\n"


def load(path: Path) -> Baseline:
    """The entries of a baseline. Raises LditError when the file is none."""
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != VERSION:
            raise LditError(f"{path} is a baseline of version {document['version']}", "write it again")
        findings = document["findings"].items()
        return {fingerprint: Entry(entry["integration"], entry["rule"]) for fingerprint, entry in findings}
    except OSError as error:
        raise LditError(f"{path}: {reason(error)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LditError(f"{path} is no baseline", "write one with --write-baseline") from error


def new(result: Result, known: Baseline) -> Result:
    """The result without the findings that are known."""
    return result._replace(findings=tuple(f for f, fingerprint in fingerprints(result) if fingerprint not in known))


def gone(results: Sequence[Result], known: Baseline, ran: frozenset[str]) -> list[Entry]:
    """The entries that nothing was found for, though their integration was checked with their rule.

    ``results`` are those before anything was hidden, ``ran`` the ids of the rules that ran; a rule that there is no
    more finds nothing either.
    """
    seen = {fingerprint for result in results for _finding, fingerprint in fingerprints(result)}
    names = {result.integration.name for result in results}
    return sorted(
        entry
        for fingerprint, entry in known.items()
        if fingerprint not in seen and entry.integration in names and (entry.rule in ran or entry.rule not in RULES)
    )
