"""What Windows and macOS lack or do otherwise, simulated: modules and functions taken away, other encodings, locks."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample-integration"
POSIX_ONLY = frozenset({"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"})
"""Modules that Windows does not have."""
USED = {
    "fcntl": {"integration/writing.py", "scaffold/place.py"},
    "resource": {"svg/worker.py"},
}
"""Where they are used all the same: behind a question for the system, or where their absence is expected."""
WITHOUT = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None  # importing it is an ImportError
for name in ("chown", "listxattr", "getxattr", "setxattr", "fork", "geteuid", "getuid", "mkfifo", "O_NONBLOCK"):
    if hasattr(os, name):
        delattr(os, name)
"""
"""A Python as on Windows, as far as that goes on another system."""
NO_LOCKS = """
import toolkit.integration.writing as writing
from pathlib import Path
writing._hold = lambda handle: None
writing._remove_unheld = Path.unlink
"""
"""What asks ``os.name``, which cannot be another here: pathlib would follow."""


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a file imports, and whether that happens as soon as it is imported itself."""
    tree = ast.parse(path.read_text())
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in top


def test_what_windows_lacks_is_used_in_one_place_and_never_needed_to_import() -> None:
    used: dict[str, set[str]] = {}
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        for name, at_once in imports(path):
            if name.partition(".")[0] in POSIX_ONLY:
                used.setdefault(name, set()).add(path.relative_to(ROOT / "toolkit").as_posix())
                assert not at_once, path
    assert used == USED


def test_text_is_read_and_written_in_an_encoding_that_is_named() -> None:
    calls = [
        (path, node)
        for path in sorted((ROOT / "toolkit").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("read_text", "write_text")
    ]
    assert calls
    for path, node in calls:
        assert [keyword for keyword in node.keywords if keyword.arg == "encoding"] or (
            node.func.attr == "read_text" and node.args  # type: ignore[attr-defined]
        ), f"{path}:{node.lineno}"


def python(code: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    run = f"{WITHOUT}\n{code}\nfrom toolkit.__main__ import main\nsys.argv[:1] = ['ldit']\nmain()"
    command = [sys.executable, "-c", run, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An integration with something to fix, in a directory whose name is no ASCII."""
    place = Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acmé"))
    (place / "manifest.json").write_bytes((SAMPLE / "manifest.json").read_bytes().replace(b'.",', b'",', 1))
    return place


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp437", "ascii", "utf-16"])
def test_lint_without_what_windows_lacks(acme: Path, encoding: str) -> None:
    run = python(NO_LOCKS, "lint", acme, "--format", "text", PYTHONIOENCODING=encoding)
    assert run.returncode == 1, run.stderr
    assert run.stderr == b""
    text = run.stdout.decode(encoding)
    assert "overview does not end in a period" in text
    assert "manifest.json:4:15" in text
    assert "not measured" not in text, "icons are drawn all the same"


def test_fix_without_what_windows_lacks(acme: Path) -> None:
    run = python(NO_LOCKS, "lint", acme, "--fix")
    assert run.returncode in (0, 1), run.stderr
    assert run.stderr == b""
    assert (acme / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()
    assert not list(acme.rglob(".ldit-*"))


def test_a_system_that_limits_no_memory_draws_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """macOS refuses a limit of the address space."""
    import resource

    from toolkit.svg import worker

    asked: list[int] = []

    def refuse(kind: int, limits: tuple[int, int]) -> None:
        asked.append(kind)
        if kind == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert callable(worker._limits())
    assert asked == [resource.RLIMIT_AS, resource.RLIMIT_CORE]


def test_a_file_that_another_program_holds_is_said_and_left(acme: Path) -> None:
    """Windows refuses to replace a file that somebody has open."""
    code = f"""{NO_LOCKS}
def replace(self, target):
    raise PermissionError(13, "The process cannot access the file because it is being used by another process")
Path.replace = replace
"""
    before = (acme / "manifest.json").read_bytes()
    run = python(code, "lint", acme, "--fix")
    assert run.returncode == 2
    assert b"manifest.json cannot be written: the process cannot access the file" in run.stderr
    assert (acme / "manifest.json").read_bytes() == before
    assert not list(acme.rglob(".ldit-*"))
