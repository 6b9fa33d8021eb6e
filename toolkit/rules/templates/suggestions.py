"""What a template's author probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from toolkit import events
from toolkit.integration import Template, forms
from toolkit.integration.pointers import BUTTON_ACTION
from toolkit.integration.shape import ABSENT, is_known, names
from toolkit.regex import regex

if TYPE_CHECKING:
    from toolkit.handlebars import HandlebarsError, Reference

_BUILT_IN = ("each", "if", "lookup", "unless", "with")
_SHOWN = 8
_BLOCK = regex(r"\{\{~?([#/])(?:each|with)\b(?:\s+([\w.]+))?")


def variable(template: Template, name: str, start: int = 0) -> str:
    """The remedy for a variable that a template names at ``start`` and does not know."""
    if special := _by_cause(template, name, start):
        return special
    known = list(names(template.shape))
    if name in known:
        return _absent(template, name)
    meant = nearest(name, known)
    if meant and (inside := _inside(meant, known)) and name != meant and name.startswith(f"{meant}."):
        return f"use one of: {', '.join(inside[:_SHOWN])}"
    if meant and not name.startswith(f"{meant}."):
        return f"did you mean `{meant}`?"
    first = sorted((path for path in known if "." not in path), key=lambda path: path.startswith("_"))
    more = f" and {len(first) - _SHOWN} more" if len(first) > _SHOWN else ""
    return f"use one of: {', '.join(first[:_SHOWN])}{more}" if first else "remove it"


def _absent(template: Template, name: str) -> str:
    """The remedy for a name that is right, and not there in the event that the official tests take."""
    way = tuple(name.split("."))
    if any(is_known(template.context(event), way) for event in template.events):
        return f"not every event has it: guard it with `{{{{#if {name}}}}}`"
    return "no event of this template has it: print another field, such as `title.plainText`"


def _inside(parent: str, known: Sequence[str]) -> list[str]:
    """What stands directly inside an object."""
    return [path for path in known if path.rpartition(".")[0] == parent]


def _by_cause(template: Template, name: str, start: int) -> str:
    """The remedy where the name is right, but not here."""
    way = tuple(name.split("."))
    if way[0] == "oauth" or way[:2] == ("formVariables", "oauth"):
        return 'add `"requiresOAuth": true`, which `oauth` needs'
    without = {one.key: one.type for one in template.manifest.form_variables if forms.tested(one) is ABSENT}
    if way[-1] in without and (len(way) == 1 or way[0].endswith("ormVariables")):
        return f"a form variable of type {without[way[-1]]} has no value here: change its type, or remove it"
    blocks: list[str] = []
    for match in _BLOCK.finditer(template.text, 0, start):
        blocks = [*blocks, match[2] or ""] if match[1] == "#" else blocks[:-1]
    depth = len(blocks)
    if blocks and name == blocks[-1]:
        return "inside the block it is `this`"
    if depth > 0 and not name.startswith(("../", "@")) and is_known(template.shape, way):
        return f"inside the block it is `{'../' * depth}{name}`"
    if (template.place.pointer or "").startswith(f"{BUTTON_ACTION}/"):
        usual = ("flagKey", "environmentKey", "projectKey")
        return f"add `{name}` to requiredContext" if name in usual else ""
    kinds = [kind for kind, event in events.ROLLOUTS.items() if way[0] in events.event(event)]
    own = {use.kind for use in template.uses}
    if kinds and own & events.ROLLOUTS.keys() and not own.intersection(kinds):
        return f"it exists only in {' and '.join(kinds)}: remove it here"
    return ""


def reference(template: Template, found: Reference) -> str:
    """The remedy for a reference to what the template does not know."""
    return variable(template, found.name, found.start)


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
    return variable(template, error.name, error.offset)


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known path that was probably meant by an unknown one."""
    bare = name.removeprefix("this.")
    return next((path for strategy in _STRATEGIES for path in strategy(bare, known)), None)


def _same_but_for_case(name: str, known: Sequence[str]) -> Iterator[str]:
    return (path for path in known if _folded(path) == _folded(name))


def _inside_another(name: str, known: Sequence[str]) -> Iterator[str]:
    """``plainText`` for ``title.plainText``, where it is clear which is meant."""
    inside = [path for path in known if path.endswith(f".{name}")]
    yield from inside[:1] if len({path.count(".") for path in inside}) == len(inside) else ()


def _too_far_outside(name: str, known: Sequence[str]) -> Iterator[str]:
    """``context.title`` for ``title``."""
    yield from sorted((path for path in known if name.endswith(f".{path}")), key=len, reverse=True)


def _alike(name: str, known: Sequence[str]) -> Iterator[str]:
    from difflib import get_close_matches

    yield from get_close_matches(name, known, n=1, cutoff=0.7)


def _same_field_elsewhere(name: str, known: Sequence[str]) -> Iterator[str]:
    last = [path for path in known if "." in name and path.rpartition(".")[2] == name.rpartition(".")[2]]
    yield from last if len(last) == 1 else ()


def _one_field_too_many(name: str, known: Sequence[str]) -> Iterator[str]:
    yield from sorted((path for path in known if name.startswith(f"{path}.")), key=len, reverse=True)


def _first_name_alike(name: str, known: Sequence[str]) -> Iterator[str]:
    from difflib import get_close_matches

    yield from get_close_matches(name.partition(".")[0], [path for path in known if "." not in path], n=1, cutoff=0.65)


def _last_name_alike(name: str, known: Sequence[str]) -> Iterator[str]:
    from difflib import get_close_matches

    ends = {path.rpartition(".")[2]: path for path in reversed(known)}
    yield from (ends[end] for end in get_close_matches(name, ends, n=1, cutoff=0.7))


_STRATEGIES: tuple[Callable[[str, Sequence[str]], Iterator[str]], ...] = (
    _same_but_for_case,
    _inside_another,
    _too_far_outside,
    _alike,
    _same_field_elsewhere,
    _one_field_too_many,
    _first_name_alike,
    _last_name_alike,
)
"""Ways to guess, the surest first."""


def _folded(path: str) -> str:
    return re.sub(r"[\s_-]", "", path).lower()
