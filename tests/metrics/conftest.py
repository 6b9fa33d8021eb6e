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


@pytest.fixture(scope="session")
def empty_sandbox() -> Iterator[str]:
    """The base URL of the one sandbox of all tests that leave no metrics in it; events stay."""
    with running(Options()) as url:
        yield url


@pytest.fixture
def sandbox(empty_sandbox: str) -> Iterator[str]:
    """The same; its metrics are deleted afterwards."""
    yield empty_sandbox
    client = MetricsClient(TOKEN, "default", host=empty_sandbox)
    for each in list(client.list()):
        client.delete(each["key"])


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
