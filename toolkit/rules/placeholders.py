"""What was to be replaced, and was not."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from toolkit.finding import Place, Problem, Severity
from toolkit.integration import File, Integration, Manifest, Readme
from toolkit.integration.host import is_placeholder
from toolkit.integration.manifest import NAME
from toolkit.json_text import split
from toolkit.rules.fields import strings
from toolkit.rules.files import is_text
from toolkit.rules.patches import hook
from toolkit.rules.readme import GOOD
from toolkit.rules.registry import rule

FIX_ME = "$FIX_ME"
"""The mark that the official scaffold leaves wherever an answer is missing."""
_UNFINISHED = (
    r"\b(?:TODO|FIXME|XXX|TBD)\b|\b[Ll]orem [Ii]psum\b|\bdolor sit amet\b|\b(?i:change|replace)[-_ ]?(?i:me)\b"
    r"|\b(?i:this is a placeholder|placeholder (?:text|link|url|description))\b|\b[Ii]nsert [\w ]{1,30} here\b"
    r"|\bYour (?:Company|Organization|Organisation|Product)\b|\b[Aa]sdf\w*"
)
"""Words that stand for others still to come."""
_SIGNS = (
    *("todo", "fixme", "xxx", "tbd", "lorem ipsum", "dolor sit amet", "asdf", " here", "this is a placeholder"),
    *(f"placeholder {what}" for what in ("text", "link", "url", "description")),
    *(f"{verb}{mark}me" for verb in ("change", "replace") for mark in ("", " ", "-", "_")),
    *("your company", "your organi", "your product"),
)
"""One of them stands, in small letters, in every text that has such words: they are found far more quickly."""
_FILLERS = frozenset(
    {"placeholder", "test", "example", "sample", "foo", "bar", "string", "none", "null", "n/a", "undefined", "xxx"}
)
_FILLED = ("/name", "/author", "/overview", "/description", "/details", "/capabilities/flagLink/header")
"""Where one of them is not all that may be said."""
_GAP = r"(?i)<(?:your|insert|enter)[ _-][^<>\n]{0,60}>|\[(?:your|insert|enter)[ _-][^\[\]\n]{0,60}\](?!\()"
_GAPS = tuple(f"{bracket}{word}" for bracket in "<[" for word in ("your", "insert", "enter"))
"""``<your company>`` and the like, which an example of an input may hold."""
_COMMENT = r"(?s)\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}"
_HOST = r"://(?:[^/@\s\"]*@)?([^/:?#\s\"]+)"
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


@lru_cache(maxsize=1024)
def is_unfinished(text: str) -> bool:
    """Whether the text, or a part of it, is still to come."""
    return FIX_ME in text or any(_unfinished(text))


def _unfinished(text: str) -> Iterator[re.Match[str]]:
    small = text.lower()
    return re.finditer(_UNFINISHED, text) if any(sign in small for sign in _SIGNS) else iter(())


def _gaps(text: str) -> Iterator[re.Match[str]]:
    small = text.lower()
    return re.finditer(_GAP, text) if any(sign in small for sign in _GAPS) else iter(())


@rule(Severity.error, {"manifest.json": {"author": FIX_ME}}, {"README.md": f"{GOOD}\nWrite to {FIX_ME}.\n"})
def fix_me(file: File) -> Iterator[Problem]:
    """No `$FIX_ME` is left over.

    The official generator writes it wherever an answer is missing.
    """
    if FIX_ME.encode() in file.data and is_text(file):
        for match in re.finditer(re.escape(FIX_ME), file.text):
            yield Problem(file.at(*match.span()), f"{FIX_ME} is left over", "replace it with the right value")


@rule(
    Severity.warning,
    {"manifest.json": {"description": "TODO: say what Acme Signals does for its customers, and how it does it."}},
    {"manifest.json": {"details": "Open <your account> in Acme Signals, and enter the access token there."}},
)
def placeholder_text(manifest: Manifest) -> Iterator[Problem]:
    """The manifest contains no placeholder text.

    `TODO`, `lorem ipsum`, `<your company>`: customers would read it as it is. Examples in the `placeholder` or the
    description of a form variable are fine.
    """
    for pointer in _FILLED:
        if (text := manifest.text(pointer)).strip(" .").lower() in _FILLERS:
            yield _said(manifest, pointer, text, (0, len(text)))
    source = manifest.document.text
    for pointer, text in strings(manifest.value) if any(_unfinished(source)) or any(_gaps(source)) else ():
        if (key := _key(pointer)) not in _EXAMPLE_KEYS and key not in _CODE_KEYS:
            example = key == "description" and pointer != "/description"
            if match := next(_unfinished(text) if example else chain(_unfinished(text), _gaps(text)), None):
                yield _said(manifest, pointer, match[0], match.span())


def _said(manifest: Manifest, pointer: str, words: str, span: tuple[int, int]) -> Problem:
    message = f"{_name(pointer)} contains the placeholder {words!r}"
    return Problem(manifest.at(pointer, span), message, "write the final text")


@rule(Severity.warning, {"README.md": f"{GOOD}\nTODO: write this.\n"})
def readme_placeholder(readme: Readme) -> Iterator[Problem]:
    """The README contains no placeholder text: no `TODO`, no filler text.

    Whoever maintains the integration needs the real text.
    """
    for match in _unfinished(readme.prose):
        place = readme.file.at(*match.span())
        yield Problem(place, f"{match[0]!r} is a placeholder", "write the final text, or remove it")


@rule(
    Severity.warning,
    {
        "templates/flag.json.hbs": '{ "text": "TODO" }\n',
        "README.md": f"{GOOD}\nIt has one template: `flag.json.hbs`.\n",
    },
)
def template_placeholder(file: File) -> Iterator[Problem]:
    """Templates contain no placeholders: no `TODO`, no filler text, no `example.com`.

    LaunchDarkly would send it with every event.
    """
    if file.path.endswith(".hbs") and is_text(file):
        for match in _unfinished(re.sub(_COMMENT, lambda comment: " " * len(comment[0]), file.text)):
            message = f"{match[0]!r} is a placeholder"
            yield Problem(file.at(*match.span()), message, "write the final text, or remove it")
        for match in re.finditer(_HOST, file.text):
            if _is_placeholder(match[1]):
                yield Problem(file.at(*match.span(1)), f"{match[1]} is a placeholder host", "write your own host")


@rule(
    Severity.warning,
    {"manifest.json": {"links": {"site": "https://www.yourcompany.com"}}},
    {"manifest.json": {"supportEmail": "support@example.com"}},
    hook({"url": "https://example.com/changes"}),
)
def placeholder_host(integration: Integration) -> Iterator[Problem]:
    """Links, addresses and endpoints use real hosts.

    `example.com` and the like are reserved, `yourcompany.com` belongs to somebody else, and `ngrok.io` or
    `webhook.site` is for trying out: LaunchDarkly would send your customers there, or their data. Examples in a
    sentence or in the `placeholder` of a form variable are fine.
    """
    for link in integration.links:
        if not link.bare and is_placeholder(link.host):
            yield _placeholder(link.place, link.host, link.role)
    if integration.manifest and any(map(_is_placeholder, re.findall(_HOST, integration.manifest.document.text))):
        linked = {link.place.pointer for link in integration.links}
        for pointer, text in strings(integration.manifest.value):
            host = re.fullmatch(rf"(?i)https?{_HOST}\S*", text)
            if host and pointer not in linked and _key(pointer) not in _EXAMPLE_KEYS and _is_placeholder(host[1]):
                yield _placeholder(Place(NAME, pointer), host[1], _name(pointer))


def _is_placeholder(host: str) -> bool:
    return is_placeholder(host.lower())


def _placeholder(place: Place, host: str, where: str) -> Problem:
    return Problem(place, f"{host} in {where} is a placeholder host", "write your own host")


def _key(pointer: str) -> str:
    """The last key of a pointer that is no place in a list."""
    return next((part for part in reversed(split(pointer)) if not part.isdecimal()), "")


def _name(pointer: str) -> str:
    return pointer.removeprefix("/").replace("/", ".")
