"""Findings that were there when the tool came: a file of fingerprints, so that only new ones are reported."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.engine import Result
from toolkit.errors import LditError
from toolkit.finding import Finding
from toolkit.integration.files import READ_LIMIT
from toolkit.masking import masker
from toolkit.text import reason

VERSION = 1


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


def load(path: Path) -> frozenset[str]:
    """The fingerprints in a baseline. Raises LditError when the file is none."""
    try:
        with path.open("rb") as file:
            data = file.read(READ_LIMIT + 1)
        if len(data) > READ_LIMIT:
            raise LditError(f"{path} is larger than {READ_LIMIT // 1_000_000} MB", "name a baseline")
        document = json.loads(data)
        if document["version"] != VERSION:
            raise LditError(f"{path} is a baseline of version {document['version']}", "write it again")
        return frozenset(document["findings"])
    except OSError as error:
        raise LditError(f"{path}: {reason(error)}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LditError(f"{path} is no baseline", "write one with --write-baseline") from error


def new(result: Result, known: frozenset[str]) -> Result:
    """The result without the findings that are known."""
    return result._replace(findings=tuple(f for f, fingerprint in fingerprints(result) if fingerprint not in known))
