"""What is remembered is what would be found: after any edit, whoever else uses the cache, whatever happens to it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from toolkit.cache.figures import Figures
from toolkit.cache.memory import Found, Memory
from toolkit.cache.place import cache_directory, is_in_fork
from toolkit.cache.stamp import stamp
from toolkit.cache.store import LARGEST, LEFTOVER, OLDEST, Store
from toolkit.cli.door import main
from toolkit.finding import Problem
from toolkit.integration.tree import Tree
from toolkit.rules import RULES
from toolkit.rules.registry import BY_MODULE
from toolkit.svg.canvas import Canvas
from toolkit.svg.drawable import NotMeasured
from toolkit.svg.process import RenderProcess
from toolkit.svg.renderer import IconRenderer
from toolkit.svg.statistics import Statistics

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample-integration"
EDITS = int(os.environ.get("LDIT_EDITS", "12"))
"""How many random edits are tried; ``LDIT_EDITS=2000`` for a long run."""
SEED = int(os.environ.get("LDIT_SEED", "14"))
NAMES = ("acme", "bolt", "crest")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork with three integrations and a schema of its own."""
    root = tmp_path / "fork"
    for name in NAMES:
        shutil.copytree(SAMPLE, root / "integrations" / name)
        edit_json(root / "integrations" / name / "manifest.json", lambda value, name=name: value.update(name=name))
    shutil.copyfile(ROOT / "schemas" / "manifest.json", root / "manifest.schema.json")
    (root / "__tests__").mkdir()
    (root / "__tests__" / "manifests.test.js").write_text("const OAUTH_INTEGRATIONS = ['sentry'];\n")
    return root


@pytest.fixture
def cache() -> Path:
    return Path(os.environ["LDIT_CACHE_DIR"])


class Run(NamedTuple):
    status: int
    output: str
    said: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    status = main(["lint", *arguments])
    return Run(status, *capsys.readouterr())


def edit_json(path: Path, change: Callable[..., object]) -> None:
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value, indent=2) + "\n")


def files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())


def entries(cache: Path) -> list[Path]:
    """What is remembered of integrations and reports, not of icons."""
    return [path for path in files(cache) if path.parent == cache]


Edit = Callable[[random.Random, Path], object]


def text(random_: random.Random, fork: Path) -> None:
    path = random_.choice(files(fork / "integrations"))
    data = bytearray(path.read_bytes())
    start = random_.randrange(len(data) + 1)
    data[start : start + random_.choice((0, 1, 9))] = random_.choice((b"", b"x", b" ", b'"', b"TODO", b"{{", b"\xff"))
    path.write_bytes(data)


def member(random_: random.Random, fork: Path) -> None:
    values = ("Acme", "Bolt. ", "https://acme.example/x", "help@acme.example", "../bolt/manifest.json", 7, None)
    path = fork / "integrations" / random_.choice(NAMES) / "manifest.json"
    shutil.copyfile(SAMPLE / "manifest.json", path)
    name, value = random_.choice(("name", "supportEmail", "author", "overview")), random_.choice(values)
    edit_json(path, lambda manifest: manifest.update({name: value}))


def icon_outside(random_: random.Random, fork: Path) -> None:
    path = fork / "integrations" / random_.choice(NAMES) / "manifest.json"
    shutil.copyfile(SAMPLE / "manifest.json", path)
    edit_json(path, lambda manifest: manifest["icons"].update(square="../../beside.svg"))


def beside(_random: random.Random, fork: Path) -> None:
    path = fork / "beside.svg"
    if path.exists():
        path.unlink()
    else:
        path.write_text("<svg/>")


def renamed(random_: random.Random, fork: Path) -> None:
    path = random_.choice(files(fork / "integrations"))
    path.rename(path.with_name(random_.choice(("Other.svg", "manifest.json", "README.md", "notes.txt", ".DS_Store"))))


def mode(random_: random.Random, fork: Path) -> None:
    random_.choice(files(fork / "integrations")).chmod(random_.choice((0o644, 0o755)))


def linked(random_: random.Random, fork: Path) -> None:
    path = fork / "integrations" / random_.choice(NAMES) / random_.choice(("linked.txt", "assets"))
    if path.is_symlink():
        path.unlink()
    elif not path.exists():
        path.symlink_to(random_.choice(("manifest.json", "../bolt/README.md", "nothing")))


