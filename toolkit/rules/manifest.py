"""The manifest as a file: is it there, is it JSON, does it fit the field table."""

from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem, Severity
from toolkit.integration import Integration, JsonFile, Kind, Manifest
from toolkit.integration.manifest import NAME
from toolkit.json_text import JsonSyntaxError, dumps, pretty, read
from toolkit.rules.registry import rule
from toolkit.schema import Failure, failures


@rule(Severity.error, {NAME: None}, {NAME: '{ "name": "Acme", }\n'}, gate="tests")
def manifest_json(integration: Integration) -> Iterator[Problem]:
    """An integration has a `manifest.json` that is valid JSON.

    LaunchDarkly cannot show an integration without it. The file is read as the official tests read it, with
    JavaScript's `JSON.parse`: no comments, no trailing commas, double quotes only.
    """
    file = integration.files.get(NAME)
    if file is None or not file.kind.exists:
        near = [path for path in integration.files if path.lower() in (NAME, "manifest.json5", "manifest.yaml")]
        help_ = f"rename {near[0]} to {NAME}" if near else "`ldit new` writes one to start from"
        yield Problem(Place(""), f"{NAME} is missing", help_)
    elif file.kind is not Kind.file or not file.readable:
        yield Problem(Place(NAME), *file.failure)
    else:
        yield from _syntax(integration, NAME)


@rule(Severity.error, {"samples/reply.json": '{"ok": tru}\n'}, gate="files")
def json_syntax(integration: Integration) -> Iterator[Problem]:
    """Every other `.json` file is valid JSON too.

    The official hygiene hooks read each of them, sample payloads included. A template that produces JSON is not itself
    JSON: name it `.json.hbs`.
    """
    for path, file in integration.files.items():
        if path != NAME and path.endswith(".json") and file.readable:
            yield from _syntax(integration, path)


def _syntax(integration: Integration, path: str) -> Iterator[Problem]:
    try:
        read(integration.files[path].data)
    except JsonSyntaxError as error:
        place = integration.files[path].at(error.offset, error.offset + error.length)
        yield Problem(place, str(error), error.help)


@rule(Severity.error, {"samples/reply.json": b'{ "name": "caf\xe9" }\n'}, gate="files")
def json_utf8(json_file: JsonFile) -> Iterator[Problem]:
    """JSON files are encoded in UTF-8.

    Customers see other bytes as replacement characters, and the official hygiene hooks refuse them.
    """
    document = json_file.document
    if document.bad_utf8:
        at = document.text.find("\ufffd")
        yield Problem(json_file.span(at, at + 1), "this is not UTF-8", "save the file as UTF-8")


@rule(Severity.warning, {"samples/reply.json": b"\xef\xbb\xbf{}\n"})
def json_bom(json_file: JsonFile) -> Iterator[Problem]:
    """A JSON file starts without a byte order mark.

    Most editors do not show it, and many programs refuse a file with it; the official tests let it pass.
    """
    if json_file.document.bom:
        mark = Edit(json_file.span(-1, 0), "")
        message, help_ = "the file starts with a byte order mark", "save it as UTF-8 without BOM"
        yield Problem(json_file.span(0, 0), message, help_, (mark,))


@rule(Severity.error, {"samples/reply.json": '{\n  "ok": true,\n  "ok": false\n}\n'}, gate="files")
def json_duplicate_key(json_file: JsonFile) -> Iterator[Problem]:
    """An object has each key only once.

    Only the last value counts, the others are dropped silently. The official hygiene hooks refuse such a file.
    """
    for pointer, key, _first in json_file.document.duplicates:
        name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        yield Problem(
            json_file.span(*key), f"the key {dumps(name).strip()} is used twice in this object", "keep one of them"
        )


@rule(Severity.error, {"samples/reply.json": '{"ok":true}\n'}, gate="format")
def json_format(json_file: JsonFile) -> Iterator[Problem]:
    """A JSON file is formatted exactly as prettier 2 formats it.

    Two spaces of indentation, 80 columns, short lists on one line, a line break at the end. The official checks compare
    every JSON file with prettier's output. This is the most frequent reason why a pull request is sent back.
    """
    text = json_file.document.text
    try:
        printed = pretty(text)
    except JsonSyntaxError as error:
        yield Problem(json_file.span(error.offset, error.offset + error.length), str(error), error.help)
        return
    if printed != text:
        start = next((i for i, pair in enumerate(zip(text, printed, strict=False)) if pair[0] != pair[1]), None)
        at = min(len(text), len(printed)) if start is None else start
        yield Problem(
            json_file.span(at, at),
            "from here on the formatting differs from prettier's",
            "run `ldit lint --fix` or `npx prettier@2 --write`",
            (Edit(json_file.span(0, len(text)), printed),),
        )


@rule(Severity.error, {NAME: {"catagories": ["analytics"]}}, {NAME: {"name": "A"}}, gate="tests")
def manifest_schema(manifest: Manifest) -> Iterator[Problem]:
    """The manifest follows the official schema: known keys, right types, limits and allowed values.

    `ldit schema manifest` prints the same requirements as a JSON Schema for your editor.
    """
    for failure in failures(manifest.value):
        place = manifest.key(failure.pointer) if failure.on_key else manifest.at(failure.pointer)
        yield Problem(place, failure.message, failure.help, _mend(place, failure))


def _mend(place: Place, failure: Failure) -> tuple[Edit, ...]:
    return () if failure.replacement is None else (Edit.json(place, failure.replacement, safe=not failure.guess),)
