"""A fork, and a new integration in it that is ready but for what only people know."""

from pathlib import Path

import pytest

from tests.fork.forks import integration, make_fork


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    fork = make_fork(tmp_path, "Acme", "Bolt")
    new = integration(fork / "integrations" / "crest", "Crest")
    (new / "README.md").write_text("# Crest\n\nHow to test it: https://crest.com/testing\n")
    return fork
