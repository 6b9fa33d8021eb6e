"""The files of a new integration, from the templates of its kind and the answers."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toolkit import resources
from toolkit.errors import LditError
from toolkit.json_text import dumps, pretty
from toolkit.scaffold import icons
from toolkit.scaffold.questions import QUESTIONS, Answer, Answers, questions

_SUFFIX = ".jinja"
# What would be markup inside a line of Markdown, or at its start.
_MARKUP = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?:^|(?<=\s))#|^[-+=>]|^\d+(?=[.)])")


def files(kind: str, answers: Answers) -> dict[str, bytes]:
    """Path in the integration's directory -> content. ``answers`` are complete, see ``answers.complete``.

    In ``templates/integration/<kind>`` a file that ends in ``.jinja`` is rendered, any other is taken as it is.
    Raises LditError for an unknown kind, and for a missing answer.
    """
    for question in questions(kind):
        if not (question.optional or answers.get(question.key)):
            raise LditError(f"{question.key} is missing")
    name = str(answers["name"])
    return _rendered(resources.path("templates/integration"), kind, answers) | {
        "assets/square.svg": icons.square(name).encode(),
        "assets/horizontal.svg": icons.horizontal(name).encode(),
    }


def metric_creator(answers: Answers) -> dict[str, bytes]:
    """The files of a metric creator for the partner's own service, in the same form."""
    return _rendered(resources.path("templates"), "metric-creator", answers)


def _rendered(root: Path, folder: str, answers: Answers) -> dict[str, bytes]:
    environment = _environment(root)
    context = _nested({question.key: answers.get(question.key) for question in QUESTIONS})
    made: dict[str, bytes] = {}
    for source in sorted((root / folder).rglob("*")):
        if source.is_dir():
            continue
        path = source.relative_to(root / folder).as_posix()
        if path.endswith(_SUFFIX):
            text = environment.get_template(f"{folder}/{path}").render(context)
            path = path.removesuffix(_SUFFIX)
            made[path] = (pretty(text) if path.endswith(".json") else text).encode()
        else:
            made[path] = source.read_bytes()
    return made


def _environment(root: Path) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Angle brackets leave the braces to Handlebars.
    environment = Environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        loader=FileSystemLoader(root),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - JSON and Markdown, each with a filter of its own
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"json": dumps, "markdown": _markdown, "href": _href}
    return environment


def _markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return _MARKUP.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], text)


def _href(url: str) -> str:
    """``url`` so that it can stand in the parentheses of a Markdown link."""
    return quote(url, safe="%/:?#@!$&'*+,;=~")


def _nested(answers: dict[str, Answer | None]) -> dict[str, Any]:
    """{"links.site": x} -> {"links": {"site": x}}."""
    nested: dict[str, Any] = {}
    for key, value in answers.items():
        *parents, last = key.split(".")
        into = nested
        for parent in parents:
            into = into.setdefault(parent, {})
        into[last] = value
    return nested
