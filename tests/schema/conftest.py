"""An invented manifest that uses every property of the schema."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def everything() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(Path(__file__).with_name("everything.json").read_text("utf-8"))
    return manifest


@pytest.fixture
def shared() -> Path:
    directory = Path(__file__).parents[3] / "shared"
    if not directory.is_dir():
        pytest.skip("the conformance corpus is not beside the project")
    return directory
