"""A fork with three integrations in which nothing is found."""

from pathlib import Path

import pytest

from tests.fork.forks import make_fork


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_fork(tmp_path, "Acme", "Bolt", "Crest")
