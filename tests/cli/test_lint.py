"""``ldit lint`` as a user runs it: what it prints where, and its exit status."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests import program
from toolkit import resources

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample-integration"


def ldit(
    *arguments: str | Path, cwd: Path = ROOT, before: tuple[str, ...] = (), typed: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    if not before:
        return program.run(*arguments, cwd=cwd, environment=environment, typed=typed)
    command = [*before, sys.executable, "-W", "error", "-m", "toolkit", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, input=typed, capture_output=True, text=True, check=False)


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A fork with one damaged integration, in which reserved hosts are in order."""
    directory = tmp_path / "integrations" / "acme"
    shutil.copytree(SAMPLE, directory)
    (tmp_path / "ldit.toml").write_text('ignore = ["placeholder-host"]\n')
    manifest = directory / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace('.",\n', '",\n', 1).replace("otherCapabilities", "otherCapability")
    )
    return directory


def test_the_sample_is_clean() -> None:
    run = ldit("lint", "sample-integration")
    assert (run.returncode, run.stdout, run.stderr) == (0, "1 integration, nothing found\n", "")


def test_a_finding_names_place_and_remedy(acme: Path) -> None:
    run = ldit("lint", "integrations/acme", cwd=acme.parents[1])
    assert run.returncode == 1
    assert run.stderr == ""
    assert "error[overview-without-period]: overview does not end in a period [*]\n" in run.stdout
    assert "--> integrations/acme/manifest.json:4:15\n" in run.stdout
    assert "help: did you mean `otherCapabilities`?" in run.stdout
    assert "\x1b" not in run.stdout


@pytest.mark.parametrize("path", [".", "..", "../.."])
def test_the_directory_has_a_name_even_from_inside(acme: Path, path: str) -> None:
    where = {".": acme, "..": acme / "assets", "../..": acme / "assets" / "deep"}[path]
    where.mkdir(exist_ok=True)
    assert ldit("lint", path, cwd=where).stdout.startswith("acme — Acme Signals\n")


def test_every_kind_of_path_means_the_integration(acme: Path) -> None:
    expected = ldit("lint", acme, "--format", "json").stdout
    for path in (acme / "manifest.json", acme / "assets" / "square.svg", acme.parent, acme.parents[1]):
        run = ldit("lint", path, "--format", "json")
        assert run.returncode == 1
        assert run.stdout == expected


def test_the_json_report_fits_its_schema(acme: Path) -> None:
    schema = json.loads(resources.path("schemas/lint-report.json").read_text())
    report = json.loads(ldit("lint", acme, SAMPLE, "--format", "json").stdout)
    jsonschema.Draft7Validator(schema).validate(report)
    assert report["summary"]["integrations"] == 2
    assert report["summary"]["errors"] == sum(len(each["findings"]) for each in report["integrations"]) > 0


def test_each_integration_has_the_settings_around_it(acme: Path, tmp_path: Path) -> None:
    for name in ("aaa", "zzz"):  # one directory sorts before the fork with the other configuration, one after it
        other = tmp_path / name
        shutil.copytree(SAMPLE, other / "integrations" / "other")
        (other / "ldit.toml").write_text('fail-on = "warning"\nselect = ["placeholder-host"]\n')
        run = ldit("lint", other, acme, "--format", "json")
        rules = {
            Path(each["path"]).name: {finding["rule"] for finding in each["findings"]}
            for each in json.loads(run.stdout)["integrations"]
        }
        assert rules["other"] == {"placeholder-host"}
        assert "overview-without-period" in rules["acme"]
        assert "placeholder-host" not in rules["acme"]
    (acme / "manifest.json").write_text((SAMPLE / "manifest.json").read_text())
    assert ldit("lint", acme).returncode == 0
    assert ldit("lint", tmp_path / "zzz", acme).returncode == 1, "the warnings of one of them let the run fail"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_not_thrown(acme: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "lint", str(acme)]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, "error: output: no space left on device\n")


