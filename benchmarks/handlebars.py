"""The Handlebars room against handlebars.js, on the real templates of the conformance corpus, and its cold start."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.measure import PYTHON, ROOT, medians, print_ratios
from toolkit.handlebars import HandlebarsError, parse, render

CORPUS = ROOT.parent / "shared/corpus/handlebars.jsonl.gz"
REAL = ("jest/", "hbs/", "manifest/")
ROUNDS = 9
COLD = "from toolkit.handlebars import render; render({template!r}, {context!r})"


def best(action: Callable[[], object]) -> float:
    """The shortest of several runs, in milliseconds: each side at its best, in its own process."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def render_all(cases: list[dict[str, Any]], contexts: dict[str, Any], *, again: bool) -> None:
    for case in cases:
        if not again:
            parse.cache_clear()
        with suppress(HandlebarsError):
            render(case["template"], contexts[case["context"]])


def javascript(cases: list[dict[str, Any]], contexts: dict[str, Any]) -> dict[str, float]:
    done = subprocess.run(
        ["node", str(Path(__file__).with_suffix(".js"))],
        input=json.dumps({"contexts": contexts, "cases": cases, "rounds": ROUNDS}),
        env={"NODE_PATH": str(ROOT / ".ci" / "node_modules"), **os.environ},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"handlebars.js cannot be run; `npm ci --prefix .ci` installs it: {done.stderr.strip()}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main() -> None:
    if not CORPUS.exists():
        sys.exit(f"the conformance corpus {CORPUS} is absent")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        contexts = json.loads(next(lines))["contexts"]
        cases = [case for case in map(json.loads, lines) if case["id"].startswith(REAL)]
    reference = javascript(cases, contexts)
    print(f"{len(cases)} real templates")
    for again, name in ((False, "compile and render"), (True, "render again")):
        ours = best(lambda again=again: render_all(cases, contexts, again=again))  # type: ignore[misc]
        print_ratios({name: ours, "handlebars.js": reference[name]}, base="handlebars.js")
    longest = max((case for case in cases if "output" in case["expected"]), key=lambda case: len(case["template"]))
    cold = COLD.format(template=longest["template"], context=contexts[longest["context"]])
    print(f"a template of {longest['template'].count(chr(10))} lines from a cold start")
    commands = {"python -c pass": (PYTHON, "-c", "pass"), "import re, typing": (PYTHON, "-c", "import re, typing")}
    print_ratios(medians({**commands, "import and render": (PYTHON, "-c", cold)}, rounds=31), base="python -c pass")


if __name__ == "__main__":
    main()
