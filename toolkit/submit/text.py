"""The text of the pull request, with the sections and boxes of the official template."""

import re
from typing import Any

from toolkit import resources
from toolkit.errors import LditError
from toolkit.masking import masker
from toolkit.requests import Values, requests, why_none
from toolkit.submit.checklist import Item, State
from toolkit.submit.submission import Submission
from toolkit.text import printable

_TEMPLATE = "pull-request.md.jinja"


def pull_request(submission: Submission, items: list[Item], reason: str = "") -> str:
    """The text in Markdown: boxes ticked only where that is known, every credential masked.

    ``reason`` is why errors are submitted all the same.
    """
    done = {item.topic for item in items if item.state is State.done}
    context = {
        "title": submission.title,
        "is_new": submission.is_new,
        "documented": "README" in done,
        "alone": {"others", "outside"} <= done,
        "items": [(item.state.value, item.topic, printable(item.text)) for item in items if item.state != State.ask],
        "integration": submission.integration,
        "overview": _line(submission, "/overview"),
        "preview": _fenced(_preview(submission)),
        "reason": printable(reason),
    }
    text: str = _environment().get_template(_TEMPLATE).render(context)
    return masker([submission.integration])(text)


def _line(submission: Submission, pointer: str) -> str:
    manifest = submission.integration.manifest
    return printable(manifest.text(pointer)) if manifest else ""


def _preview(submission: Submission) -> str:
    """What LaunchDarkly would send, with names in place of values, as the official preview command prints it."""
    integration = submission.integration
    try:
        found = requests(integration, Values())
    except LditError as error:
        return f"no preview: {error}"
    if found:
        return "\n\n".join(one.as_text() for one in found)
    return f"{integration.title} makes no request: {why_none(integration, 'flag-toggled', None)}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}\n{text}\n{fence}"


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.path("templates")),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
