"""What a template's author probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from toolkit.integration import Template
from toolkit.integration.shape import names

if TYPE_CHECKING:
    from toolkit.handlebars import HandlebarsError

_BUILT_IN = ("each", "if", "lookup", "unless", "with")
_SHOWN = 8


def variable(template: Template, name: str) -> str:
    """The remedy for a variable that a template does not know."""
    known = list(names(template.shape))
    if meant := nearest(name, known):
        return f"did you mean `{meant}`?"
    first = sorted((path for path in known if "." not in path), key=lambda path: path.startswith("_"))
    more = f" and {len(first) - _SHOWN} more" if len(first) > _SHOWN else ""
    return f"use one of: {', '.join(first[:_SHOWN])}{more}" if first else "remove it"


def helper(name: str) -> str:
    """The remedy for a helper that nobody knows."""
    from toolkit.handlebars import PRODUCTION

    known = [*PRODUCTION, *_BUILT_IN]
    meant = nearest(name, known)
    return f"did you mean `{meant}`?" if meant else f"use one of: {', '.join(sorted(known, key=str.lower))}"


def failure(template: Template, error: HandlebarsError) -> str:
    """The remedy for a template that cannot be read or rendered."""
    if error.help or error.name is None:
        return error.help
    if any(call.name == error.name for call in template.calls):
        return helper(error.name)
    return variable(template, error.name)


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known path that was probably meant by an unknown one."""
    return next(_candidates(name.removeprefix("this."), known), None)


def _candidates(name: str, known: Sequence[str]) -> Iterator[str]:
    from difflib import get_close_matches

    yield from (path for path in known if _folded(path) == _folded(name))
    inside = [path for path in known if path.endswith(f".{name}")]
    yield from inside[:1] if len({path.count(".") for path in inside}) == len(inside) else ()
    yield from sorted((path for path in known if name.endswith(f".{path}")), key=len, reverse=True)
    yield from get_close_matches(name, known, n=1, cutoff=0.7)
    last = [path for path in known if "." in name and path.rpartition(".")[2] == name.rpartition(".")[2]]
    yield from last if len(last) == 1 else ()
    yield from sorted((path for path in known if name.startswith(f"{path}.")), key=len, reverse=True)
    yield from get_close_matches(name.partition(".")[0], [path for path in known if "." not in path], n=1, cutoff=0.65)
    ends = {path.rpartition(".")[2]: path for path in reversed(known)}
    yield from (ends[end] for end in get_close_matches(name, ends, n=1, cutoff=0.7))


def _folded(path: str) -> str:
    return re.sub(r"[\s_-]", "", path).lower()
