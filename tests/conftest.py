"""What all tests share: where the originals and the corpus are, and that no test reaches beyond this machine."""

import gc
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import program
from toolkit.__main__ import GARBAGE

ROOT = Path(__file__).parent.parent
_CONNECT = socket.socket.connect

# Programs that tests start would otherwise compile everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# As in the program itself; a collection that looks at every collected test takes a tenth of all time otherwise.
gc.set_threshold(GARBAGE)

settings.register_profile(
    "explore", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("ldit", settings.get_profile("explore"), derandomize=True, max_examples=50)
settings.load_profile("ldit")


def pytest_collection_finish() -> None:
    """The collected tests are no garbage."""
    gc.freeze()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The conformance corpus, if present."""
    found = ROOT.parent / "shared" / "corpus"
    if not found.is_dir():
        pytest.skip("the conformance corpus is not beside this checkout")
    return found


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The JavaScript originals that `npm ci --prefix .ci` installs; a test that compares with them skips without."""
    found = ROOT / ".ci" / "node_modules"
    if not found.is_dir() or not shutil.which("node"):
        pytest.skip("needs node and `npm ci --prefix .ci`")
    return found


@pytest.fixture(scope="session", autouse=True)
def _program() -> Iterator[None]:
    yield
    program.stop()


@pytest.fixture(scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Directories one after the other; pytest would look at all that there are to find the name of the next."""
    root = tmp_path_factory.mktemp("caches")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_cache(_caches: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered from test to test."""
    directory = next(_caches)
    directory.mkdir()
    monkeypatch.setenv("LDIT_CACHE_DIR", str(directory))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"a test may not reach {address[0]}")
        _CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
