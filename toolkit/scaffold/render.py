"""The files of a new integration, from the templates of its kind and the answers."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toolkit import resources
from toolkit.errors import LditError
from toolkit.integration.manifest import NAME
from toolkit.json_text import dumps, pretty
from toolkit.regex import regex
from toolkit.scaffold import icons
from toolkit.scaffold.questions import QUESTIONS, Answer, Answers, questions

CREATORS = {"python": "metric_creator.py", "node": "metric_creator.mjs"}
"""The languages that a metric creator is written in, and its file."""
_NO_LOGOS: Mapping[str, bytes] = {}
_SUFFIX = ".jinja"
_LINK = regex(r"(?<![!\\])\[([^\[\]\\`<>]+)\]\((https?://[^\s()<>\\]+)\)")
_PLAIN_IN_URL = "%/:?#@!$&'*+,;=~"
_MARKUP = regex(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?:^|(?<=\s))#|^[-+=>]|^\d+(?=[.)])")
"""What would be markup inside a line of Markdown, or at its start."""


def files(kind: str, answers: Answers, logos: Mapping[str, bytes] = _NO_LOGOS) -> dict[str, bytes]:
    """Path in the integration's directory -> content. ``answers`` are complete, see ``answers.complete``.

    In ``templates/integration/<kind>`` a file that ends in ``.jinja`` is rendered, any other is taken as it is. An
    icon for which there is no logo (role -> SVG) is drawn from the name. Raises LditError for an unknown kind, and for
    a missing answer.
    """
    for question in questions(kind):
        if not (question.optional or answers.get(question.key)):
            raise LditError(f"{question.key} is missing")
    name = str(answers["name"])
    return _rendered(kind, answers) | {
        "assets/square.svg": logos.get("square") or icons.square(name).encode(),
        "assets/horizontal.svg": logos.get("horizontal") or icons.horizontal(name).encode(),
    }


def manifest(kind: str, answers: Answers) -> bytes:
    """The manifest alone."""
    return _file(f"{kind}/{NAME}{_SUFFIX}", "templates/integration", answers)


def metric_creator(answers: Answers, *languages: str) -> dict[str, bytes]:
    """The files of a metric creator for the partner's own service, in the same form; without languages, in all."""
    paths = (*(CREATORS[language] for language in languages or CREATORS), "metrics.json")
    return {path: _file(path + _SUFFIX, "templates/metric-creator", answers) for path in paths}


def _rendered(kind: str, answers: Answers) -> dict[str, bytes]:
    root = resources.path("templates/integration")
    made: dict[str, bytes] = {}
    for source in sorted((root / kind).rglob("*")):
        path = source.relative_to(root / kind).as_posix()
        if path.endswith(_SUFFIX):
            made[path.removesuffix(_SUFFIX)] = _file(f"{kind}/{path}", "templates/integration", answers)
        elif source.is_file():
            made[path] = source.read_bytes()
    return made


def _file(template: str, folder: str, answers: Answers) -> bytes:
    """One rendered template of a folder that ships with the package; JSON as prettier prints it."""
    context = _nested({question.key: answers.get(question.key) for question in QUESTIONS})
    text: str = _environment(resources.path(folder)).get_template(template).render(context)
    return (pretty(text) if template.endswith(f".json{_SUFFIX}") else text).encode()


@cache
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
    environment.filters |= {"json": dumps, "markdown": _markdown, "prose": _prose, "href": _href}
    return environment


def _markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return _MARKUP.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], text)


def _prose(text: str) -> str:
    """``text`` so that Markdown shows it as it is, but for its links to the web."""
    pieces, end = list[str](), 0
    for link in _LINK.finditer(text):
        pieces += _markdown(text[end : link.start()]), f"[{_markdown(link[1])}]({link[2]})"
        end = link.end()
    return "".join([*pieces, _markdown(text[end:])])


def _href(url: str) -> str:
    """``url`` so that it can stand in the parentheses of a Markdown link; a host keeps its letters."""
    scheme, slashes, rest = url.partition("://")
    host = re.match(r"[^/?#]*", rest) if slashes else None
    if host is None or not all(letter.isalnum() or letter in ".-:" for letter in host[0]):
        return quote(url, safe=_PLAIN_IN_URL)
    return f"{quote(scheme)}://{host[0]}{quote(rest[host.end() :], safe=_PLAIN_IN_URL)}"


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
