"""``ldit metric login``: a token from LaunchDarkly's consent page, for one command."""

import os
import sys
from typing import Any

import click

from toolkit.cli.metric_target import HOST_HELP
from toolkit.errors import LditError
from toolkit.text import printable

SECRET_VARIABLE = "LAUNCHDARKLY_CLIENT_SECRET"  # noqa: S105 - the name of a variable


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--client-id", required=True, envvar="LAUNCHDARKLY_CLIENT_ID", help="Of your registered OAuth client.")
@click.option("--redirect-uri", help="The registered one, on this machine.  [default: http://127.0.0.1:8766/callback]")
@click.option("--scope", type=click.Choice(["writer", "reader"]), default="writer", show_default=True)
@click.option("--host", default="commercial", envvar="LAUNCHDARKLY_API_HOST", show_default=True, help=HOST_HELP)
@click.option("--print-token", is_flag=True, help="Print the token, for a variable of your shell.")
@click.option("--no-browser", is_flag=True, help="Print the address of the page instead of opening it.")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def login(print_token: bool, command: tuple[str, ...], **options: Any) -> None:
    """Log in as a member, then run COMMAND, an `ldit metric` command, with the token.

    \b
      ldit metric login --client-id ID create --from metrics.json
      export LAUNCHDARKLY_ACCESS_TOKEN=$(ldit metric login --client-id ID --print-token)

    The client's secret comes from LAUNCHDARKLY_CLIENT_SECRET or from a hidden prompt. The token is kept nowhere:
    it is gone when this command ends.
    """
    from toolkit.cli.metric import metric
    from toolkit.metrics.client import MetricsClient

    token = _token(**options)
    if print_token:
        click.echo(token.reveal())
    elif not command:
        with MetricsClient(token, "", host=options["host"]) as client:
            caller = client.caller()
        name = printable(str(caller.get("memberId") or caller.get("tokenName") or caller.get("authKind")))
        click.echo(f"logged in ({name}); name a command to run, or say --print-token")
    if command:
        host = () if "--host" in command else ("--host", options["host"])
        metric.main([command[0], *host, *command[1:]], standalone_mode=False, obj=token)


def _token(client_id: str, redirect_uri: str | None, scope: str, host: str, no_browser: bool) -> Any:
    from toolkit.metrics.hosts import find_host
    from toolkit.metrics.oauth import REDIRECT_URI, Login

    attempt = Login(find_host(host).api, client_id, _secret(), redirect_uri or REDIRECT_URI, scope)

    def open_page(url: str) -> None:
        import webbrowser

        if no_browser or not webbrowser.open(url):
            click.echo(f"open this page in a browser: {url}", err=True)
        else:
            click.echo("waiting for your answer in the browser; Ctrl-C gives up", err=True)

    return attempt.token(open_page)


def _secret() -> str:
    if text := os.environ.get(SECRET_VARIABLE):
        return text
    if not sys.stdin.isatty():
        raise LditError("there is no secret of the OAuth client", f"set {SECRET_VARIABLE}")
    return str(click.prompt("Client secret", hide_input=True, err=True))
