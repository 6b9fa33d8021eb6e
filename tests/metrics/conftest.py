"""A sandbox over real HTTP, a scripted server, and the command line."""

from collections.abc import Callable, Iterator
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.metrics.servers import TOKEN, Script, hasty, scripted
from toolkit.cli.metric import metric
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LAUNCHDARKLY_ACCESS_TOKEN", "LAUNCHDARKLY_API_HOST", "LAUNCHDARKLY_PROJECT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sandbox() -> Iterator[str]:
    """The base URL of an empty sandbox."""
    with running(Options()) as url:
        yield url


@pytest.fixture(scope="session")
def empty_sandbox() -> Iterator[str]:
    """One for all tests that leave nothing in it."""
    with running(Options()) as url:
        yield url


@pytest.fixture
def client(sandbox: str) -> MetricsClient:
    return MetricsClient(TOKEN, "default", host=sandbox, retry=hasty())


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as made:
        yield made


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs ``ldit metric ...`` in this process."""

    def invoke(*args: str, group: click.Command = metric, **options: Any) -> Result:
        return CliRunner().invoke(group, args, **options)

    return invoke
