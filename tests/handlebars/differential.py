"""Renders random templates with the real handlebars.js under node, and compares.

``PYTHONPATH=. python tests/handlebars/differential.py`` prints what differs; ``--help`` says how.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tests.handlebars.templates import Case, cases
from toolkit.handlebars import HandlebarsError, render

Verdict: TypeAlias = dict[str, Any]
"""``{"output": text}``, or ``{"rejects": True, "phase": ..., "line": number or None}``."""

_ORACLE = Path(__file__).with_name("oracle.js")
_PLACES = (*os.environ.get("NODE_PATH", "").split(os.pathsep), "node_modules", "/opt/prettier/node_modules")
_MODULES = next((place for place in _PLACES if place and Path(place, "handlebars").is_dir()), None)

AVAILABLE = bool(_MODULES and shutil.which("node"))


def theirs(wanted: Sequence[Case]) -> list[Verdict]:
    """What handlebars.js says to each case."""
    done = subprocess.run(
        ["node", str(_ORACLE)],
        input="\n".join(json.dumps(case._asdict()) for case in wanted),
        env={**os.environ, "NODE_PATH": str(Path(_MODULES or "").resolve()), "TZ": "UTC"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [json.loads(line) for line in done.stdout.rstrip("\n").split("\n")]


def ours(case: Case, *, dead_block_params: bool = False) -> Verdict:
    try:
        return {"output": render(case.template, case.context, dead_block_params=dead_block_params)}
    except HandlebarsError as error:
        return {"rejects": True, "phase": error.phase, "line": error.line, "message": str(error)}


def agree(mine: Verdict, wanted: Verdict) -> bool:
    """Whether both give the same output, or reject in the same phase and, where it is known, on the same line."""
    if "output" in wanted or "output" in mine:
        return mine.get("output") == wanted.get("output")
    return bool(mine["phase"] == wanted["phase"] and wanted["line"] in (None, mine["line"]))


def differences(wanted: Sequence[Case], verdicts: Sequence[Verdict], *, dead_block_params: bool = False) -> list[str]:
    """One paragraph for each case that we judge differently, the shortest template first."""
    found = []
    for case, verdict in sorted(zip(wanted, verdicts, strict=True), key=lambda pair: len(pair[0].template)):
        mine = ours(case, dead_block_params=dead_block_params)
        if not agree(mine, verdict):
            found.append(f"{case.template!r}\n  with {case.context!r}\n  wanted {verdict}\n  got {mine}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dead-block-params", action="store_true", help="for handlebars.js 4.7.7 in NODE_PATH")
    options = parser.parse_args()
    wanted = list(cases(options.count, options.seed))
    verdicts = theirs(wanted)
    found = differences(wanted, verdicts, dead_block_params=options.dead_block_params)
    rendered = sum("output" in verdict for verdict in verdicts)
    summary = f"{len(found)} of {len(wanted)} differ; {rendered} render"
    sys.stdout.write("\n".join([*found[:20], summary, ""]))


if __name__ == "__main__":
    main()
