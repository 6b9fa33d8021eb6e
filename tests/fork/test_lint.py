"""``ldit lint`` in a fork, as a partner runs it."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fork.forks import ENVIRONMENT, git, integration, ldit, make_fork, publish

ROOTED = ("github", "sarif", "gitlab")


def damage(fork: Path, name: str = "acme") -> None:
    integration(fork / "integrations" / name, name.title(), overview="No period here")


def test_a_pristine_clone(fork: Path) -> None:
    run = ldit(fork, "lint")
    line = "nothing to check: no integration differs from upstream/main (--all checks everything)\n"
    assert (run.returncode, run.stdout, run.stderr) == (0, "", line)
    assert ldit(fork, "lint", "--all").returncode == 0
    for options in (["--fix"], ["--fix", "--unsafe-fixes"], ["--diff"]):
        assert ldit(fork, "lint", *options).returncode == 0
    assert git(fork, "status", "--porcelain") == ""


def test_a_pristine_clone_of_the_corpus(tmp_path: Path, corpus: Path) -> None:
    fork = make_fork(tmp_path, "Acme")
    shutil.copytree(corpus / "integrations", fork / "integrations", dirs_exist_ok=True)
    publish(fork)
    run = ldit(fork, "lint")
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (0, "", 1)
    fixed = ldit(fork, "lint", "--fix")
    assert (fixed.returncode, git(fork, "status", "--porcelain")) == (0, "")
    (fork / "integrations" / "acme" / "README.md").write_text("# Acme\n")
    assert "integrations/acme" in (shown := ldit(fork, "lint", "--show-files").stdout)
    assert all(line.startswith("integrations/acme/") for line in shown.splitlines())


def test_fixes_touch_only_what_changed(fork: Path) -> None:
    damage(fork, "bolt")
    publish(fork)
    damage(fork, "acme")
    assert ldit(fork, "lint").returncode == 1
    assert ldit(fork, "lint", "--fix").returncode == 0
    assert "No period here." in (fork / "integrations/acme/manifest.json").read_text()
    assert git(fork, "status", "--porcelain") == "M integrations/acme/manifest.json".rjust(34)


def test_nothing_changed_is_an_empty_report_for_a_program(fork: Path, tmp_path: Path) -> None:
    run = ldit(fork, "lint", "--format", "sarif", "--output", tmp_path / "o.sarif", "--format", "json")
    assert run.returncode == 0
    assert json.loads(run.stdout)["integrations"] == []
    assert json.loads((tmp_path / "o.sarif").read_text())["runs"][0]["results"] == []
    assert run.stderr.startswith("nothing to check:")


def paths(text: str) -> set[str]:
    """The paths in a report of one of the formats."""
    if text.startswith("::"):
        return {part[5:] for line in text.splitlines() for part in line.split("::")[1].split(",") if "file=" in part}
    report = json.loads(text)
    if isinstance(report, list):
        return {one["location"]["path"] for one in report}
    places = [place for one in report["runs"][0]["results"] for place in one["locations"]]
    return {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}


@pytest.mark.parametrize("format_", ROOTED)
def test_reports_for_programs_name_files_from_the_root(fork: Path, format_: str) -> None:
    damage(fork)
    options = ["--select", "wording", "--format", format_]
    for where in (".", "integrations", "integrations/acme/assets"):
        run = ldit(fork / where, "lint", *options)
        assert paths(run.stdout) == {"integrations/acme/manifest.json"}, run.stderr
    for path in (fork, fork / "integrations" / "acme"):
        assert paths(ldit(fork.parent, "lint", path, *options).stdout) == {"integrations/acme/manifest.json"}
    assert paths(ldit(fork / "integrations", "lint", "acme", *options).stdout) == {"integrations/acme/manifest.json"}


def test_people_see_paths_from_where_they_are(fork: Path) -> None:
    damage(fork)
    assert "--> integrations/acme/manifest.json:" in ldit(fork, "lint").stdout
    assert "--> acme/manifest.json:" in ldit(fork / "integrations", "lint").stdout


def test_a_path_narrows_what_changed(fork: Path) -> None:
    damage(fork, "acme")
    damage(fork, "bolt")
    run = ldit(fork, "lint", "--changed", "upstream/main", "integrations/bolt", "integrations/crest", "--show-files")
    assert {line.split("/")[1] for line in run.stdout.splitlines()} == {"bolt"}
    assert ldit(fork, "lint", "--changed", "gone").returncode == 2
    assert ldit(fork.parent, "lint", "--changed", "main", fork.parent).returncode == 2
    refused = ldit(fork, "lint", "--all", "integrations/acme")
    assert (refused.returncode, refused.stderr.partition("\n")[0]) == (2, "error: --all leaves nothing to name")


def test_a_baseline_is_made_of_everything(fork: Path) -> None:
    damage(fork, "bolt")
    publish(fork)
    damage(fork, "acme")
    assert ldit(fork, "lint", "--write-baseline", "known.json").returncode == 0
    known = json.loads((fork / "known.json").read_text())["findings"].values()
    assert {one["integration"] for one in known if one["rule"] == "overview-without-period"} == {"acme", "bolt"}


def test_a_deleted_path_does_not_stop_the_others(fork: Path) -> None:
    damage(fork, "bolt")
    (fork / "integrations/acme/manifest.json").unlink()
    git(fork, "rm", "-rq", "integrations/crest")
    names = ["acme/manifest.json", "crest/manifest.json", "bolt/manifest.json"]
    run = ldit(fork, "lint", *(f"integrations/{name}" for name in names), "--format", "json")
    assert (run.returncode, run.stderr) == (1, "")
    found = {
        one["path"]: {finding["rule"] for finding in one["findings"]} for one in json.loads(run.stdout)["integrations"]
    }
    assert found.keys() == {"integrations/acme", "integrations/bolt"}
    assert "overview-without-period" in found["integrations/bolt"]


def test_a_path_that_never_was_is_said_and_the_others_are_checked(fork: Path) -> None:
    damage(fork, "bolt")
    run = ldit(fork, "lint", "integrations/acne", "integrations/bolt")
    assert run.returncode == 2
    assert run.stderr == "error: integrations/acne: no such file or directory\n"
    assert "overview does not end in a period" in run.stdout


def test_exit_zero(fork: Path) -> None:
    damage(fork)
    run = ldit(fork, "lint", "--exit-zero")
    assert run.returncode == 0
    assert "overview does not end in a period" in run.stdout
    assert ldit(fork, "lint", "--exit-zero", "integrations/acne").returncode == 2


def test_the_files_and_settings_of_a_run(fork: Path) -> None:
    damage(fork)
    (fork / "ldit.toml").write_text('ignore = ["overview-without-period"]\nfail-on = "warning"\n')
    files = [f"integrations/acme/{name}" for name in ("assets/horizontal.svg", "assets/square.svg", "manifest.json")]
    assert ldit(fork, "lint", "--show-files").stdout.splitlines() == files
    shown = ldit(fork, "lint", "--show-settings", "--ignore", "missing-icon").stdout.splitlines()
    assert shown[0] == "integrations/acme:"
    assert f"  configuration = {fork / 'ldit.toml'}" in shown
    assert "  ignore = missing-icon, overview-without-period" in shown
    assert "  fail-on = warning" in shown


def test_one_git_is_asked_by_a_hook(fork: Path, tmp_path: Path) -> None:
    real = shutil.which("git")
    counting = tmp_path / "bin" / "git"
    counting.parent.mkdir()
    counting.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/calls\nexec {real} "$@"\n')
    counting.chmod(0o755)
    environment = {"PATH": f"{counting.parent}:/usr/bin:/bin", "PRE_COMMIT": "1"}
    assert ldit(fork, "lint", environment=environment).returncode == 0
    assert len((tmp_path / "calls").read_text().splitlines()) == 1
    (tmp_path / "calls").unlink()
    assert ldit(fork, "lint", environment=environment | {"PRE_COMMIT": "0"}).returncode == 0
    assert len((tmp_path / "calls").read_text().splitlines()) <= 5


def test_hooks_start_without_what_reads_options(fork: Path) -> None:
    damage(fork)
    program = (
        "import os, sys\nsys.argv = ['ldit', 'lint', '--fix']\n"
        "os._exit = lambda status: print(sorted({'click', 'jinja2', 'asyncio'} & sys.modules.keys()))\n"
        "import toolkit.__main__\ntry:\n    toolkit.__main__.main()\nexcept SystemExit:\n    pass\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=fork, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_watching_sees_what_begins_to_change(fork: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-m", "toolkit", "lint", "--watch", "--select", "overview-without-period"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=fork, env=ENVIRONMENT, stdout=output, stderr=output)
    deadline = time.monotonic() + 60
    while "integrations/acme/manifest.json:4:15" not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        if "watching" in log.read_text():
            damage(fork)
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert "bolt" not in log.read_text()
