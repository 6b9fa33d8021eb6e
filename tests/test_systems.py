"""What Windows and macOS lack or do otherwise, simulated: modules and functions taken away, other encodings, locks."""

import ast
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command
from toolkit.reports import FORMATS

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


def python(
    code: str, *arguments: str | Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    run = f"{WITHOUT}\n{code}\nfrom toolkit.__main__ import main\nsys.argv[:1] = ['ldit']\nmain()"
    command = [sys.executable, "-c", run, *map(str, arguments)]
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(command, cwd=cwd, env=given, stdin=subprocess.DEVNULL, capture_output=True, check=False)


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


@pytest.fixture
def folding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file system below ``tmp_path`` finds names in any letter case, as those of macOS and Windows do."""
    listdir = os.listdir

    def found(path: Any) -> Any:
        if not isinstance(path, str | os.PathLike):
            return path
        way = Path(os.path.abspath(path))  # noqa: PTH100 - resolving would ask this very function
        if not way.is_relative_to(tmp_path):
            return path
        place = tmp_path
        for name in way.relative_to(tmp_path).parts:
            try:
                names = listdir(place)
            except OSError:
                return path
            same = [each for each in names if each == name] or [n for n in names if n.casefold() == name.casefold()]
            place /= same[0] if same else name
        return str(place)

    for owner, name in [(io, "open"), *((os, name) for name in ("stat", "lstat", "open", "scandir", "readlink"))]:
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda path=".", *rest, real=real, **named: real(found(path), *rest, **named))


def linted(*arguments: str | Path) -> Any:
    run = CliRunner().invoke(command, ["lint", "--no-cache", *map(str, arguments)], catch_exceptions=False)
    assert "internal-error" not in run.output
    return run


def found(*arguments: str | Path) -> list[tuple[str, str]]:
    report = json.loads(linted("--format", "json", *arguments).stdout)
    return [(each["rule"], each["message"]) for one in report["integrations"] for each in one["findings"]]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme"))


@pytest.mark.usefixtures("folding")
def test_a_file_system_that_folds_letter_case_is_simulated(sample: Path) -> None:
    assert (sample / "ASSETS" / "Square.SVG").is_file()
    assert not (sample / "assets" / "other.svg").exists()
    assert sorted(path.name for path in (sample / "assets").iterdir()) == ["horizontal.svg", "square.svg"]


@pytest.mark.usefixtures("folding")
@pytest.mark.parametrize("icon", ["Assets/Square.svg", "assets/Square.svg", "../ACME/assets/square.svg"])
def test_an_icon_in_other_letter_case_is_missing(sample: Path, icon: str) -> None:
    """It would be on Linux, where the official checks run."""
    manifest = (SAMPLE / "manifest.json").read_text().replace("assets/square.svg", icon)
    (sample / "manifest.json").write_text(manifest)
    assert ("missing-icon", f"{icon} does not exist") in found("--isolated", sample)


@pytest.mark.usefixtures("folding")
def test_a_manifest_in_other_letter_case_is_missing(sample: Path) -> None:
    (sample / "manifest.json").rename(sample / "Manifest.json")
    assert [rule for rule, _ in found("--isolated", sample) if rule == "missing-manifest"]


@pytest.mark.usefixtures("folding")
@pytest.mark.parametrize("given", ["integrations/ACME", "Integrations/Acme"])
def test_a_directory_that_is_named_in_other_letter_case_has_the_name_on_disk(sample: Path, given: str) -> None:
    once = linted("--isolated", "--format", "concise", sample, sample.parents[1] / given)
    assert once.exit_code == 0, once.output
    assert found("--isolated", sample.parents[1] / given) == found("--isolated", sample)


@pytest.mark.usefixtures("folding")
def test_two_names_of_one_directory_are_one_integration(sample: Path) -> None:
    report = json.loads(linted("--isolated", "--format", "json", sample, sample.with_name("Acme")).stdout)
    assert [one["path"] for one in report["integrations"]] == [sample.as_posix()]


@pytest.mark.usefixtures("folding")
@pytest.mark.parametrize("path", ["integrations/ACME", "Integrations/acme", "integrations/acme/Manifest.json"])
def test_a_waiver_in_other_letter_case_is_refused(sample: Path, path: str) -> None:
    waive = f'[[waive]]\nrule = "wording"\npath = "{path}"\nreason = "so"\n'
    (sample.parents[1] / "ldit.toml").write_text(waive)
    run = linted(sample)
    assert run.exit_code == 2
    assert f"there is no {path}" in run.stderr


def test_names_that_differ_in_letter_case_only_are_said(sample: Path) -> None:
    shutil.copy(sample / "assets" / "square.svg", sample / "assets" / "Square.svg")
    said = "assets/square.svg and assets/Square.svg differ in letter case only"
    assert ("case-clash", said) in found("--isolated", sample)


@pytest.mark.parametrize("name", ["readme.md", "Readme.md"])
def test_a_readme_in_any_letter_case_is_read(sample: Path, name: str) -> None:
    (sample / "README.md").rename(sample / name)
    (sample / name).write_text("")
    assert ("empty-readme", f"{name} is empty") in found("--isolated", sample)


SPAWNING = """
import multiprocessing, os, types
import toolkit.cli.jobs as jobs
spawn = multiprocessing.get_context("spawn")
jobs.get_context = lambda method: spawn
jobs.os = types.SimpleNamespace(name="nt")
"""
"""Processes start anew instead of being forked; what they are to do has to be sent to them."""


def test_processes_that_are_spawned_find_the_same(tmp_path: Path) -> None:
    for number in range(24):
        place = Path(shutil.copytree(SAMPLE, tmp_path / f"acme-{number:02}"))
        (place / "README.md").write_text("")
    options = ("lint", tmp_path, "--format", "json", "--isolated", "--no-cache", "--jobs")
    alone = python("", *options, "1")
    spawned = python(SPAWNING, *options, "2")
    assert spawned.stderr == b""
    assert (spawned.returncode, spawned.stdout) == (alone.returncode, alone.stdout)
    assert spawned.stdout.count(b'"empty-readme"') == 24


SEPARATED = (
    """
import builtins, io, os, pathlib
def understanding(real):
    return lambda path=".", *rest, **named: real(
        path.replace("\\\\", "/") if isinstance(path, str) else path, *rest, **named
    )
for owner, names in ((os, ("stat", "lstat", "open", "scandir", "listdir", "readlink")), (io, ("open",))):
    for name in names:
        setattr(owner, name, understanding(getattr(owner, name)))
builtins.open = io.open
real = pathlib.PurePath.__str__
pathlib.PosixPath.__fspath__ = pathlib.PosixPath.as_posix = real
pathlib.PosixPath.__str__ = lambda self: real(self).replace("/", "\\\\")
"""
    + NO_LOCKS
)
"""Paths turn into text with backslashes, as on Windows; the system understands both."""


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork of two integrations, one of which differs from the last commit."""
    fork = tmp_path / "fork"
    for name in ("acme", "bolt"):
        shutil.copytree(SAMPLE, fork / "integrations" / name)
    who = ("-c", "user.name=a", "-c", "user.email=a@a.io")
    for arguments in (("init", "-qb", "main"), ("add", "."), (*who, "commit", "-qm", "a")):
        subprocess.run(["git", *arguments], cwd=fork, check=True)
    (fork / "integrations" / "acme" / "README.md").write_text("")
    (fork / "integrations" / "acme" / "assets" / "square.svg").write_text("<svg")
    return fork


@pytest.mark.parametrize("format_", FORMATS)
def test_paths_in_reports_have_slashes(fork: Path, format_: str) -> None:
    arguments = ("lint", "--changed=HEAD", "--format", format_, "--no-cache")
    run = python(SEPARATED, *arguments, cwd=fork)
    assert run.returncode == 1, run.stderr
    assert run.stdout == python(NO_LOCKS, *arguments, cwd=fork).stdout
    assert b"integrations/acme" in run.stdout
    assert b"assets/square.svg" in run.stdout


def test_what_is_written_down_has_slashes(fork: Path, tmp_path: Path) -> None:
    """Baselines, waivers and settings for a path hold on every system."""
    (fork / "ldit.toml").write_text(
        '[[waive]]\nrule = "wording"\npath = "integrations/acme"\nreason = "so"\n'
        '[[paths]]\npath = "integrations/b*"\nignore = ["icons"]\n'
    )
    for code in (NO_LOCKS, SEPARATED):
        base = tmp_path / f"base{code == SEPARATED}.json"
        run = python(code, "lint", "--all", "--write-baseline", base, "--no-cache", cwd=fork)
        assert run.returncode == 0, run.stderr
        shown = python(code, "lint", "--all", "--show-files", cwd=fork)
        assert b"\\" not in shown.stdout, shown.stdout
        known = python(code, "lint", "--all", "--baseline", base, "--no-cache", cwd=fork)
        assert known.returncode == 0, known.stdout
    assert (tmp_path / "baseFalse.json").read_bytes() == (tmp_path / "baseTrue.json").read_bytes()


def test_what_is_remembered_is_found_again(fork: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    first, again = (python(SEPARATED, "lint", "--all", cwd=fork, LDIT_CACHE_DIR=cache) for _ in range(2))
    assert first.returncode == 1, first.stderr
    assert (first.returncode, first.stdout) == (again.returncode, again.stdout)


def test_a_fix_is_shown_as_a_patch_that_git_takes(fork: Path) -> None:
    manifest = fork / "integrations" / "acme" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'.",', b'",', 1))
    run = python(SEPARATED, "lint", "--diff", "--no-cache", fork / "integrations" / "acme")
    subprocess.run(["git", "apply"], cwd=fork, input=run.stdout, check=True)
    assert manifest.read_bytes() == (SAMPLE / "manifest.json").read_bytes()


@pytest.mark.parametrize("table", ["[[waive]]\nrule = 'icons'\nreason = 'so'\n", "[[paths]]\nignore = ['icons']\n"])
def test_a_backslash_in_a_configuration_is_refused(sample: Path, table: str) -> None:
    """Windows would take it for a separator, and every other system for a letter."""
    (sample.parents[1] / "ldit.toml").write_text(f"{table}path = 'integrations\\acme'\n")
    run = linted(sample)
    assert run.exit_code == 2
    assert "write `integrations/acme`" in run.stderr
