"""Reading takes work in proportion to the text, whatever is repeated in it."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.growth import UNITS, outgrown, work
from tests.often import often
from toolkit.errors import LditError
from toolkit.handlebars import HandlebarsError, calls, comments, parse, references, render, texts
from toolkit.integration import Integration
from toolkit.integration.html import tags
from toolkit.integration.markdown import targets
from toolkit.json_text import pretty, read
from toolkit.json_text.repairs import repairs
from toolkit.secrets import passwords, secrets


def read_readme(text: str) -> object:
    readme = Integration.from_files("acme", {"README.md": text.encode()}).readme
    assert readme
    found = readme.links, readme.title, readme.anchors, readme.words, readme.undefined
    return found, readme.fences, readme.codes, readme.tables


def read_template(text: str) -> object:
    parse.cache_clear()
    try:
        program = parse(text)
    except HandlebarsError:
        return comments(text)
    with suppress(HandlebarsError):
        render(text, {"a": {"b": [text]}})
    return [*references(program), *calls(program), *texts(program)]


def read_json(text: str) -> object:
    try:
        return read(text.encode()).duplicates, pretty(text)
    except LditError:
        return repairs(text)


READERS: dict[str, Callable[[str], object]] = {
    "README": read_readme,
    "Markdown of the manifest": lambda text: list(targets(text)),
    "HTML": lambda text: list(tags(text)),
    "template": read_template,
    "JSON": read_json,
    "secrets": lambda text: [*secrets(text), *passwords(text)],
}


@pytest.mark.parametrize("reader", READERS)
def test_work_grows_as_the_text_does(reader: str) -> None:
    function = READERS[reader]
    function("a")  # whatever is imported and compiled only once
    step = often(4, 1) if reader == "README" else 1  # Markdown takes ten times as long as any other
    found = {unit: grown for unit in UNITS[::step] if (grown := outgrown(function, unit))}
    assert not found


def test_backticks_of_every_length() -> None:
    short, long = (" ".join("`" * length for length in range(1, count)) for count in (60, 120))
    before, after = (work(lambda text=text: read_readme(text)) for text in (short, long))  # type: ignore[misc]
    growth = len(long) / len(short)
    assert after.calls < 1.3 * growth * before.calls
    assert after.memory < 1.3 * growth * before.memory


def test_a_square_would_be_seen() -> None:
    assert outgrown(lambda text: [text[start:] for start in range(len(text))], "a")  # in memory
    assert outgrown(lambda text: sum(len(text) for _ in range(len(text) ** 2 // 1000)), "a")  # in calls