def test_an_output_that_takes_only_ascii_gets_escapes(acme: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "lint", str(acme)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (1, b"")
    assert b" \\u2014 Acme Signals" in run.stdout


@pytest.mark.parametrize("wanted", [{"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}])
def test_colours_come_where_they_are_wanted(acme: Path, wanted: dict[str, str]) -> None:
    command = [sys.executable, "-m", "toolkit", "lint", str(acme)]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | wanted, capture_output=True, text=True, check=False)
    assert ("\x1b[" in run.stdout) is ("NO_COLOR" not in wanted)


@pytest.mark.parametrize("path", ["sample-integration", "nowhere", "tests/cli"])
def test_without_options_it_is_the_same_command(path: str) -> None:
    short, long = ldit("lint", path), ldit("lint", "--format", "text", path)
    assert (short.returncode, short.stdout, short.stderr) == (long.returncode, long.stdout, long.stderr)


def test_a_reader_that_has_seen_enough_is_no_error(acme: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "lint", str(acme)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout and run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""


def test_nothing_to_lint(tmp_path: Path) -> None:
    run = ldit("lint", tmp_path)
    assert run.returncode == 3
    assert run.stdout == ""
    assert "nothing to lint" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "error: nowhere: no such file or directory"),
        ([".", "--select", "overview-perod"], "help: did you mean `overview-without-period`?"),
        ([".", "--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_what_cannot_run_exits_with_2(arguments: list[str], message: str) -> None:
    run = ldit("lint", *arguments)
    assert run.returncode == 2
    assert run.stdout == ""
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def powerless() -> tuple[str, ...]:
    """What to put before a command so that file permissions hold for it; root may read anything otherwise."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root without setpriv may read anything")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def test_what_cannot_be_read_is_said(acme: Path) -> None:
    (acme / "manifest.json").chmod(0)
    run = ldit("lint", acme, before=powerless())
    assert run.returncode == 1
    assert "manifest.json cannot be read: permission denied" in run.stdout
    acme.chmod(0)
    run = ldit("lint", acme, before=powerless())
    assert run.returncode == 2
    assert "permission denied" in run.stderr
    acme.chmod(0o755)


def test_select_ignore_gate_and_fail_on(acme: Path) -> None:
    def rules(*arguments: str) -> list[str]:
        report = json.loads(ldit("lint", acme, "--format", "json", *arguments).stdout)
        return [finding["rule"] for finding in report["integrations"][0]["findings"]]

    assert "overview-without-period" in rules()
    assert rules("--select", "wording") == ["overview-without-period"]
    assert "overview-without-period" not in rules("--ignore", "overview-without-period")
    assert rules("--gate", "format") == []
    assert ldit("lint", acme, "--gate", "format").returncode == 0
    assert ldit("lint", SAMPLE, "--fail-on", "note").returncode == 0


def test_hostile_text_does_not_reach_the_terminal(acme: Path) -> None:
    manifest = acme / "manifest.json"
    manifest.write_text(manifest.read_text().replace("Acme", "\x1b[2JAcme\u202e"))
    output = ldit("lint", acme).stdout
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_the_version() -> None:
    assert ldit("--version").stdout == ldit("--version", "--help").stdout.partition("\n")[0] + "\n"


def test_several_formats_and_outputs(acme: Path, tmp_path: Path) -> None:
    sarif = tmp_path / "out.sarif"
    run = ldit("lint", acme, "--format", "sarif", "--output", sarif, "--format", "text")
    assert json.loads(sarif.read_text())["version"] == "2.1.0"
    assert "overview does not end in a period" in run.stdout
    refused = ldit("lint", acme, "--output", sarif, "--output", sarif)
    assert refused.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "written", "printed"),
    [
        (["--format", "text", "--format", "json", "--output", "o"], "json", "text"),
        (["--format", "json", "--output", "o", "--format", "text"], "json", "text"),
        (["--output", "o", "--format", "json"], "json", ""),
        (["--format", "json", "-o", "o"], "", ""),
        (["--output", "o"], "text", ""),
    ],
)
def test_an_output_belongs_to_the_format_before_it(
    acme: Path, tmp_path: Path, arguments: list[str], written: str, printed: str
) -> None:
    def kind(text: str) -> str:
        return "json" if text.startswith("{") else "text" if "error[" in text else ""

    run = ldit("lint", acme, *arguments, cwd=tmp_path)
    output = tmp_path / "o"
    assert (kind(output.read_text()) if output.exists() else "", kind(run.stdout)) == (written, printed)
    assert run.returncode == (1 if written else 2)


def test_an_output_may_be_standard_output(acme: Path) -> None:
    run = ldit("lint", acme, "--format", "json", "--output", "/dev/stdout")
    assert json.loads(run.stdout)["summary"]["integrations"] == 1


def test_a_baseline_hides_what_is_known(acme: Path, tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    assert ldit("lint", acme, "--write-baseline", known).returncode == 0
    run = ldit("lint", acme, "--baseline", known)
    assert (run.returncode, run.stdout) == (0, "1 integration, nothing else\nhidden: 2 by the baseline\n")
    shutil.copy(SAMPLE / "manifest.json", acme / "manifest.json")
    run = ldit("lint", acme, "--baseline", known)
    assert run.stdout.splitlines() == [
        "1 integration, nothing found",
        "2 entries of the baseline found nothing: "
        "acme: overview-without-period, acme: schema-violation; write it again",
    ]
    assert "baseline" not in ldit("lint", acme, "--baseline", known, "--select", "icons").stdout, "nobody looked"


def test_fix_and_diff(acme: Path) -> None:
    before = (acme / "manifest.json").read_text()
    shown = ldit("lint", acme, "--diff")
    assert shown.returncode == 1
    assert '-  "otherCapability"' in shown.stdout
    assert (acme / "manifest.json").read_text() == before
    assert '-  "otherCapability"' in ldit("lint", acme, "--diff", "--unsafe-fixes").stdout
    assert (acme / "manifest.json").read_text() == before
    assert ldit("lint", acme, "--fix").returncode == 0
    assert (acme / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()
    assert ldit("lint", acme, "--diff").returncode == 0


def test_an_unsaved_file_is_checked_as_it_is_typed(acme: Path) -> None:
    typed = (SAMPLE / "manifest.json").read_text().replace('."', '"', 1)
    run = ldit("lint", "--stdin-file", acme / "manifest.json", "--format", "json", typed=typed)
    (integration,) = json.loads(run.stdout)["integrations"]
    assert [finding["rule"] for finding in integration["findings"]] == ["overview-without-period"]
    assert (
        ldit("lint", "--stdin-file", acme / "manifest.json", typed=(SAMPLE / "manifest.json").read_text()).returncode
        == 0
    )


def test_what_is_not_saved_is_never_written(acme: Path) -> None:
    before = (acme / "manifest.json").read_bytes()
    run = ldit("lint", "--fix", "--stdin-file", acme / "manifest.json", typed=before.decode())
    assert run.returncode == 2
    assert "--fix would write what is not saved yet" in run.stderr
    assert (acme / "manifest.json").read_bytes() == before


def test_unsafe_fixes_are_fixes(acme: Path) -> None:
    manifest = acme / "manifest.json"
    manifest.write_text((SAMPLE / "manifest.json").read_text().replace('.",\n', '",\n', 1))
    assert ldit("lint", acme, "--unsafe-fixes").returncode == 0
    assert manifest.read_bytes() == (SAMPLE / "manifest.json").read_bytes()
    refused = ldit("lint", "--unsafe-fixes", "--stdin-file", manifest, typed="{}")
    assert (refused.returncode, "not saved yet" in refused.stderr) == (2, True)


def test_what_cannot_be_written_is_said_and_the_others_are_fixed(acme: Path) -> None:
    other = acme.parent / "bolt"
    shutil.copytree(acme, other)
    (acme / "manifest.json").chmod(0o444)
    run = ldit("lint", acme.parent, "--fix", before=powerless())
    assert run.returncode == 2
    assert run.stderr.startswith(f"error: {acme}/manifest.json is read-only and is not written\n")
    assert "overview does not end in a period" in run.stdout
    assert (other / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()


def test_what_cannot_be_listed_does_not_stop_the_others(acme: Path) -> None:
    shutil.copytree(acme, acme.parent / "bolt")
    acme.chmod(0)
    run = ldit("lint", acme.parent, before=powerless())
    acme.chmod(0o755)
    assert run.returncode == 2
    assert run.stderr == f"error: {acme}: permission denied\n"
    assert "bolt/manifest.json:4:15" in run.stdout


def test_closed_streams(acme: Path) -> None:
    def shell(line: str) -> tuple[int, str, str]:
        command = ["sh", "-c", f'"{sys.executable}" -m toolkit {line}']
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return run.returncode, run.stdout, run.stderr

    said = "error: standard output is closed\nhelp: send it to /dev/null where it is not wanted\n"
    for line in (f"lint {acme} >&-", f"lint {acme} --format text >&-", "rules >&-"):
        assert shell(line) == (2, "", said)
    status, output, errors = shell(f"lint {acme} <&-")
    assert (status, errors) == (1, "")
    assert shell(f"lint {acme} 2>&-") == (1, output, "")
    assert shell("lint nowhere 2>&-") == (2, "", "")
    status, _, errors = shell("new <&-")
    assert status == 2
    assert "Traceback" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_standard_error_changes_no_status() -> None:
    for line, status in (("lint nowhere", 2), ("lint --all --format text nowhere", 2), ("lint tests/cli", 3)):
        command = [sys.executable, "-m", "toolkit", *line.split()]
        with Path("/dev/full").open("w") as full:
            run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=full, check=False)
        assert (run.returncode, run.stdout) == (status, b""), line


@pytest.mark.parametrize("options", [[], ["--format", "text"], ["--\x1b[2J"], ["--config", "x\n::error::\x1b[2J"]])
def test_what_is_said_cannot_steer_a_terminal_or_a_log(options: list[str]) -> None:
    run = ldit("lint", *options, "no\x1b[2J\n::error::where")
    assert run.returncode == 2
    assert "\x1b" not in run.stderr
    assert "\\x1b" in run.stderr
    assert not any(line.startswith("::") for line in run.stderr.splitlines())


@pytest.mark.parametrize("options", [[], ["--format", "text"]])
def test_ctrl_c_is_130(acme: Path, options: list[str]) -> None:
    command = [sys.executable, "-c", INTERRUPTED, "lint", *options, str(acme)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")


INTERRUPTED = """
import os, signal, toolkit.cli.selection, toolkit.__main__
def discover(paths):
    os.kill(os.getpid(), signal.SIGINT)
    return []
toolkit.cli.selection.discover = discover
toolkit.__main__.main()
"""


class Watched:
    """``ldit lint --watch``, and what it has printed so far."""

    def __init__(self, log: Path, *arguments: str | Path, cwd: Path = ROOT) -> None:
        self.log = log
        command = [sys.executable, "-m", "toolkit", "lint", *map(str, arguments), "--watch"]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=cwd, stdout=output, stderr=output, env=os.environ | {"PYTHONPATH": str(ROOT)}
            )

    def wait_for(self, text: str, act: Callable[[], object] = lambda: None) -> None:
        """Acts again and again, since a watcher needs a moment to be ready, until ``text`` is there."""
        deadline = time.monotonic() + 30
        while text not in self.log.read_text():
            assert time.monotonic() < deadline, self.log.read_text()
            if "watching" in self.log.read_text():
                act()
            time.sleep(0.1)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def test_watching_checks_again_what_changes(acme: Path, tmp_path: Path) -> None:
    watched = Watched(tmp_path / "log", "integrations/acme", "--select", "overview-without-period", cwd=tmp_path)
    watched.wait_for("integrations/acme/manifest.json:4:15")
    watched.wait_for("nothing found", lambda: shutil.copy(SAMPLE / "manifest.json", acme / "manifest.json"))
    watched.wait_for("integrations/acme is gone\n", lambda: shutil.rmtree(acme, ignore_errors=True))
    assert watched.interrupt() == 130
    assert "Traceback" not in watched.log.read_text()
    assert str(tmp_path) not in watched.log.read_text(), "paths are shown as they were given"
