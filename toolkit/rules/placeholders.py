"""What was to be replaced, and was not."""

import re
from collections.abc import Iterator

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
_UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX|TBD)\b|\b[Ll]orem [Ii]psum\b|\bdolor sit amet\b|\b(?i:change|replace)[-_ ]?(?i:me)\b"
    r"|\b(?i:this is a placeholder|placeholder (?:text|link|url|description))\b|\b[Ii]nsert [\w ]{1,30} here\b"
    r"|\bYour (?:Company|Organization|Organisation|Product)\b|\b[Aa]sdf\w*"
)
"""Words that stand for others still to come."""
_FILLERS = frozenset(
    {"placeholder", "test", "example", "sample", "foo", "bar", "string", "none", "null", "n/a", "undefined", "xxx"}
)
_FILLED = frozenset({"name", "author", "overview", "description", "details", "title", "header"})
"""The same where one of them is all that such a property says."""
_GAP = re.compile(
    r"<(?:your|insert|enter)[ _-][^<>\n]{0,60}>|\[(?:your|insert|enter)[ _-][^\[\]\n]{0,60}\](?!\()", re.IGNORECASE
)
"""``<your company>`` and the like, which an example of an input may hold."""
_COMMENT = re.compile(r"\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}", re.DOTALL)
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


def is_unfinished(text: str) -> bool:
    """Whether the text, or a part of it, is still to come."""
    return FIX_ME in text or bool(_UNFINISHED.search(text))


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
    source = manifest.document.text
    suspect = _UNFINISHED.search(source) or _GAP.search(source)
    for pointer, text in strings(manifest.value):
        if (key := _key(pointer)) in _FILLED and text.strip(" .").lower() in _FILLERS:
            yield _unfinished(manifest, pointer, text, (0, len(text)))
        elif suspect and key not in _EXAMPLE_KEYS and key not in _CODE_KEYS:
            example = key == "description" and pointer != "/description"
            if match := _UNFINISHED.search(text) or (None if example else _GAP.search(text)):
                yield _unfinished(manifest, pointer, match[0], match.span())


def _unfinished(manifest: Manifest, pointer: str, words: str, span: tuple[int, int]) -> Problem:
    message = f"{_name(pointer)} contains the placeholder {words!r}"
    return Problem(manifest.at(pointer, span), message, "write the final text")


@rule(Severity.warning, {"README.md": f"{GOOD}\nTODO: write this.\n"})
def readme_placeholder(readme: Readme) -> Iterator[Problem]:
    """The README contains no placeholder text: no `TODO`, no filler text.

    Whoever maintains the integration needs the real text.
    """
    for match in _UNFINISHED.finditer(readme.prose):
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
    """Templates contain no placeholder text: no `TODO`, no filler text.

    LaunchDarkly would send it with every event.
    """
    if file.path.endswith(".hbs") and is_text(file):
        for match in _UNFINISHED.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), file.text)):
            message = f"{match[0]!r} is a placeholder"
            yield Problem(file.at(*match.span()), message, "write the final text, or remove it")


@rule(
    Severity.warning,
    {"manifest.json": {"links": {"site": "https://www.yourcompany.com"}}},
    {"manifest.json": {"supportEmail": "support@example.com"}},
    hook({"url": "https://example.com/changes"}),
)
def placeholder_host(integration: Integration) -> Iterator[Problem]:
    """Links, addresses and endpoints use real hosts.

    `example.com` and the like are reserved, and `yourcompany.com` belongs to somebody else: LaunchDarkly would send
    your customers there, or their data. Examples in a sentence or in the `placeholder` of a form variable are fine.
    """
    for link in integration.links:
        if not link.bare and is_placeholder(link.host):
            yield _placeholder(link.place, link.host, link.role)
    linked = {link.place.pointer for link in integration.links}
    for pointer, text in strings(integration.manifest.value if integration.manifest else None):
        url = text.startswith(("https://", "http://")) and not re.search(r"\s", text)
        if url and pointer not in linked and _key(pointer) not in _EXAMPLE_KEYS:
            host = text.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].lower()
            if is_placeholder(host):
                yield _placeholder(Place(NAME, pointer), host, _name(pointer))


def _placeholder(place: Place, host: str, where: str) -> Problem:
    return Problem(place, f"{host} in {where} is a placeholder host", "write your own host")


def _key(pointer: str) -> str:
    """The last key of a pointer that is no place in a list."""
    return next((part for part in reversed(split(pointer)) if not part.isdecimal()), "")


def _name(pointer: str) -> str:
    return pointer.removeprefix("/").replace("/", ".")
