"""``ldit lint`` as a user runs it: what it prints where, and its exit status."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from toolkit import resources

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample-integration"


def ldit(
    *arguments: str | Path, cwd: Path = ROOT, before: tuple[str, ...] = (), typed: str = ""
) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-W", "error", "-m", "toolkit", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
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
    assert "error[overview-period]: overview does not end in a period\n" in run.stdout
    assert "--> integrations/acme/manifest.json:4:15\n" in run.stdout
    assert "help: did you mean `otherCapabilities`?" in run.stdout
    assert "\x1b" not in run.stdout


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


def test_a_baseline_hides_what_is_known(acme: Path, tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    assert ldit("lint", acme, "--write-baseline", known).returncode == 0
    run = ldit("lint", acme, "--baseline", known)
    assert (run.returncode, run.stdout) == (0, "1 integration, nothing found\n")


def test_fix_and_diff(acme: Path) -> None:
    before = (acme / "manifest.json").read_text()
    shown = ldit("lint", acme, "--diff")
    assert shown.returncode == 1
    assert '-  "otherCapability"' in shown.stdout
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


def test_watching_checks_again_what_changes(acme: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "lint", str(acme), "--watch", "--select", "overview-without-period"]
    log = tmp_path / "log"
    with log.open("w") as output, subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output) as process:
        deadline = time.monotonic() + 30
        while "nothing found" not in log.read_text() and time.monotonic() < deadline:
            if "watching" in log.read_text():
                shutil.copy(SAMPLE / "manifest.json", acme / "manifest.json")
            time.sleep(0.1)
        process.terminate()
    assert "overview does not end in a period" in log.read_text()
    assert "nothing found" in log.read_text()
