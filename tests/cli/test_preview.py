"""``ldit preview``: the picture has what the card has."""

import io
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import urllib3
from click.testing import CliRunner
from PIL import Image

from toolkit.cli.main import command

SAMPLE = Path(__file__).parents[2] / "sample-integration"


def drawn(tmp_path: Path, *paths: Path | str) -> Image.Image:
    target = tmp_path / "card.png"
    run = CliRunner().invoke(command, ["preview", *map(str, paths), "--png", str(target)])
    assert run.exit_code == 0, run.output
    assert run.stdout == f"{target}\n"
    return Image.open(io.BytesIO(target.read_bytes())).convert("RGB")


def test_a_card_on_light_and_on_dark(tmp_path: Path) -> None:
    card = drawn(tmp_path, SAMPLE)
    light, dark = card.getpixel((1, 1)), card.getpixel((card.width - 2, 1))
    assert isinstance(light, tuple)
    assert isinstance(dark, tuple)
    assert min(light) > 200 > 60 > max(dark)
    colors = card.getcolors(1 << 24)
    assert colors
    assert len(colors) > 50


def test_a_sheet_of_several(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme")
    shutil.copytree(SAMPLE, tmp_path / "integrations" / "bolt")
    one, two = drawn(tmp_path, SAMPLE), drawn(tmp_path, tmp_path / "integrations")
    assert two.size == (one.width, one.height * 2)
    beside = drawn(tmp_path, tmp_path / "integrations", "--columns", "2")
    assert beside.size == (one.width * 2, one.height)


@pytest.mark.parametrize("damage", ["manifest.json", "assets/square.svg"])
def test_what_is_damaged_is_drawn_all_the_same(tmp_path: Path, damage: str) -> None:
    acme = Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme"))
    (acme / damage).write_text("<broken")
    assert drawn(tmp_path, acme).width > 100


def test_a_page_that_needs_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "card.html"
    run = CliRunner().invoke(command, ["preview", str(SAMPLE), "--html", str(target)])
    assert (run.exit_code, run.stdout) == (0, f"{target}\n")
    text = target.read_text()
    assert "Acme Signals" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--png", "x.jpg", "x.jpg: --png writes no .jpg\nhelp: use --png FILE.png or --html FILE.html\n"),
        ("--png", "x", "x: --png writes no file without an ending\n"),
        ("--html", "x.png", "x.png: --html writes no .png\n"),
    ],
)
def test_a_format_that_there_is_not(tmp_path: Path, option: str, name: str, message: str) -> None:
    run = CliRunner().invoke(command, ["preview", str(SAMPLE), option, str(tmp_path / name)])
    assert run.exit_code == 2
    assert message in run.stderr
    assert not list(tmp_path.iterdir())


def test_the_live_page_is_there_until_it_is_interrupted() -> None:
    arguments = [sys.executable, "-m", "toolkit", "preview", str(SAMPLE), "--no-open"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert urllib3.request("GET", address).status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "follows every save; stop with Ctrl-C\n")


def test_nothing_to_draw(tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["preview", str(tmp_path), "--png", str(tmp_path / "card.png")])
    assert run.exit_code == 2
    assert not (tmp_path / "card.png").exists()
