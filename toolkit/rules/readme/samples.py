"""The README against the manifest: its samples, and the names that it gives to form variables."""

import json
import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Fence, Manifest, Readme
from toolkit.integration.fields import Role
from toolkit.integration.pointers import SYNCED_SEGMENT, TRIGGER
from toolkit.integration.readme import NAME
from toolkit.json_text import JsonSyntaxError, lookup, read
from toolkit.regex import regex
from toolkit.rules.examples import CONTENT, README, REGION, hook, trigger
from toolkit.rules.registry import note, rule, warning
from toolkit.text import nearest

_JSON = frozenset({"json"})
_ABRIDGED = regex(r"\.\.\.|\u2026|<[\w -]+>|^\s*//", re.MULTILINE)
"""How a sample says that something is left out, or to be filled in."""
_POINTERS: tuple[Role, ...] = ("pointer", "array")
_KEY = regex(r"[A-Za-z][\w-]{2,}")
_BOLD = regex(r"\*\*([^*\n]{3,40}? (?:key|token|ID|secret))\*\*")
"""What a README calls a field of the form."""
_COMPOUND = regex(r"[a-z][A-Z]|[_-]|\d")
"""What a key has and a plain word has not."""
_OPTIONAL = frozenset({"contextKindPath", "cohortUrlPath", "booleanMembershipPath", "url", "value"})
"""Pointers to what a request need not have."""
_REQUESTS = (TRIGGER, SYNCED_SEGMENT)
"""Capabilities whose pointers lead into requests that the partner sends, which a README shows."""


_NAMED = {**REGION, "key": "regionName", "type": "string"}
_HOOK = hook({"url": "https://acme.io/{{{regionName}}}", "headers": [CONTENT]}, (_NAMED,))


def _fenced(text: str, language: str = "json") -> str:
    return f"{README}\n```{language}\n{text}\n```\n"


@rule(
    warning,
    bad={NAME: _fenced('{ "kind": "flag", "title": "New checkout", }')},
    good=[
        {NAME: _fenced('{ "kind": "flag", ... }')},
        {NAME: _fenced('{ "kind": "{{kind}}" }', "handlebars")},
        {NAME: _fenced("{ // the kind\n}", "jsonc")},
    ],
)
def invalid_json_sample(readme: Readme) -> Iterator[Problem]:
    """A block of the README that is marked as JSON is JSON.

    Readers copy it. What is left out is written `...`, and a sample with comments is marked `jsonc`.
    """
    for fence in readme.fences:
        if (
            fence.language in _JSON
            and fence.text.strip()
            and not _ABRIDGED.search(fence.text)
            and "{{" not in fence.text
        ):
            try:
                read(fence.text.encode())
            except JsonSyntaxError as fault:
                place = fence.at(fault.offset, min(fault.offset + 1, len(fence.text)))
                yield Problem(place, f"the sample is not JSON: {fault}", fault.help or "correct it")


@rule(
    warning,
    bad={
        **trigger(parser={"eventName": "/alert/title"}),
        NAME: _fenced('{ "alert": { "name": "Too slow" }, "value": 7 }'),
    },
    good={
        **trigger(parser={"eventName": "/alert/title"}),
        NAME: _fenced('{ "alert": { "title": "Too slow" } }') + _fenced('{ "other": 1 }'),
    },
    unless=("absolute-item-pointer", "odd-json-pointer"),
)
def pointer_beside_sample(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """The pointers of a trigger or a synced segment find something in the request that the README shows.

    Only a sample in which at least one of the parser's pointers leads somewhere, or shares its first step, is taken for
    that request. For a pointer that the manifest may lack it is a note.
    """
    paths = [
        text for text in manifest.texts(*_POINTERS) if text.pointer.startswith(_REQUESTS) and text.value[:1] == "/"
    ]
    items = [text for text in manifest.texts("item") if text.pointer.startswith(SYNCED_SEGMENT)]
    samples = [(fence, value) for fence in readme.fences if (value := _value(fence)) is not None]
    for text in paths:
        shown = [value for _, value in samples if any(_leads(value, other.value, whole=False) for other in paths)]
        if shown and not any(_leads(value, text.value) for value in shown):
            message = f"{text.key} leads to {text.value}, which the sample in {readme.file.path} does not have"
            severity = note if text.key in _OPTIONAL else None
            yield Problem(manifest.at(text.pointer), message, "correct the pointer or the sample", severity=severity)
    for text in items:
        members = [item for _, value in samples for path in paths for item in _items(value, path.value)]
        if text.value[:1] == "/" and members and not any(_leads(member, text.value) for member in members):
            message = f"{text.key} leads to {text.value}, which no member of the sample in {readme.file.path} has"
            yield Problem(manifest.at(text.pointer), message, "correct the pointer or the sample")


def _value(fence: Fence) -> object:
    """The object in a block of JSON; None for anything else."""
    if fence.language not in _JSON:
        return None
    try:
        value = json.loads(fence.text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _leads(value: object, pointer: str, *, whole: bool = True) -> bool:
    """Whether a pointer, or at least its first step, leads to something."""
    try:
        lookup(value, pointer if whole else "/" + pointer[1:].partition("/")[0])
    except (LookupError, ValueError):
        return False
    return True


def _items(value: object, pointer: str) -> list[object]:
    try:
        found = lookup(value, pointer)
    except (LookupError, ValueError):
        return []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


@rule(
    note,
    bad={
        **_HOOK,
        NAME: f"{README}\n| field | meaning |\n|---|---|\n| `regoinName` | Where to send it. |\n",
    },
    good={
        **_HOOK,
        NAME: f"{README}\n| field | meaning |\n|---|---|\n| `regionName` | Where to send it. |\n| `POST` | How. |\n",
    },
)
def unknown_variable_in_readme(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """Form variables are called in the README as in the manifest.

    Reported is a name in backticks that resembles the key of a form variable, and is none.
    """
    keys = {variable.key for variable in manifest.form_variables}
    if not keys:
        return
    known = keys | {name for text in manifest.strings for name in _KEY.findall(text.value)}
    for code in readme.codes:
        is_key = _KEY.fullmatch(code.text) and _COMPOUND.search(code.text) and code.text not in known
        if is_key and (meant := nearest(code.text, keys, 0.75)):
            edits = (Edit(code.place, meant, safe=False),)
            yield Problem(code.place, f"there is no form variable `{code.text}`", f"did you mean `{meant}`?", edits)
    names = {name for one in manifest.form_variables if isinstance(name := one.value.get("name"), str)}
    for match in _BOLD.finditer(readme.prose):
        name = match[1]
        if name not in known and name.lower() not in map(str.lower, names) and (meant := nearest(name, names, 0.8)):
            place = readme.file.at(*match.span(1))
            yield Problem(place, f"there is no field {name} in the form", f"did you mean `{meant}`?")
