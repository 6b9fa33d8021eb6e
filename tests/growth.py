"""Counts the work that a function does with longer and longer texts, so that a test can tell a line from a square."""

import cProfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

SIZES = (400, 800, 1_600)
"""Code points."""
UNITS = (
    *("a", " ", "\n", "\t", "\r", "\0", "\u00e9", "\ufeff", "\\", "\\\\", "/", "//", "# ", "/*", "/**/", ",", ":", ";"),
    *("[", "]", "(", ")", "{", "}", "[]", "{}", "[{", '{"a":', '["a",', '"', "'", '"a" ', '"a"\n', "“", "“a”", "\\u12"),
    *(
        "<",
        ">",
        "<a",
        "<a b='",
        '<a b="',
        "<a b=c>",
        "</a>",
        "<h1>",
        "<h1>a</h1>",
        "<!--",
        "<!-- -->",
        "-->",
        "<?",
        "<!",
    ),
    *(
        "](",
        "[a](",
        "[a](b) ",
        "[a][",
        "[a][b]",
        "[a]",
        "[a]: b\n",
        "[a]:",
        "![",
        "![a](b)",
        "[![a](b)](c)",
        "](<",
        "[^a]",
    ),
    *(
        "`",
        "``a` ",
        "`a` ",
        "```\n",
        "~~~\n",
        "*",
        "**a",
        "_a",
        "> ",
        "- ",
        "1. ",
        "  - a\n",
        "---\n",
        "# a\n",
        "a\n=\n",
    ),
    *("|", "|a", "|a|b|\n|-|-|\n", "|\\|", "&", "&amp;", "http://a.b ", "https://a.", "<http://a> ", "data:", "href='"),
    *(
        "{{",
        "}}",
        "{{{",
        "{{{{",
        "{{a}}",
        "{{{a}}}",
        "{{!",
        "{{!--",
        "{{!-- --}}",
        "\\{{",
        "{{#if a}}",
        "{{/if}}",
        "{{else}}",
    ),
    *("{{a.b ", "{{(", "(a ", "../", "{{> a}}", '{{"', "as |a", "{{[", "@", "~", "=", "://a:", "eyJ", "-----BEGIN "),
)


class Work(NamedTuple):
    """Calls of functions, Python's own included, and the bytes that were in use at most."""

    calls: int
    memory: int


def work(function: Callable[[], object]) -> Work:
    """What a call of ``function`` costs."""
    profile = cProfile.Profile()
    tracemalloc.start()
    try:
        profile.runcall(function)
        memory = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return Work(sum(entry.callcount for entry in profile.getstats()), memory)


def outgrown(function: Callable[[str], object], unit: str) -> list[Work]:
    """The work with longer and longer repetitions of ``unit`` where that grows faster than the text, else nothing."""
    found = [work(partial(function, unit * (size // len(unit)))) for size in SIZES]
    fast = any(
        after.calls > 2.6 * before.calls + 200 or after.memory > 2.6 * before.memory + 40_000
        for before, after in pairwise(found)
    )
    return found if fast else []
