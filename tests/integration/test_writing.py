"""What is written stays inside the directory of the integration."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command
from toolkit.config import Settings
from toolkit.errors import LditError
from toolkit.fixes import changes, fix
from toolkit.integration import Integration

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "sample-integration"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="20"/></svg>\n'


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme"))


def linked(acme: Path, target: Path) -> Path:
    """The square icon becomes a link to an icon that can be mended; what stands at its end."""
    icon = acme / "assets" / "square.svg"
    target.write_text(ICON)
    icon.unlink()
    icon.symlink_to(target)
    return target


def test_a_fix_writes_nothing_through_a_link_out_of_the_directory(acme: Path, tmp_path: Path) -> None:
    target = linked(acme, tmp_path / "shared.svg")
    (acme / "manifest.json").write_text((acme / "manifest.json").read_text().rstrip())
    run = CliRunner().invoke(command, ["lint", str(acme), "--isolated", "--fix"])
    assert run.exit_code == 0, run.output
    assert target.read_text() == ICON
    assert "assets/square.svg is a link out of the directory" in run.output
    assert "warning[icon-viewbox]" in run.output
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
    after.write(changes(before, after))
    assert 'viewBox="0 0 40 40"' in target.read_text()
    assert (acme / "assets" / "square.svg").is_symlink()


def test_the_directory_itself_may_be_a_link(acme: Path, tmp_path: Path) -> None:
    (acme / "manifest.json").write_text((acme / "manifest.json").read_text().rstrip())
    (tmp_path / "here").symlink_to(acme)
    run = CliRunner().invoke(command, ["lint", str(tmp_path / "here"), "--isolated", "--fix"])
    assert "outside" not in run.output
    assert (acme / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()
