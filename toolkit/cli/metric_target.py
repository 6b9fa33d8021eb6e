"""The options that every ``ldit metric`` command has: where its calls go, and how its result is shown."""

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from toolkit.errors import LditError
from toolkit.metrics.access_token import VARIABLE, AccessToken
from toolkit.metrics.calls import Calls
from toolkit.metrics.hosts import DEFAULT_AGENT, HOSTS, find_host

if TYPE_CHECKING:
    from toolkit.metrics.client import MetricsClient

HOST_HELP = f"{', '.join(HOSTS)}, or a base URL."
OPTIONS = (
    click.option("--project", default="default", envvar="LAUNCHDARKLY_PROJECT", show_default=True),
    click.option("--host", default="commercial", envvar="LAUNCHDARKLY_API_HOST", show_default=True, help=HOST_HELP),
    click.option("--events-host", metavar="URL", help="Base URL of the events service, where it is another."),
    click.option("--agent", default=DEFAULT_AGENT, show_default=True, help="The User-Agent."),
    click.option("--sandbox", is_flag=True, help="Start a local LaunchDarkly for this command."),
    click.option("--dry-run", is_flag=True, help="Show the request and a curl command, send nothing."),
    click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True),
)


@dataclass(frozen=True)
class Target:
    """The values of OPTIONS."""

    project: str
    host: str
    events_host: str | None
    agent: str
    sandbox: bool
    dry_run: bool
    format: str

    @property
    def as_json(self) -> bool:
        """Whether the result is for a program."""
        return self.format == "json"

    @property
    def calls(self) -> Calls:
        """The calls to show in a dry run."""
        return Calls(find_host(self.host, self.events_host), self.project, self.agent)

    @contextmanager
    def client(self) -> Iterator["MetricsClient"]:
        """A client; with a sandbox of its own if one is asked for."""
        if not self.sandbox:
            yield self._client(_token(), self.host, self.events_host)
            return
        from toolkit.metrics.sandbox.options import Options
        from toolkit.metrics.sandbox.server import running

        options = Options(f"api-{secrets.token_hex(16)}", (self.project,))
        with running(options) as url:
            yield self._client(AccessToken(options.token), url, None)

    def _client(self, token: AccessToken, host: str, events_host: str | None) -> "MetricsClient":
        from toolkit.metrics.client import MetricsClient

        return MetricsClient(token, self.project, host=host, events_host=events_host, agent=self.agent)


def targeted(command: Callable[..., None]) -> Callable[..., None]:
    """Adds OPTIONS to ``command``, which gets their values as one Target called ``target``."""

    @wraps(command)
    def run(**values: Any) -> None:
        target = Target(**{name: values.pop(name) for name in Target.__dataclass_fields__})
        command(target=target, **values)

    decorated: Callable[..., None] = run
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated


def token_scheme() -> str:
    """What goes before the token in the Authorization header."""
    text = os.environ.get(VARIABLE)
    token = click.get_current_context().find_object(AccessToken) or (AccessToken(text) if text else None)
    return token.scheme if token else ""


def _token() -> AccessToken:
    if token := click.get_current_context().find_object(AccessToken):
        return token  # of the login that runs this command
    if text := os.environ.get(VARIABLE):
        return AccessToken(text)
    if not sys.stdin.isatty():
        raise LditError("there is no access token", f"set {VARIABLE}, or use --sandbox")
    return AccessToken(click.prompt("Access token", hide_input=True, err=True))
