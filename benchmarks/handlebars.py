"""How quick the Handlebars room is: ``python benchmarks/handlebars.py``, from the root of a checkout.

Compares it with handlebars.js under node on the real templates of the conformance corpus, both in process and in the
same run, and one template from a cold start with an empty Python.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from toolkit.handlebars import HandlebarsError, parse, render

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus/handlebars.jsonl.gz"
REAL = ("jest/", "hbs/", "manifest/")
ROUNDS = 9
COLD = "from toolkit.handlebars import render; render({template!r}, {context!r})"


def best(action: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


def render_all(cases: list[dict[str, Any]], contexts: dict[str, Any], *, compiled: bool) -> None:
    for case in cases:
        if not compiled:
            parse.cache_clear()
        try:
            render(case["template"], contexts[case["context"]])
        except HandlebarsError:
            pass


def python(code: str) -> float:
    return best(lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True))


def main() -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        contexts = json.loads(next(lines))["contexts"]
        cases = [case for case in map(json.loads, lines) if case["id"].startswith(REAL)]
    ours = {
        "compile": best(lambda: render_all(cases, contexts, compiled=False)),
        "render": best(lambda: render_all(cases, contexts, compiled=True)),
    }
    done = subprocess.run(
        ["node", str(Path(__file__).with_suffix(".js"))],
        input=json.dumps({"contexts": contexts, "cases": cases, "rounds": ROUNDS}),
        env={"NODE_PATH": "/opt/prettier/node_modules", **os.environ},
        capture_output=True,
        check=True,
        text=True,
    )
    theirs = json.loads(done.stdout)
    print(f"{len(cases)} real templates, seconds:")
    for name, what in (("compile", "parse and render"), ("render", "render again")):
        ratio = ours[name] / theirs[name]
        print(f"  {what:18}here {ours[name]:.4f}  handlebars.js {theirs[name]:.4f}  ratio {ratio:.2f}")
    longest = max((case for case in cases if "output" in case["expected"]), key=lambda case: len(case["template"]))
    cold = python(COLD.format(template=longest["template"], context=contexts[longest["context"]]))
    empty = python("pass")
    lines_ = longest["template"].count("\n")
    print(
        f"one template of {lines_} lines from a cold start: {cold / empty:.2f} times `python -c pass` ({cold - empty:.4f} s more)"
    )


if __name__ == "__main__":
    main()
