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
_SAID = ("lint", "made up", "README", "version", "files")
"""Items of the checklist that a reviewer wants to know about."""


def pull_request(submission: Submission, items: list[Item], reason: str = "") -> str:
    """The text in Markdown: boxes ticked only where that is known, every credential masked.

    ``reason`` is why errors are submitted all the same.
    """
    said = [item for item in items if item.topic in _SAID]
    context = {
        "title": submission.title,
        "is_new": submission.is_new,
        "directory": submission.directory,
        "documented": _is_documented(submission),
        "items": [(" x"[item.state is State.done], item.topic, printable(item.text)) for item in said],
        "overview": _line(submission, "/overview"),
        "preview": _fenced(_preview(submission)),
        "reason": printable(reason),
    }
    text: str = _environment().get_template(_TEMPLATE).render(context)
    return masker([submission.integration])(text)


def _is_documented(submission: Submission) -> bool:
    """Whether the README was written or changed."""
    readme = submission.integration.readme
    return readme is not None and f"{submission.directory}/{readme.file.path}" in submission.changed


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
