"""A hostile directory on disk beside a healthy integration, and the whole of ``ldit lint`` over both.

A path in a case may say what else than a file is to stand there: ``pipe:a`` a FIFO, ``link:a`` a symbolic link to where
the bytes say, ``closed:a`` a directory that nobody may list. ``arguments`` holds the options.
"""

import atexit
import contextlib
import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from secrets import token_hex

from tests.fuzz.case import Case
from toolkit.cli.door import main
from toolkit.examples import sample

ARGUMENTS = "arguments:"
OPTIONS = (
    *("", "--fix", "--unsafe-fixes", "--diff", "--format json", "--format sarif --format github", "--format junit"),
    *("--format markdown --format gitlab", "--exit-zero", "--gate tests", "--select icons", "--ignore wording"),
    *("--fail-on note", "--write-baseline {}/baseline.json", "--baseline {}/hostile/manifest.json"),
)
NAMES = (
    *("README.md", "readme.MD", "manifest.json", "assets/square.svg", "a\nb.md", "::error::a.json", "\x1b[31m.svg"),
    *("-rf.json", "é.svg", "e\u0301.svg", "\udcff.txt", "con.json", " .json", "a" * 200, "x/y/z/manifest.json", ".env"),
    *("templates/a.hbs", ".ldit-a", "ldit.toml", "pyproject.toml", "node_modules/a.js", "assets", "Thumbs.db"),
)
TARGETS = ("/dev/zero", "/proc/self/environ", "..", ".", "loop", "../healthy/README.md", "/nowhere", "a" * 300)
HEALTHY = {**sample(), "README.md": b""}
"""Something is found in it, so that its name must come up."""
Mutate = Callable[[random.Random, Case], Case]


def mutated_tree(mutated_files: Mutate) -> Mutate:
    """Changes of files as ``mutated_files`` makes them, other kinds of entries, and other options."""

    def mutated(rng: random.Random, case: Case) -> Case:
        name = rng.choice(NAMES)
        data = rng.choice(list(case.values()))
        match rng.randrange(10):
            case 0:
                return {**case, name: data}
            case 1:
                return {**case, f"pipe:{name}": b""}
            case 2:
                return {**case, f"link:{name}": os.fsencode(rng.choice(TARGETS))}
            case 3:
                return {**case, f"closed:{name}": b""}
            case 4:
                return {**case, ARGUMENTS: rng.choice(OPTIONS).encode()}
            case 5:
                return {**case, "ldit.toml": rng.choice((b"[[", b"fail-on = 1", b'ignore = ["icons"]', b"\xff"))}
        files = {path: content for path, content in case.items() if ":" not in path and path != "ldit.toml"}
        return {**case, **mutated_files(rng, files or HEALTHY)}

    return mutated


@cache
def scratch() -> Path:
    """A new directory, there until the process ends. No report escapes anything in its name, so it can be left out."""
    path = Path(tempfile.gettempdir(), f"fuzz{token_hex(8)}")
    path.mkdir()
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def run_tree(case: Case) -> object:
    """Lints both; whatever the one holds, the command ends by itself, and the other is reported."""
    root = scratch() / "tree"
    shutil.rmtree(root, ignore_errors=True)
    for path, data in HEALTHY.items():
        _put(root / "healthy", path, data)
    for path, data in case.items():
        with contextlib.suppress(OSError, ValueError):  # no such name here, or something stands there already
            _put(root / "hostile", path, data)
    (root / "hostile").mkdir(exist_ok=True)
    options = case.get(ARGUMENTS, b"").decode().replace("{}", str(root)).split()
    status, out, err = _run(["lint", *options, "--", str(root / "hostile"), str(root / "healthy")])
    assert status in (0, 1, 2, 3), status
    assert "Traceback" not in err, err
    assert "internal-error" not in out, out
    assert not any(line.startswith("::") for line in err.splitlines()), err
    assert not any(char in out + err for char in "\x1b\x07\x08"), out + err
    if not options and status != 2:
        assert "healthy/README.md" in out, (out, err)
    return status, out.replace(str(root), ""), err.replace(str(root), "")


def _put(root: Path, path: str, data: bytes) -> None:
    kind, _, name = path.rpartition(":") if path.split(":")[0] in ("pipe", "link", "closed") else ("", "", path)
    if path == ARGUMENTS:
        return
    place = root / name
    if root not in place.parents or ".." in place.parts:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "link":
        place.symlink_to(os.fsdecode(data))
    elif kind == "closed":
        place.mkdir(mode=0)
    else:
        with place.open("xb") as file:
            file.write(data)


def _run(arguments: list[str]) -> tuple[int, str, str]:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        status = main(arguments)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return status, out, err
