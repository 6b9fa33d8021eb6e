"""``ldit preview``: the picture has what the card has."""

import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from toolkit.cli.main import command

SAMPLE = Path(__file__).parents[2] / "sample-integration"


def drawn(tmp_path: Path, *paths: Path) -> Image.Image:
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
    colours = card.getcolors(1 << 24)
    assert colours
    assert len(colours) > 50


def test_a_sheet_of_several(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme")
    shutil.copytree(SAMPLE, tmp_path / "integrations" / "bolt")
    one, two = drawn(tmp_path, SAMPLE), drawn(tmp_path, tmp_path / "integrations")
    assert two.size == (one.width * 2, one.height)


@pytest.mark.parametrize("damage", ["manifest.json", "assets/square.svg"])
def test_what_is_damaged_is_drawn_all_the_same(tmp_path: Path, damage: str) -> None:
    acme = Path(shutil.copytree(SAMPLE, tmp_path / "integrations" / "acme"))
    (acme / damage).write_text("<broken")
    assert drawn(tmp_path, acme).width > 100


def test_nothing_to_draw(tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["preview", str(tmp_path), "--png", str(tmp_path / "card.png")])
    assert run.exit_code == 2
    assert not (tmp_path / "card.png").exists()