def sibling(random_: random.Random, fork: Path) -> None:
    one = fork / "integrations" / random_.choice(("extra", "apart"))
    if one.exists():
        shutil.rmtree(other := one.with_name(f"{one.name}-two"), ignore_errors=True)
        one.rename(other)
    else:
        one.mkdir()
        (one / "manifest.json").write_text(json.dumps({"name": random_.choice(NAMES), "version": random_.random()}))


def removed(random_: random.Random, fork: Path) -> None:
    shutil.rmtree(fork / "integrations" / (name := random_.choice(NAMES)))
    shutil.copytree(SAMPLE, fork / "integrations" / name)


def setting(random_: random.Random, fork: Path) -> None:
    lines = ('ignore = ["icons"]', "pedantic = true", '[severity]\nwording = "error"', 'fail-on = "warning"', "")
    waiver = '[[waive]]\nrule = "files"\npath = "integrations/acme"\nreason = "so"\n'
    (fork / random_.choice(("ldit.toml", "integrations/ldit.toml"))).write_text(random_.choice((*lines, waiver)))


def schema(random_: random.Random, fork: Path) -> None:
    path = fork / "manifest.schema.json"
    shutil.copyfile(ROOT / "schemas" / "manifest.json", path)
    if random_.random() < 0.5:
        edit_json(path, lambda value: value["properties"]["name"].update(maxLength=random_.choice((3, 50))))


def oauth(random_: random.Random, fork: Path) -> None:
    names = random_.choice(("'acme'", "'sentry'", ""))
    (fork / "__tests__" / "manifests.test.js").write_text(f"const OAUTH_INTEGRATIONS = [{names}];\n")


KINDS: tuple[Edit, ...] = (
    *(text, member, icon_outside, beside, renamed, mode, linked),
    *(sibling, removed, setting, schema, oauth),
)


