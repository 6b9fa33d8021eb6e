"""Every icon of the conformance corpus: milliseconds an icon, as ratios to plain expat parsing in the same run."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from toolkit.svg.reader import read
from toolkit.svg.renderer import IconRenderer
from toolkit.svg.safety import violations

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "integrations"
PLAIN = "parsing with expat"


def parse(data: bytes) -> object:
    return expat.ParserCreate().Parse(data, True)


def judge(data: bytes) -> object:
    return list(violations(read(data)))


def measuring(renderer: IconRenderer) -> Callable[[bytes], object]:
    def measure(data: bytes) -> object:
        renderer._tasks.clear()
        renderer.inspection.cache_clear()
        return renderer.measure(data)

    return measure


def least(works: dict[str, Callable[[bytes], object]], icons: list[bytes], rounds: int) -> dict[str, float]:
    """Milliseconds an icon, in the quickest round; rounds are interleaved, so that a busy machine slows all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            for icon in icons:
                work(icon)
            times[name].append((time.perf_counter() - start) * 1000 / len(icons))
    return {name: min(values) for name, values in times.items()}


def main() -> None:
    icons = [path.read_bytes() for path in sorted(CORPUS.rglob("*.svg"))]
    if not icons:
        sys.exit("the conformance corpus is not beside this checkout")
    measured = least({PLAIN: parse, "reading": read, "reading and safety": judge}, icons, rounds=50)
    with IconRenderer() as renderer:
        measured |= least({"reading, safety and pixels": measuring(renderer)}, icons, rounds=3)
    for name, milliseconds in measured.items():
        print(f"{milliseconds:9.3f} ms an icon  {milliseconds / measured[PLAIN]:7.2f} x expat  {name}")


if __name__ == "__main__":
    main()
