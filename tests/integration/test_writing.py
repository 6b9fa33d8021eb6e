"""What is written stays inside the directory, keeps what it had, and takes nothing that somebody else has written."""

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command
from toolkit.config import Settings
from toolkit.errors import LditError
from toolkit.fixes import fix
from toolkit.integration import Integration
from toolkit.integration.writing import write_text

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "sample-integration"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="20"/></svg>\n'


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme"))


def linked(acme: Path, target: Path) -> Path:
    """The square icon becomes a link to an icon that can be fixed; what stands at its end."""
    icon = acme / "assets" / "square.svg"
    target.write_text(ICON)
    icon.unlink()
    icon.symlink_to(target)
    return target


def test_a_fix_writes_nothing_through_a_link_out_of_the_directory(acme: Path, tmp_path: Path) -> None:
    target = linked(acme, tmp_path / "shared.svg")
    (acme / "manifest.json").write_text((acme / "manifest.json").read_text().rstrip())
    run = CliRunner().invoke(command, ["lint", str(acme), "--isolated", "--fix"])
    assert target.read_text() == ICON
    assert "assets/square.svg is a link out of the directory" in run.output
    assert "<circle" not in run.output
    assert (acme / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()


def test_nothing_is_written_when_one_of_the_files_is_outside(acme: Path, tmp_path: Path) -> None:
    target = linked(acme, tmp_path / "shared.svg")
    with pytest.raises(LditError, match=r"assets/square\.svg is a link out of the directory"):
        Integration.read(acme).write({"README.md": b"Acme\n", "assets/square.svg": b"<svg/>"})
    assert target.read_text() == ICON
    assert (acme / "README.md").read_bytes() == (SAMPLE / "README.md").read_bytes()


def test_a_link_inside_the_directory_is_followed(acme: Path) -> None:
    target = linked(acme, acme / "assets" / "mark.svg")
    before = Integration.read(acme)
    after = fix(before, Settings(select=("icon-without-viewbox",))).integration
    after.write(after.changed_since(before))
    assert 'viewBox="0 0 40 40"' in target.read_text()
    assert (acme / "assets" / "square.svg").is_symlink()


def test_the_directory_itself_may_be_a_link(acme: Path, tmp_path: Path) -> None:
    (acme / "manifest.json").write_text((acme / "manifest.json").read_text().rstrip())
    (tmp_path / "here").symlink_to(acme)
    run = CliRunner().invoke(command, ["lint", str(tmp_path / "here"), "--isolated", "--fix"])
    assert "outside" not in run.output
    assert (acme / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()


def square(acme: Path) -> Path:
    """The square icon, which can be fixed."""
    icon = acme / "assets" / "square.svg"
    icon.write_text(ICON)
    return icon


def fixed(acme: Path) -> dict[str, bytes]:
    before = Integration.read(acme)
    return fix(before, Settings(select=frozenset({"icon-without-viewbox"}))).integration.changed_since(before)


@pytest.mark.parametrize("mode", [0o600, 0o755, 0o664])
def test_the_mode_stays(acme: Path, mode: int) -> None:
    icon = square(acme)
    icon.chmod(mode)
    Integration.read(acme).write(fixed(acme))
    assert "viewBox" in icon.read_text()
    assert stat.S_IMODE(icon.stat().st_mode) == mode


def test_no_program_of_another_user_is_made(acme: Path) -> None:
    icon = square(acme)
    icon.chmod(0o6755)
    Integration.read(acme).write(fixed(acme))
    assert stat.S_IMODE(icon.stat().st_mode) == 0o755


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to be root")
def test_owner_and_group_stay(acme: Path) -> None:
    icon = square(acme)
    os.chown(icon, 1234, 2345)
    Integration.read(acme).write(fixed(acme))
    assert "viewBox" in icon.read_text()
    assert (icon.stat().st_uid, icon.stat().st_gid) == (1234, 2345)


def test_extended_attributes_stay(acme: Path) -> None:
    icon = square(acme)
    try:
        os.setxattr(icon, "user.note", b"ours")
    except (AttributeError, OSError):
        pytest.skip("the file system has no extended attributes")
    Integration.read(acme).write(fixed(acme))
    assert "viewBox" in icon.read_text()
    assert os.getxattr(icon, "user.note") == b"ours"


def test_a_file_with_another_name_is_refused(acme: Path, tmp_path: Path) -> None:
    icon = square(acme)
    (tmp_path / "other.svg").hardlink_to(icon)
    with pytest.raises(LditError, match=r"square\.svg has 2 names \(hard links\)"):
        Integration.read(acme).write(fixed(acme))
    assert icon.read_text() == ICON


def test_a_read_only_file_is_refused(acme: Path) -> None:
    icon = square(acme)
    icon.chmod(0o444)
    with pytest.raises(LditError, match=r"square\.svg is read-only"):
        Integration.read(acme).write(fixed(acme))
    assert icon.read_text() == ICON


def test_what_somebody_wrote_meanwhile_stays(acme: Path) -> None:
    icon = square(acme)
    before = Integration.read(acme)
    after = fix(before, Settings(select=frozenset({"icon-without-viewbox"}))).integration
    icon.write_text("mine")
    for one in (before, after):
        with pytest.raises(LditError, match=r"square\.svg was changed meanwhile"):
            one.write(after.changed_since(before))
    assert icon.read_text() == "mine"
    icon.unlink()
    with pytest.raises(LditError, match=r"square\.svg is gone"):
        before.write(after.changed_since(before))
    (acme / "NEW.md").write_text("mine")
    with pytest.raises(LditError, match=r"NEW\.md is there meanwhile"):
        before.write({"NEW.md": b"ours"})
    assert (acme / "NEW.md").read_text() == "mine"
    assert not list(acme.rglob(".ldit-*"))


def test_a_change_between_the_look_and_the_write_is_seen(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    icon, sync = square(acme), os.fsync
    before = Integration.read(acme)
    replacing = fixed(acme)

    def slow(handle: int) -> None:
        sync(handle)
        icon.write_text("mine")

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(LditError, match="was changed meanwhile"):
        before.write(replacing)
    assert icon.read_text() == "mine"
    assert not list(acme.rglob(".ldit-*"))


def test_what_a_killed_run_left_is_not_reported_and_removed_by_the_next(acme: Path) -> None:
    left = acme / "assets" / ".ldit-abcdefgh"
    left.write_text("half")
    assert not any(".ldit" in path for path in Integration.read(acme).files)
    run = CliRunner().invoke(command, ["lint", str(acme), "--isolated"])
    assert ".ldit" not in run.output
    assert left.exists()
    CliRunner().invoke(command, ["lint", str(acme), "--isolated", "--fix"])
    assert not left.exists()


@pytest.mark.skipif(os.name != "posix", reason="needs locks on files")
def test_what_another_run_is_writing_stays(acme: Path) -> None:
    import fcntl

    busy = acme / ".ldit-busybusy"
    with busy.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        Integration.read(acme).remove_leftovers()
        assert busy.exists()
    Integration.read(acme).remove_leftovers()
    assert not busy.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_no_run_of_ours_leaves_stays_and_is_not_waited_for(acme: Path) -> None:
    os.mkfifo(acme / ".ldit-pipe")
    (acme / ".ldit-link").symlink_to("manifest.json")
    (acme / ".ldit-nowhere").symlink_to("nowhere")
    (acme / ".ldit-left").write_text("{")
    Integration.read(acme).remove_leftovers()
    assert {path.name for path in acme.glob(".ldit-*")} == {".ldit-pipe", ".ldit-link", ".ldit-nowhere"}


def test_an_output_may_be_a_device(tmp_path: Path) -> None:
    write_text(Path(os.devnull), "away")
    assert not Path(os.devnull).is_file()
    write_text(tmp_path / "report", "here\n")
    assert (tmp_path / "report").read_text() == "here\n"
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o644


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize("target", ["/proc/self/environ", "/dev/zero", "/etc/passwd", "/"])
def test_a_link_out_of_the_directory_is_said_and_never_opened(acme: Path, target: str) -> None:
    (acme / "README.md").unlink()
    (acme / "README.md").symlink_to(target)
    file = Integration.read(acme).files["README.md"]
    assert file.failure[0] == "README.md is a link out of the directory"
    run = CliRunner().invoke(command, ["lint", str(acme), "--isolated"])
    assert "README.md is a link out of the directory" in run.output
    assert "root:" not in run.output


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_became_a_pipe_is_not_waited_for(acme: Path) -> None:
    file = Integration.read(acme).files["README.md"]
    (acme / "README.md").unlink()
    os.mkfifo(acme / "README.md")
    assert file.failure[0] == "README.md cannot be read: not a regular file"


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize(
    "call", ["tempfile.mkstemp", "os.fdopen", "os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace"]
)
def test_whatever_the_system_refuses_the_old_bytes_stay(
    acme: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    icon = square(acme)
    before, replacing = Integration.read(acme), fixed(acme)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patched:
        patched.setattr(call, refuse)
        with pytest.raises(LditError, match=r"square\.svg cannot be written: " + os.strerror(error).lower()):
            before.write(replacing)
    assert icon.read_text() == ICON
    assert not list(acme.rglob(".ldit-*"))


@pytest.mark.skipif(os.name != "posix", reason="kills processes")
def test_killed_at_any_moment_each_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    """LDIT_KILLS runs are killed (-9) at moments that LDIT_SEED chooses, once they have begun to write."""
    seed, kills = int(os.environ.get("LDIT_SEED", "12")), int(os.environ.get("LDIT_KILLS", "3"))
    moments = random.Random(seed)
    tree = tmp_path / "integrations"
    for number in range(12):
        shutil.copytree(SAMPLE, tree / f"acme-{number:02}")
    manifests = sorted(tree.glob("*/manifest.json"))
    new = manifests[0].read_bytes()
    old = new.replace(b'.",', b'",', 1)
    command = [sys.executable, "-m", "toolkit", "lint", str(tree), "--fix", "--select", "overview-without-period"]
    hits = 0
    while hits < kills:
        for manifest in manifests:
            manifest.write_bytes(old)
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
        while manifests[0].read_bytes() == old and process.poll() is None:
            time.sleep(0.001)
        time.sleep(moments.random() * 0.02)
        hits += process.poll() is None
        process.kill()
        process.wait()
        assert {manifest.read_bytes() for manifest in manifests} <= {old, new}, f"LDIT_SEED={seed}"
    assert (
        subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False).returncode
        == 0
    )
    assert {manifest.read_bytes() for manifest in manifests} == {new}
    assert not list(tree.rglob(".ldit-*"))
