"""What was to be replaced, and was not."""

import re
from collections.abc import Iterator
from itertools import chain

from toolkit.finding import Place, Problem
from toolkit.integration import File, Integration, Manifest, Template, Text
from toolkit.integration.host import is_placeholder
from toolkit.integration.manifest import NAME
from toolkit.integration.unfinished import FIX_ME, gaps, unfinished
from toolkit.json_text import split
from toolkit.regex import regex
from toolkit.rules.examples import README, hook, hook_with
from toolkit.rules.registry import error, rule, warning

_FILLERS = frozenset(
    {"placeholder", "test", "example", "sample", "foo", "bar", "string", "none", "null", "n/a", "undefined", "xxx"}
)
_FILLED = ("/name", "/author", "/overview", "/description", "/details", "/capabilities/flagLink/header")
"""Where one of them is not all that may be said."""
_HOST = regex(r"://(?:[^/@\s\"]*@)?([^/:?#\s\"]+)")
_EXAMPLE_KEYS = frozenset({"placeholder"})
_CODE_KEYS = frozenset(
    {
        "approvalMatcher",
        "rejectionMatcher",
        "matcher",
        "testEventNameRegexp",
        "jsonBody",
        "statusValue",
        "allowedValues",
    }
)
"""Properties whose words are not read by people."""


@rule(error, bad=[{NAME: {"author": FIX_ME}}, {"README.md": f"{README}\nWrite to {FIX_ME}.\n"}])
def fix_me(file: File) -> Iterator[Problem]:
    """No `$FIX_ME` is left over.

    The official generator writes it wherever an answer is missing.
    """
    if FIX_ME.encode() in file.data and file.is_text:
        for match in re.finditer(re.escape(FIX_ME), file.text):
            yield Problem(file.at(*match.span()), f"{FIX_ME} is left over", "replace it with the right value")


@rule(
    warning,
    bad=[
        {NAME: {"description": "TODO: say what Acme Signals does for its customers, and how it does it."}},
        {NAME: {"details": "Open <your account> in Acme Signals, and enter the access token there."}},
        {"README.md": f"{README}\nTODO: write this.\n"},
        hook_with(flag='{ "text": "TODO {{{title.plainText}}}" }\n'),
    ],
    good=[
        {NAME: {"description": "Acme keeps your TODO lists, and its logs; see the placeholder text of each field."}},
        {"README.md": f"{README}\nRun `grep TODO`, and see the TODO items.\n"},
    ],
    unless=("fix-me",),
)
def placeholder_text(integration: Integration) -> Iterator[Problem]:
    """Texts and templates contain no placeholder text.

    `TODO`, `lorem ipsum`, `<your company>`: customers would read it as it is, and LaunchDarkly would send it. Examples
    in the `placeholder` or the description of a form variable are fine, and so are comments.
    """
    if integration.manifest:
        yield from _in_manifest(integration.manifest)
    for text in integration.texts:
        yield from _in_text(text)
    for template in integration.templates:
        yield from _in_template(template)


def _in_manifest(manifest: Manifest) -> Iterator[Problem]:
    for pointer in _FILLED:
        if (text := manifest.text(pointer)).strip(" .").lower() in _FILLERS:
            yield _placeholder(manifest.at(pointer, (0, len(text))), text)
    source = manifest.document.text
    for pointer, text, _ in manifest.strings if any(unfinished(source)) or any(gaps(source)) else ():
        if (key := _key(pointer)) not in _EXAMPLE_KEYS and key not in _CODE_KEYS:
            example = key == "description" and pointer != "/description"
            if match := next(unfinished(text) if example else chain(unfinished(text), gaps(text)), None):
                yield _placeholder(manifest.at(pointer, match.span()), match[0])


def _in_text(text: Text) -> Iterator[Problem]:
    if text.role in ("readme", "license", "title"):
        for match in chain(unfinished(text.value), gaps(text.value) if text.role == "license" else ()):
            yield _placeholder(text.at(*match.span()), match[0])


def _in_template(template: Template) -> Iterator[Problem]:
    if template.is_file and not template.fault and any(unfinished(template.text)):
        from toolkit.handlebars import texts

        for piece in texts(template.program):
            for match in unfinished(template.text[piece.start : piece.end]):
                yield _placeholder(template.at(piece.start + match.start(), piece.start + match.end()), match[0])


def _placeholder(place: Place, words: str) -> Problem:
    return Problem(place, f"`{words}` is a placeholder", "write the final text, or remove it")


@rule(
    warning,
    bad=[
        {NAME: {"links": {"site": "https://www.yourcompany.com"}}},
        {NAME: {"supportEmail": "support@example.com"}},
        hook({"url": "https://example.com/changes"}),
        hook_with(flag='{ "link": "https://example.com/{{{key}}}" }\n'),
    ],
    good=[
        {NAME: {"details": "Enter an address such as https://example.com/hook, and measure every record of yours."}},
        {NAME: {"links": {"site": "https://test.io"}}},
    ],
)
def placeholder_host(integration: Integration) -> Iterator[Problem]:
    """Links, addresses, endpoints and templates use real hosts.

    `example.com` and the like are reserved, `yourcompany.com` belongs to somebody else, and `ngrok.io` or
    `webhook.site` is for trying out: LaunchDarkly would send your customers there, or their data. Examples in a
    sentence or in the `placeholder` of a form variable are fine.
    """
    for link in integration.links:
        if not link.bare and is_placeholder(link.host):
            yield _host(link.place, link.host)
    if integration.manifest and any(map(_is_placeholder, _HOST.findall(integration.manifest.document.text))):
        linked = {link.place.pointer for link in integration.links}
        for pointer, text, _ in integration.manifest.strings:
            host = re.fullmatch(rf"(?i)https?{_HOST.pattern}\S*", text)
            if host and pointer not in linked and _key(pointer) not in _EXAMPLE_KEYS and _is_placeholder(host[1]):
                yield _host(integration.manifest.at(pointer), host[1])
    for template in integration.templates:
        for match in _HOST.finditer(template.text) if template.is_file else ():
            if _is_placeholder(match[1]):
                yield _host(template.at(*match.span(1)), match[1])


def _is_placeholder(host: str) -> bool:
    return is_placeholder(host.lower())


def _host(place: Place, host: str) -> Problem:
    return Problem(place, f"{host} is a placeholder host", "write your own host")


def _key(pointer: str) -> str:
    """The last key of a pointer that is no place in a list."""
    return next((part for part in reversed(split(pointer)) if not part.isdecimal()), "")
