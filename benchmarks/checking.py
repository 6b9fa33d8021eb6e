"""One integration, the whole corpus and the hooks: cold, unchanged, one changed, with one process and with several.

Each figure is a median of ratios: in each round the command and what it is compared with run one after the other.
``python -m benchmarks.checking 100`` adds the corpus a hundred times, with its memory.
"""

import os
import platform
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import hooks
from benchmarks.measure import ENVIRONMENT, PYTHON, ROOT, Line, nothing, ratio, seconds

CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
LINT = (PYTHON, "-m", "toolkit", "lint")
BARE = (PYTHON, "-c", "pass")
ONE_ROUNDS, ALL_ROUNDS = 21, 7


def changer(directory: Path) -> Callable[[], object]:
    """A function that changes the README of an integration, each time anew."""
    readme, number = directory / "README.md", iter(range(1_000_000))
    text = readme.read_text() if readme.exists() else "# README\n"
    return lambda: readme.write_text(f"{text}\nVersion {next(number)}.\n")


def lines(work: Path) -> list[Line]:
    """The lines of the table; copies are made in ``work``."""
    cache = Path(ENVIRONMENT["LDIT_CACHE_DIR"])
    one = work / "sample-integration"
    shutil.copytree(ROOT / "sample-integration", one)

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def single(name: str, prepare: Callable[[], object], budget: float) -> Line:
        return Line(f"one integration, {name}", (*LINT, str(one)), prepare, "bare Python", BARE, ONE_ROUNDS, budget)

    found = [single("cold", forget, 8), single("unchanged", nothing, 4), single("changed", changer(one), 8)]
    if not CORPUS.is_dir():
        return found
    every = work / "integrations"
    shutil.copytree(CORPUS, every, copy_function=shutil.copyfile)
    manifests = [str(path) for path in sorted(every.glob("*/manifest.json"))]
    schema = (PYTHON, "-m", "check_jsonschema", "--schemafile", str(ROOT / "schemas" / "manifest.json"), *manifests)

    def corpus(name: str, prepare: Callable[[], object], budget: float, *options: str) -> Line:
        command = (*LINT, *options, str(every))
        return Line(f"the corpus, {name}", command, prepare, "check-jsonschema", schema, ALL_ROUNDS, budget)

    some = min(every.iterdir())
    alone = (*LINT, "--jobs", "1", "--no-cache", str(every))
    two = (*LINT, "--jobs", "2", "--no-cache", str(every))
    return [
        *found,
        corpus("cold", forget, 2),
        corpus("cold, one process", forget, 2, "--jobs", "1"),
        corpus("unchanged", nothing, 0.5),
        corpus("one changed", changer(some), 0.7),
        Line("the corpus, two processes", two, nothing, "one process", alone, ALL_ROUNDS, 1 / 1.6),
        *_official(every),
    ]


def _official(every: Path) -> list[Line]:
    """What of the official checks can be had from npm alone: their formatter, on every JSON file."""
    prettier = ROOT / ".ci" / "node_modules" / ".bin" / "prettier"
    if not prettier.exists():
        return []
    theirs = (str(prettier), "--check", f"{every}/**/*.json")
    ours = (*LINT, "--no-cache", "--gate", "format", str(every))
    return [Line("the corpus, formatting alone", ours, nothing, "prettier", theirs, ALL_ROUNDS)]


def many(work: Path, times: int) -> None:
    """Prints what so many copies of the corpus cost: time as a ratio, and the memory of the largest process."""
    large = work / "many" / "integrations"
    large.mkdir(parents=True)
    for number in range(times):
        for directory in CORPUS.iterdir():
            shutil.copytree(directory, large / f"{directory.name}-{number:03}", copy_function=shutil.copyfile)
    ours, theirs = (seconds((*LINT, "--no-cache", str(path))) for path in (large, work / "integrations"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if platform.system() == "Darwin" else 1024)
    print(f"{ours / theirs / times:8.2f} x {times} times the time (budget 1.1)  the corpus {times} times, cold")
    print(f"{peak:8.0f} MB in the largest process (budget 300 MB)")


def main() -> int:
    """Prints the table; 1 where a budget is exceeded."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    exceeded = 0
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        ENVIRONMENT["LDIT_CACHE_DIR"] = str(work / "cache")
        for line in (*lines(work), *hooks.lines(work)):
            taken, found = ratio(line)
            exceeded |= line.budget is not None and found > line.budget
            budget = f"(budget {line.budget:.2g})" if line.budget else ""
            print(f"{taken * 1000:8.0f} ms {found:6.2f} x {line.base:17}{budget:14}{line.name}", flush=True)
        if len(sys.argv) > 1 and CORPUS.is_dir():
            many(work, int(sys.argv[1]))
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main())