def test_after_any_edit_the_report_is_that_of_a_fresh_run(fork: Path, capsys: pytest.CaptureFixture[str]) -> None:

    random_ = random.Random(SEED)
    again = 0
    for number in range(EDITS):
        kind = random_.choice(KINDS)
        kind(random_, fork)
        format_ = random_.choice(("text", "text", "json", "sarif"))
        ignored = random_.choice((("--ignore", "icons"),) * 4 + ((),))  # to draw takes most of the time
        arguments = (str(fork / "integrations"), "--format", format_, *ignored)
        fresh = run(capsys, "--no-cache", *arguments)
        for _ in range(2):
            assert run(capsys, *arguments) == fresh, f"seed {SEED}, edit {number}, {kind.__name__}"
        again += fresh.status in (0, 1)
    assert again > EDITS / 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_stands_outside_is_asked_about_where_findings_are_remembered_too(
    fork: Path, capsys: pytest.CaptureFixture[str], jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.cli.cores.ENOUGH", 1)
    monkeypatch.setattr("toolkit.cli.cores.BATCH", 1)
    arguments = (str(fork / "integrations"), "--jobs", jobs)
    manifest = fork / "integrations" / NAMES[1] / "manifest.json"
    edit_json(manifest, lambda value: value["icons"].update(square="../../beside.svg"))
    run(capsys, *arguments)
    readme = fork / "integrations" / NAMES[0] / "README.md"
    readme.write_text(readme.read_text() + "\nMore.\n")
    before = run(capsys, *arguments)
    (fork / "beside.svg").write_text("<svg/>")
    after = run(capsys, *arguments)
    assert after != before
    assert after == run(capsys, *arguments, "--no-cache")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The directories that rules looked at."""
    from toolkit.cli import lint_run

    seen: list[str] = []
    lint = vars(lint_run)["lint"]

    def watched(*arguments: object) -> object:
        seen.append(arguments[0].name)  # type: ignore[attr-defined]
        return lint(*arguments)

    monkeypatch.setattr(lint_run, "lint", watched)
    return seen


def test_only_what_changed_is_looked_at(fork: Path, capsys: pytest.CaptureFixture[str], judged: list[str]) -> None:
    tree = str(fork / "integrations")
    run(capsys, tree)
    assert judged == list(NAMES)
    run(capsys, tree)
    assert judged == list(NAMES)
    readme = fork / "integrations" / "bolt" / "README.md"
    readme.write_text(readme.read_text() + "\nMore.\n")
    run(capsys, tree)
    assert judged[3:] == ["bolt"]


def test_a_change_that_neighbors_do_not_see_leaves_them(
    fork: Path, capsys: pytest.CaptureFixture[str], judged: list[str]
) -> None:
    tree, path = str(fork / "integrations"), fork / "integrations" / "bolt" / "manifest.json"
    run(capsys, tree)
    edit_json(path, lambda value: value.update(overview="Another one."))
    run(capsys, tree)
    assert judged[3:] == ["bolt"]
    edit_json(path, lambda value: value.update(name="Acme"))
    run(capsys, tree)
    assert sorted(judged[4:]) == list(NAMES)


def test_what_was_left_out_of_the_key_is_no_accident() -> None:
    """Each option of ``lint`` decides what is found, how it is shown, or keeps the cache out."""
    from toolkit.cli.options import Options

    decisive = {"select", "ignore", "gate", "pedantic", "fail_on", "config", "isolated"}
    shown = {"formats", "outputs", "exit_zero", "baseline", "write_baseline", "watch"}
    shown |= {"min_severity", "quiet", "show_fixes", "no_links", "statistics"}
    without = {"fix", "unsafe_fixes", "show_diff", "online", "stdin_file", "show_files", "show_settings"}
    neither = {"everything", "changed", "allow_private", "cache", "jobs"}
    assert decisive | shown | without | neither == set(Options._fields)
    assert len(Options().decisive) == len(decisive)


def test_nothing_is_remembered_of_an_integration_with_a_secret(
    fork: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "AKIA" + "Q3EGRIZBSXV7WT2P"
    for name in NAMES[1:]:
        shutil.rmtree(fork / "integrations" / name)
    (fork / "integrations" / "acme" / "README.md").write_text(f"Use {secret} here.\n")
    path = str(fork / "integrations" / "acme")
    first = run(capsys, path)
    assert "secret" in first.output or "access key" in first.output
    assert run(capsys, path) == first
    assert all(secret[8:].encode() not in file.read_bytes() for file in files(cache))
    assert not [file for file in files(cache) if b"AKIA" in file.read_bytes() and secret.encode() in file.read_bytes()]


@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[:-3], lambda data: data[:20] + b"x" + data[21:]])
def test_a_damaged_file_is_as_if_it_were_not_there(
    fork: Path, cache: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[bytes], bytes]
) -> None:
    path = str(fork / "integrations")
    first = run(capsys, path)
    kept = [file for file in files(cache) if file.stat().st_size]
    assert len(kept) > len(entries(cache)) - 1 == len(NAMES) + 1
    for file in kept:
        file.write_bytes(damage(file.read_bytes()))
    assert run(capsys, path) == first


def test_a_file_of_ours_with_something_else_in_it_is_ignored(
    fork: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(fork / "integrations")
    first = run(capsys, path)
    for number, file in enumerate(files(cache)):
        Store(file.parent).put(file.name, (None, 7, ("text", b"bytes"), (1,) * 6, (b"", b"", (), "", ()))[number % 5])
    assert run(capsys, path) == first


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_a_cache_that_cannot_be_written_is_done_without(
    fork: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache.chmod(0o500)
    assert run(capsys, str(fork / "integrations")) == run(capsys, "--no-cache", str(fork / "integrations"))


def test_a_cache_at_a_file_is_done_without(
    fork: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("LDIT_CACHE_DIR", str(tmp_path / "file"))
    assert run(capsys, str(fork / "integrations")) == run(capsys, "--no-cache", str(fork / "integrations"))
    assert (tmp_path / "file").read_text() == "mine"


def test_it_is_never_inside_the_fork(
    fork: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (fork / ".git").mkdir()
    monkeypatch.setenv("LDIT_CACHE_DIR", str(fork / "cache"))
    assert "nothing is remembered" in run(capsys, str(fork / "integrations")).said
    assert not (fork / "cache").exists()
    assert is_in_fork(fork / "a" / "b")
    assert not is_in_fork(fork.parent)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"HOME": "/home/ada"}, "linux", "/home/ada/.cache/ldit"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/big"}, "linux", "/big/ldit"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "relative"}, "linux", "/home/ada/.cache/ldit"),
        ({"HOME": "/Users/ada", "XDG_CACHE_HOME": "/big"}, "darwin", "/Users/ada/Library/Caches/ldit"),
        ({"USERPROFILE": "/u/ada"}, "win32", "/u/ada/AppData/Local/ldit"),
        ({"LOCALAPPDATA": "/u/ada/Local"}, "win32", "/u/ada/Local/ldit"),
        ({"LDIT_CACHE_DIR": "/here", "HOME": "/home/ada"}, "linux", "/here"),
        ({}, "linux", None),
    ],
)
def test_where_it_is(environment: dict[str, str], platform: str, expected: str | None) -> None:
    found = cache_directory(environment, platform)
    assert (found and found.as_posix()) == expected


def test_what_is_old_or_left_over_or_too_much_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.cache.store.FILES", 4)
    ages = {"old": OLDEST + 60, "left.17": LEFTOVER + 60, "writing.18": 5, "a": 30, "b": 20, "c": 10, "d": 40}
    store = Store(tmp_path)
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    store.tidy()
    assert {path.name for path in files(tmp_path)} == ages.keys()
    store.put("new", (1, 2))
    store.tidy()
    assert {path.name for path in files(tmp_path)} == {"new", "writing.18", "c", "b", "checked"}
    store.put("later", "x" * (LARGEST + 1))
    assert store.get("later") is None
    assert store.get("new") == (1, 2)


def test_another_program_finds_nothing(fork: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, directory = Store(tmp_path / "cache"), fork / "integrations" / "acme"
    Memory(store, Tree(), ()).keep(directory, Found((), (), "Acme"))
    assert Memory(store, Tree(), ()).recall(directory)
    assert not Memory(store, Tree(), ("other options",)).recall(directory)
    with monkeypatch.context() as patched:
        patched.setattr("toolkit.cache.stamp.__version__", "999")
        stamp.cache_clear()
        assert not Memory(store, Tree(), ()).recall(directory)
    stamp.cache_clear()
    assert Memory(store, Tree(), ()).recall(directory)


def test_a_rule_that_crashes_is_not_remembered(
    fork: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> Iterator[Problem]:
        raise ZeroDivisionError

    rule = RULES["name-taken"]
    monkeypatch.setitem(BY_MODULE[rule.check.__module__], rule.id, replace(rule, check=crash))
    assert run(capsys, str(fork / "integrations")).status == 2
    assert not [file for file in entries(cache) if file.stat().st_size]


def test_unchanged_work_imports_no_rule(fork: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "toolkit", "lint", str(fork / "integrations")]
    first, second = (subprocess.run(command, capture_output=True, text=True, timeout=60) for _ in range(2))
    assert first.stdout == second.stdout
    assert "toolkit.rules" in first.stderr
    assert "toolkit.rules" not in second.stderr
    assert "toolkit.json_text" not in second.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_eight_processes_killed_at_random(fork: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random_ = random.Random(SEED)
    path = str(fork / "integrations")
    expected = run(capsys, "--no-cache", path)
    command = [sys.executable, "-m", "toolkit", "lint", path]
    for _ in range(2):
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(8)
        ]
        killed = random_.sample(running, 5)
        for process in killed:
            time.sleep(random_.random() / 5)
            process.send_signal(signal.SIGKILL)
        for process in running:
            output, _ = process.communicate(timeout=60)
            if process not in killed:
                assert (process.returncode, output) == expected[:2]
        assert run(capsys, path) == expected
    left = [file for file in files(cache) if "." in file.name]
    assert len(entries(cache)) - sum(file.parent == cache for file in left) == len(NAMES) + 2
    for file in left:
        os.utime(file, (time.time() - LEFTOVER - 60,) * 2)
    for directory in (cache, cache / "icons"):
        (directory / "checked").unlink()
        store = Store(directory)
        store.put("x", ())
        store.tidy()
    assert not [file for file in files(cache) if "." in file.name]


def test_icons_are_drawn_once_whatever_else_changes(fork: Path, capsys: pytest.CaptureFixture[str]) -> None:
    integrations = str(fork / "integrations")
    fresh = run(capsys, integrations, "--no-cache")
    readme = fork / "integrations" / NAMES[0] / "README.md"
    with pytest.MonkeyPatch.context() as patched:
        drawn = list[str]()
        original = RenderProcess.statistics

        def counted(process: RenderProcess, canvas: Canvas) -> Statistics:
            drawn.append(canvas.svg)
            return original(process, canvas)

        patched.setattr(RenderProcess, "statistics", counted)
        assert run(capsys, integrations) == fresh
        first = len(drawn)
        assert first
        readme.write_text(readme.read_text() + "\nMore.\n")
        again = run(capsys, integrations)
        assert len(drawn) == first
    assert again == run(capsys, integrations, "--no-cache")


def test_an_icon_that_is_not_drawn_is_tried_again(tmp_path: Path) -> None:
    store, icon = Store(tmp_path), b"<svg/>"
    figures = Figures(store)
    assert figures.get(icon) is None
    assert not figures.cover([Path(__file__)])
    with IconRenderer(figures) as renderer:
        assert isinstance(renderer.measure(icon), NotMeasured)
    assert figures.get(icon) is None
    assert not files(tmp_path)
