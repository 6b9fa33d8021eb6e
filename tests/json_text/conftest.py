"""The originals to compare with, JavaScript's JSON.parse and prettier 2: tests skip where they are absent."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def javascript(function: str) -> Iterator[Callable[[object], object]]:
    """A function of Python that calls ``function``, JavaScript source, in one long-lived process of node."""
    node = shutil.which("node")
    if not node:
        pytest.skip("needs node")
    script = f"""
        const answer = {function};
        const lines = require("readline").createInterface({{ input: process.stdin }});
        lines.on("line", (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
    """
    pipe = subprocess.PIPE
    with subprocess.Popen([node, "-e", script], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        source, sink = process.stdout, process.stdin

        def ask(question: object) -> object:
            sink.write(json.dumps(question) + "\n")
            sink.flush()
            return json.loads(source.readline())

        yield ask
        sink.close()


@pytest.fixture(scope="session")
def js_accepts() -> Iterator[Callable[[object], object]]:
    """Takes base64; says whether upstream could read such a file, after a BOM has been taken off."""
    with javascript("""(base64) => {
        try {
            JSON.parse(Buffer.from(base64, "base64").toString("utf8").replace(/^\\ufeff/, ""));
            return true;
        } catch { return false; }
    }""") as ask:
        yield ask


@pytest.fixture(scope="session")
def prettier(node_modules: Path) -> Path:
    """The directory of prettier 2."""
    return node_modules / "prettier"


@pytest.fixture(scope="session")
def prettier_format(prettier: Path) -> Iterator[Callable[[object], object]]:
    """Takes JSON text, gives what prettier prints for it."""
    with javascript(f"(text) => require({str(prettier)!r}).format(text, {{ parser: 'json' }})") as ask:
        yield ask


@pytest.fixture(scope="session")
def prettier_width(prettier: Path) -> Iterator[Callable[[object], object]]:
    """Takes a list of texts, gives the columns of each."""
    with javascript(f"(texts) => texts.map(require({str(prettier)!r}).util.getStringWidth)") as ask:
        yield ask
