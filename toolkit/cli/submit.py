"""``ldit submit``."""

import sys
from pathlib import Path

import click

from toolkit.cli import FOUND, say
from toolkit.cli.chosen import Chosen
from toolkit.cli.options import Options
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.integration.writing import write_text
from toolkit.submit import Item, Made, Plan, State, Submission, checklist, find, make, open_request, plan, pull_request
from toolkit.submit import push as push_branch
from toolkit.submit.publish import compare_page, pushed_to, require_remote
from toolkit.text import printable


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Print the checklist, and end there.")
@click.option("--base", default="", metavar="REF", help="Submit onto this.  [default: main of the official repository]")
@click.option("--branch", default="", metavar="NAME", help="The branch to make.  [default: add-... or update-...]")
@click.option(
    "--text", type=click.Path(path_type=Path, dir_okay=False), help="Write the pull-request text to this file."
)
@click.option("--push", "remote", metavar="REMOTE", help="Push the branch to this remote; never by force.")
@click.option("--open", "open_", is_flag=True, help="Open the form of the pull request, with gh where that is there.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--allow-errors", "reason", default="", metavar="REASON", help="Submit errors; the text says why.")
@click.pass_context
def submit(
    ctx: click.Context,
    path: Path | None,
    check: bool,
    base: str,
    branch: str,
    text: Path | None,
    remote: str | None,
    open_: bool,
    dry_run: bool,
    reason: str,
) -> None:
    """Get a pull request ready: what is still missing, a branch with exactly this directory, and the text.

    PATH is the directory of one integration; without it, the only one that the branch changes. Nothing else of the
    repository is touched: not the working tree, the index, the stash, or another branch. The text goes to standard
    output, everything else to standard error. Exit status: 0 done, 1 something is missing, 2 could not run.

    \b
      ldit submit --check
      ldit submit integrations/acme --push origin --open
    """
    submission = find(path, base)
    items = _items(submission)
    if check:
        for line in _lines(items):
            click.echo(line)
        ctx.exit(FOUND if any(item.state in (State.todo, State.stop) for item in items) else 0)
    say(*_lines(items))
    _require_no_stop(items, reason)
    if remote:
        require_remote(submission.git, remote)
    planned = plan(submission, branch)
    if dry_run:
        say(*_intended(submission, planned, remote, open_))
        return
    made = make(submission, planned)
    body = pull_request(submission, items, reason)
    _write(body, text)
    _tell(submission, made)
    if remote:
        push_branch(submission.git, remote, made.branch)
        say(f"pushed {made.branch} to {remote}")
    if open_:
        say(open_request(submission, remote or pushed_to(submission.git, made.branch, made.commit), made.branch, body))
    elif remote:
        _point_to(submission, remote, made.branch)


def _items(submission: Submission) -> list[Item]:
    integration = submission.integration
    settings = Chosen(Options())(integration.path)
    return checklist(submission, lint(integration, settings).findings)


def _lines(items: list[Item]) -> list[str]:
    lines = []
    for item in items:
        lines.append(printable(f"{item.state.value} {item.topic}: {item.text}"))
        lines += [printable(f"      {step}") for step in item.steps]
    return lines


def _require_no_stop(items: list[Item], reason: str) -> None:
    """Raises LditError for an item that stops, unless it is lint and there is a reason."""
    for item in items:
        if item.state is State.stop and not (reason and item.topic == "lint"):
            remedy = item.steps[0] + (", or `--allow-errors REASON`" if item.topic == "lint" else "")
            raise LditError(item.text, remedy)


def _intended(submission: Submission, planned: Plan, remote: str | None, open_: bool) -> list[str]:
    what = "add a commit to" if planned.tip else f"make, on {submission.base.name},"
    lines = [f"would {what} the branch {planned.branch}, with {submission.directory} as it is: {submission.title}"]
    if remote:
        lines.append(f"would push it to {remote}")
    if open_:
        lines.append("would open the form of the pull request")
    return lines


def _write(body: str, file: Path | None) -> None:
    if file:
        write_text(file, body)
    else:
        sys.stdout.write(body)
        sys.stdout.flush()


def _tell(submission: Submission, made: Made) -> None:
    if made.is_new:
        files = f"{len(made.files)} file{'s' * (len(made.files) != 1)}"
        say(f"{made.branch} is at {made.commit[:9]}: {submission.title}, {files} in {submission.directory}")
    else:
        say(f"{made.branch} holds exactly this already, at {made.commit[:9]}")


def _point_to(submission: Submission, remote: str, branch: str) -> None:
    try:
        say(f"next: {compare_page(submission, remote, branch)}")
    except LditError as error:
        say(f"next: make the pull request; {error}")
