"""Several processes find what one finds, in the same order, whatever becomes of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.cache.memory import Found
from toolkit.cli.cores import BATCH, ENOUGH, jobs_for
from toolkit.cli.door import main
from toolkit.cli.jobs import Outcome, outcomes

SAMPLE = Path(__file__).parents[2] / "sample-integration"
NUMBER = 3 * BATCH + 1


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """More integrations than three processes are given at once, each with a finding or two of its own."""
    for number in range(NUMBER):
        directory = tmp_path / "integrations" / f"acme-{number:02}"
        directory.mkdir(parents=True)
        for name in ("manifest.json", "README.md"):
            shutil.copyfile(SAMPLE / name, directory / name)
        manifest = json.loads((directory / "manifest.json").read_bytes())
        manifest |= {"name": f"Acme {number}", "overview": f"No period {number % 4}"}
        (directory / "manifest.json").write_text(json.dumps(manifest, indent=2))
    return tmp_path / "integrations"


def linted(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["lint", *arguments])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_the_report_is_the_same(tree: Path, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    arguments = (str(tree), "--format", format_)
    alone = linted(capsys, "--no-cache", "--jobs", "1", *arguments)
    assert alone[0] == 1
    for jobs in ("2", "3"):
        assert linted(capsys, "--no-cache", "--jobs", jobs, *arguments) == alone
    for _ in range(2):
        assert linted(capsys, "--jobs", "2", *arguments) == alone


@pytest.mark.parametrize(
    ("wanted", "integrations", "expected"),
    [(None, 1, 1), (None, ENOUGH - 1, 1), (1, 1000, 1), (4, 1000, 4), (4, BATCH, 1), (4, BATCH + 1, 2), (4, 0, 1)],
)
def test_as_many_as_pay(wanted: int | None, integrations: int, expected: int) -> None:
    assert jobs_for(wanted, integrations) == expected


Outcomes = dict[Path, Outcome]


def found(batch: list[Path]) -> Outcomes:
    return {path: Outcome(path.name.encode(), Found((), (), "")) for path in batch}


def _sound() -> Callable[[list[Path]], Outcomes]:
    return found


def _dying() -> Callable[[list[Path]], Outcomes]:
    def work(batch: list[Path]) -> Outcomes:
        if Path("10") in batch:
            os.kill(os.getpid(), signal.SIGKILL)
        return found(batch)

    return work


def _dead() -> Callable[[list[Path]], Outcomes]:
    os._exit(1)


DIRECTORIES = [Path(str(number)) for number in range(NUMBER)]


def test_answers_come_in_order() -> None:
    every = list(outcomes(_sound, DIRECTORIES, 3))  # type: ignore[arg-type]
    assert [path for batch in every for path in batch] == DIRECTORIES


def test_what_a_process_died_of_is_left_open() -> None:
    every = list(outcomes(_dying, DIRECTORIES, 2))  # type: ignore[arg-type]
    assert [len(batch) for batch in every] == [BATCH, 0, BATCH, 1]


def test_all_may_die() -> None:
    assert list(outcomes(_dead, DIRECTORIES, 2)) == [{}] * 4  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("whom", ["a worker", "all workers"])
def test_the_report_is_the_same_when_workers_are_killed(
    tree: Path, capsys: pytest.CaptureFixture[str], whom: str
) -> None:
    alone = linted(capsys, "--no-cache", "--jobs", "1", str(tree))
    process = start(tree)
    killed = wait_for_children(process.pid)
    for child in killed[: 1 if whom == "a worker" else None]:
        os.kill(child, signal.SIGKILL)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == alone[:2]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_an_interrupt_ends_all(tree: Path) -> None:
    process = start(tree)
    children = wait_for_children(process.pid)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (130, "", "")
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def start(tree: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "toolkit", "lint", "--no-cache", "--jobs", "2", str(tree)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_children(pid: int) -> list[int]:
    """The two processes that help another, once they are there."""
    for _ in range(3000):
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        if len(children) >= 2:
            return children
        time.sleep(0.01)
    raise AssertionError("no process has helped")
