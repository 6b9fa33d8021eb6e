"""Prettier's word on the JSON files that fixes wrote."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.damage import invented, laid_out
from toolkit.config import Settings
from toolkit.examples import sample
from toolkit.fixes import fix
from toolkit.integration import Integration

COUNT = 150


def assert_prettier_accepts(contents: dict[str, bytes], prettier: Path, directory: Path) -> None:
    """The files are right once they are fixed, and were not before, so prettier does look at them."""
    for name, data in contents.items():
        (directory / name).write_bytes(data)
    command = [shutil.which("node") or "node", str(prettier / "bin-prettier.js"), "--check", str(directory)]
    assert subprocess.run(command, capture_output=True).returncode == 1
    result = fix(Integration.from_files("acme", {**sample(), **contents}), Settings())
    for name in contents:
        (directory / name).write_bytes(result.integration.files[name].data)
    checked = subprocess.run(command, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture
def prettier(node_modules: Path) -> Path:
    return node_modules / "prettier"


def test_random_values(prettier: Path, tmp_path: Path) -> None:
    rng = random.Random(COUNT)
    contents = {f"{number}.json": laid_out(invented(rng), rng).encode() for number in range(COUNT)}
    assert_prettier_accepts(contents, prettier, tmp_path)


def test_manifests_of_the_corpus(prettier: Path, corpus: Path, tmp_path: Path) -> None:
    rng = random.Random(COUNT)
    contents = {}
    for path in corpus.glob("integrations/*/manifest.json"):
        value = Integration.read(path.parent).manifest
        assert value
        contents[f"{path.parent.name}.json"] = laid_out(value.value, rng).encode()
    assert_prettier_accepts(contents, prettier, tmp_path)
