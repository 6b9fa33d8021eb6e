"""``ldit metric create`` and ``update``: the commands that take definitions, from flags or from a file."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.metric_output import metric_line, show_calls, show_result
from toolkit.cli.metric_target import Target, targeted
from toolkit.errors import LditError
from toolkit.metrics.definition import MetricDefinition, load_metrics, passed_on
from toolkit.text import printable

if TYPE_CHECKING:
    from toolkit.metrics.client import MetricsClient
    from toolkit.metrics.importer import Step

INTERRUPTED = 130
WORKERS = 4
"""Metrics that are created at once: most of the time goes into waiting."""
KINDS = ["binary", "count", "numeric", "click", "pageview"]
OPTIONS = (
    click.option("--from", "source", type=click.Path(path_type=Path), help="Take the metrics of this file."),
    click.option("--kind", type=click.Choice(KINDS), help="What the metric measures; see the documentation."),
    click.option("--key", help="The metric key: names the metric in API calls."),
    click.option("--event-key", help="The event key: what your code passes to track()."),
    click.option("--name", help="Shown in LaunchDarkly."),
    click.option("--description", help="Shown in LaunchDarkly."),
    click.option("--unit", help="Of a numeric metric, such as ms."),
    click.option("--success", type=click.Choice(["higher", "lower"]), help="Which direction is better."),
    click.option("--aggregation", type=click.Choice(["average", "sum"]), help="Of the values of one unit."),
    click.option("--percentile", type=int, help="Compare this percentile instead of the mean."),
    click.option(
        "--units-without-events", type=click.Choice(["zero", "excluded"]), help="What they count as: 0, or nothing."
    ),
    click.option("--analysis-unit", "analysis_units", multiple=True, metavar="KIND", help="May be repeated."),
    click.option("--tag", "tags", multiple=True, help="May be repeated."),
    click.option("--maintainer-id", help="The id of the member who looks after it."),
    click.option("--url", "urls", multiple=True, metavar="TEXT", help="Part of the URL of a page; may be repeated."),
    click.option("--selector", help="The CSS selector of a click metric."),
)


def defining(command: Callable[..., None]) -> Callable[..., None]:
    """Adds OPTIONS to ``command``."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@defining
@click.option("--restore", is_flag=True, help="Bring back what is archived.")
@targeted
def create(target: Target, source: Path | None, restore: bool, **flags: Any) -> None:
    """Create one metric from flags, or those of a file; what exists already, as defined, is left alone."""
    definitions = _definitions(source, flags)
    if target.dry_run:
        show_calls(target, [target.calls.create(each) for each in definitions])
        return
    with target.client() as client:
        if source:
            _create_all(client, definitions, target, restore)
            return
        outcome = client.create(definitions[0], restore=restore)
    result = "created" if outcome.created else "restored" if outcome.restored else "already there"
    value = {"created": outcome.created, "metric": outcome.metric}
    show_result(target, value, [f"{result}  {metric_line(outcome.metric)}"])
    if outcome.ignored:
        click.echo(f"note: LaunchDarkly did not keep {', '.join(outcome.ignored)}", err=True)


@click.command()
@defining
@click.option("--yes", is_flag=True, help="Do not ask.")
@targeted
def update(target: Target, source: Path | None, yes: bool, **flags: Any) -> None:
    """Change existing metrics to what flags or a file define, and nothing else of them.

    The name, description, tags and maintainer of a metric that exists are the customer's and stay as they are.
    """
    definitions = _definitions(source, flags)
    if target.dry_run and not target.sandbox:
        show_calls(target, [target.calls.get(each.key) for each in definitions])
        return
    with target.client() as client:
        found = [(each, client.differences(each)) for each in definitions]
        changes = [(definition, differences) for definition, differences in found if differences]
        for definition, differences in changes:
            click.echo(f"{definition.key}", err=True)
            for each in differences:
                line = f"  {each.field}: {json.dumps(each.found)} -> {json.dumps(each.wanted)}"
                click.echo(printable(line), err=True)
        if changes and not yes:
            click.confirm(f"Change {len(changes)} of {len(found)} metrics?", abort=True, err=True)
        metrics = [client.update(definition, differences) for definition, differences in changes]
    lines = [f"updated  {metric_line(metric)}" for metric in metrics]
    show_result(target, metrics, lines or ["nothing to change"])


def _definitions(source: Path | None, flags: dict[str, Any]) -> list[MetricDefinition]:
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    if source and given:
        raise LditError("--from takes no flags about a metric", "put everything into the file")
    if not source:
        return [_from_flags(given)]
    definitions = load_metrics(source)
    if names := passed_on(definitions):
        click.echo(f"note: passed on as they are, ldit does not know them: {printable(', '.join(names))}", err=True)
    return definitions


def _from_flags(given: dict[str, Any]) -> MetricDefinition:
    if missing := [name for name in ("kind", "key") if name not in given]:
        flags = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise LditError(f"a metric needs {flags}", "add it, or say --from FILE")
    if "urls" in given:
        given["urls"] = tuple({"kind": "substring", "substring": text} for text in given["urls"])
    return MetricDefinition(**given)


def _create_all(client: "MetricsClient", definitions: list[MetricDefinition], target: Target, restore: bool) -> None:
    """Creates all with a progress bar on standard error; shows what was done, however it ended, and exits."""
    from toolkit.metrics.importer import create_all

    steps: list[Step] = []
    ended: BaseException | None = None
    hidden = target.as_json or not sys.stderr.isatty()
    with click.progressbar(length=len(definitions), label="Creating", file=sys.stderr, hidden=hidden) as bar:
        try:
            for step in create_all(client, definitions, restore=restore, workers=WORKERS):
                steps.append(step)
                bar.update(1)
        except (LditError, KeyboardInterrupt) as error:
            ended = error
    order = {definition.key: index for index, definition in enumerate(definitions)}
    steps.sort(key=lambda step: order[step.definition.key])
    _show_steps(target, steps, len(definitions))
    if isinstance(ended, KeyboardInterrupt):
        click.echo("interrupted; run it again to go on", err=True)
        sys.exit(INTERRUPTED)
    if ended:
        raise ended
    sys.exit(int("failed" in _tally(steps)))


def _show_steps(target: Target, steps: "list[Step]", wanted: int) -> None:
    rows = [
        {"key": step.definition.key, "result": step.result, "reason": step.reason, "help": step.help} for step in steps
    ]
    width = max((len(step.definition.key) for step in steps), default=0)
    show_result(target, rows, [f"{row['key']:{width}}  {row['result']}  {row['reason']}".rstrip() for row in rows])
    counts = [f"{count} {result}" for result, count in _tally(steps).items()]
    click.echo(f"{len(steps)} of {wanted} metrics: {', '.join(counts) or 'nothing done'}", err=True)
    for remedy in dict.fromkeys(step.help for step in steps if step.help):
        click.echo(f"help: {printable(remedy)}", err=True)


def _tally(steps: "list[Step]") -> dict[str, int]:
    results = [step.result for step in steps]
    return {result: results.count(result) for result in dict.fromkeys(results)}
