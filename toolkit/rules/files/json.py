"""The JSON files: whether they can be read, and how they are laid out."""

import json
import re
from collections.abc import Iterator

from toolkit.finding import Edit, Gate, Place, Problem
from toolkit.integration import File, Integration, JsonFile, Kind
from toolkit.integration.json_file import VALUES, has_too_many_values
from toolkit.integration.manifest import NAME
from toolkit.json_text import JsonSyntaxError, dumps, pretty, split
from toolkit.regex import regex
from toolkit.rules.registry import error, rule, warning

_ENDLESS = regex(r"\d{4301,}")
"""Digits that Python refuses in an integer, and the hygiene hook with it."""


@rule(error, bad=[{NAME: None}], gate="tests")
def missing_manifest(integration: Integration) -> Iterator[Problem]:
    """An integration has a `manifest.json` that can be read.

    LaunchDarkly cannot show an integration without it.
    """
    file = integration.files.get(NAME)
    if file is None or not file.kind.exists:
        near = [path for path in integration.files if path.lower() in (NAME, "manifest.json5", "manifest.yaml")]
        help_ = f"rename {near[0]} to {NAME}" if near else "`ldit new` writes one to start from"
        yield Problem(Place(""), f"{NAME} is missing", help_)
    elif file.kind is not Kind.file or not file.readable:
        yield Problem(Place(NAME), *file.failure)


@rule(error, bad={"samples/events.json": f"[\n  {', '.join(['1'] * 60_000)}\n]\n"})
def too_many_values(file: File) -> Iterator[Problem]:
    """No JSON file holds more than 50,000 values.

    A larger one is not read, so that nothing in it is checked.
    """
    if file.path.endswith(".json") and has_too_many_values(file):
        message = f"{file.path} holds more than {VALUES:,} values and is not checked"
        yield Problem(file.at(), message, "leave out what is not needed")


@rule(
    error,
    bad=[
        {NAME: '{ "name": "Acme", }\n'},
        {"samples/reply.json": '{"ok": tru}\n'},
        {"samples/a.json": '{"a": {{#if b}}1{{/if}}}\n'},
    ],
    good=[
        {"samples/reply.jsonc.txt": "{ok: true,}\n"},
        {"samples/a-manifest.json": f'{{\n  "number": {"1" * 4300}\n}}\n'},
    ],
    gate=("tests", "format", "files"),
)
def invalid_json(integration: Integration) -> Iterator[Problem]:
    """Every `.json` file is valid JSON.

    The manifest is read as the official tests read it, with JavaScript's `JSON.parse`: no comments, no trailing commas,
    double quotes only. Prettier reads every other one too. A template that produces JSON is not itself JSON: name it
    `.json.hbs`.
    """
    for path, file in integration.files.items():
        if not path.endswith(".json") or not file.readable:
            continue
        if fault := integration.json(path).error:
            from toolkit.json_text.repairs import repairs

            place = file.at(fault.offset, fault.offset + fault.length)
            skipped = f"; until then nothing else in {path} is checked" if path == NAME else ""
            gates: tuple[Gate, ...] = ("tests", "format") if path == NAME else ("format",)
            gates += ("files",) if _is_refused_by_hook(file) else ()
            edits = tuple(Edit(file.at(start, end), text) for start, end, text in repairs(fault.text))
            if path != NAME and re.search(r"\{\{[{#/]", fault.text):
                yield Problem(place, f"{path} is not JSON, but a template", f"rename it to `{path}.hbs`", (), gates)
                continue
            yield Problem(place, str(fault), f"{fault.help or 'correct it'}{skipped}", edits, gates)
        elif (endless := _ENDLESS.search(file.text)) and _is_refused_by_hook(file):
            message = f"a number has {len(endless[0])} digits, of which the hygiene hook reads 4300"
            yield Problem(file.at(*endless.span()), message, "write a shorter one, or a text", gates=("files",))


def _is_refused_by_hook(file: File) -> bool:
    """Whether the hygiene hook check-json refuses it: it reads files called ``*manifest.json``, in Python."""
    if not _is_read_by_hook(file.path):
        return False
    try:
        json.loads(file.data.decode())
    except (ValueError, RecursionError):
        return True
    return False


def _is_read_by_hook(path: str) -> bool:
    return path.endswith("manifest.json")


@rule(
    error,
    bad=[{"samples/reply.json": b"\xef\xbb\xbf{}\n"}, {"samples/release-manifest.json": b"\xef\xbb\xbf{}\n"}],
    gate="files",
)
def byte_order_mark(json_file: JsonFile) -> Iterator[Problem]:
    """A JSON file starts without a byte order mark.

    Most editors do not show it, and many programs refuse a file with it. The official tests let it pass, the hygiene
    hooks do not in a manifest, where it is an error.
    """
    if json_file.document.bom:
        edit = Edit(json_file.span(-1, 0), "")
        message, help_ = "the file starts with a byte order mark", "save it as UTF-8 without BOM"
        refused = _is_read_by_hook(json_file.path)
        severity, gates = (None, None) if refused else (warning, ())
        yield Problem(json_file.span(0, 0), message, help_, (edit,), gates, severity)


@rule(warning, bad={"samples/reply.json": '{\n  "ok": true,\n  "ok": false\n}\n'})
def duplicate_key(json_file: JsonFile) -> Iterator[Problem]:
    """An object has each key only once.

    Only the last value counts, the others are dropped silently. In a manifest it is an error.
    """
    for pointer, key, _first in json_file.document.duplicates:
        message = f"the key {dumps(split(pointer)[-1]).strip()} is used twice in this object"
        severity = error if json_file.path == NAME else None
        yield Problem(json_file.span(*key), message, "keep one of them", severity=severity)


@rule(error, bad={"samples/reply.json": '{"ok":true}\n'}, gate="format")
def unformatted_json(json_file: JsonFile) -> Iterator[Problem]:
    """A JSON file is formatted exactly as prettier 2 formats it.

    Two spaces of indentation, 80 columns, short lists on one line, a line break at the end. The official checks compare
    every JSON file with prettier's output. This is the most frequent reason why a pull request is sent back.
    """
    text = json_file.document.text
    try:
        printed = pretty(text)
    except JsonSyntaxError as fault:
        yield Problem(json_file.span(fault.offset, fault.offset + fault.length), str(fault), fault.help)
        return
    if printed == text:
        return
    edits = (Edit(json_file.span(0, len(text)), printed),)
    if "\r\n" in text and pretty(text.replace("\r\n", "\n")) == text.replace("\r\n", "\n"):
        message = "the lines end in carriage return and line feed, as Windows writes them"
        yield Problem(json_file.span(0, 0), message, "save it with line feeds, and see git's core.autocrlf", edits)
        return
    start = next((i for i, pair in enumerate(zip(text, printed, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(text), len(printed)) if start is None else start
    message = "from here on the formatting differs from prettier's"
    yield Problem(json_file.span(at, at), message, "run `ldit lint --fix` or `npx prettier@2 --write`", edits)
