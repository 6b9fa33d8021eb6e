"""Whose name stands in the texts: the integration's own, spelled right, and nobody else's in its place."""

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem
from toolkit.integration import Integration, Manifest, Text
from toolkit.integration.manifest import NAME
from toolkit.integration.product import distinctive, domain
from toolkit.integration.texts import TextRole
from toolkit.regex import regex
from toolkit.rules.examples import README, ZEPHYR
from toolkit.rules.registry import note, rule, warning

_SHORTEST = 6
"""Letters; a shorter word has too many others that differ in one letter."""
_QUILLWORT = {"name": "Acme Quillwort", "author": "Quillwort"}
_HOST = regex(r"(?i)https?://([a-z0-9][a-z0-9.-]*\.[a-z]{2,})(?=[:/?#]|$)")
_ABOUT = ("/overview", "/description", "/details", "/capabilities/flagLink/header")
"""Pointers to the texts that say what the integration is."""
_PRODUCTS = (
    "Slack|Trello|Jira|Asana|Datadog|Sentry|Zendesk|Confluence|Notion|PagerDuty|Opsgenie|Honeycomb|Dynatrace|Splunk|"
    "Grafana|Bugsnag|Rollbar|Raygun|ServiceNow|Salesforce|Amplitude|Mixpanel|Segment\\.io|Snowflake|Zapier|Figma|"
    "GitHub|GitLab|Bitbucket|Mattermost|Telegram|Discord|Heap|Kibana|Logz|Loggly"
)
_KNOWN = regex(rf"\b(?:{_PRODUCTS})\b")
"""Names of products that mean nothing else."""
_LEAVING = regex(rf"\b(?:without (?:leaving|switching from)|straight from|right in|inside of) ({_PRODUCTS})\b")
_SPOKEN: tuple[TextRole, ...] = ("name", "sentence", "label", "prose", "hint", "fragment", "readme", "title")


@rule(
    warning,
    bad=[
        {NAME: {**_QUILLWORT, "overview": "Send the flag changes of your Quilwort account."}},
        {NAME: _QUILLWORT, "README.md": f"{README}\nIn Quill Wort, create a token.\n"},
    ],
    good={NAME: {**_QUILLWORT, "overview": "Send the flag changes of your Quillworts."}},
    unless=("misspelled-product", "misspelled-word"),
)
def misspelled_own_name(text: Text, integration: Integration) -> Iterator[Problem]:
    """The integration's own name is spelled as in the manifest's name, in one word or two as there.

    One letter too few, one too many, two exchanged, or a space inside. In the README it is a note.
    """
    if text.role not in _SPOKEN:
        return
    for name in sorted({word for each in integration.ownership.names for word in distinctive(each, as_written=True)}):
        if len(name) >= _SHORTEST and not name.isupper():
            for match in _near(text, name, integration.ownership.words):
                place = text.at(*match.span())
                edits = (Edit(place, name, safe=False),)
                severity = None if text.is_of_manifest else note
                message = f"`{match[0]}` looks like {name}, misspelled"
                yield Problem(place, message, f"write `{name}`", edits, severity=severity)


def _near(text: Text, name: str, own: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a text says the name with a slip in it."""
    small = name.lower()
    slips = {word for word in text.distinct if word not in own and _is_near(word, small)}
    for word in sorted(slips):
        yield from re.finditer(rf"(?i)(?<![\w./@:#-]){word}(?![\w/@-]|\.\w)", text.masked)
    first, last = text.distinct & {small[:at] for at in range(3, len(small) - 2)}, text.distinct
    for start in sorted(first):
        if small[len(start) :] in last and start[0].isalpha():
            rest = small[len(start) :]
            pattern = rf"(?<![\w./@:#-]){start.capitalize()}[ -](?i:{rest})(?![\w/@-]|\.\w)"
            yield from re.finditer(pattern, text.masked)


def _is_near(word: str, name: str) -> bool:
    """Whether one letter is missing, added, or exchanged with its neighbor, other than at the end."""
    if abs(len(word) - len(name)) > 1 or word == name or word[0] != name[0]:
        return False
    start = next((at for at, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0 or start >= min(len(word), len(name)) - 1:
        return False
    one, two = word[start:], name[start:]
    return one[1:] == two or one == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])


@rule(
    warning,
    bad=[
        {NAME: {"overview": "Send flag change events to Zephyr."}, **ZEPHYR},
        {"README.md": README.replace("# Acme Signals", "# Zephyr"), **ZEPHYR},
        {NAME: {"description": "Acme Signals posts each change of a flag, without leaving Trello for LaunchDarkly."}},
    ],
    good=[
        {NAME: {"overview": "Send flag changes from Acme Signals to Zephyr."}, **ZEPHYR},
        {NAME: {"description": "Acme Signals for Trello posts each change of a flag, without leaving Trello for it."}},
    ],
)
def foreign_name(text: Text, integration: Integration) -> Iterator[Problem]:
    """The overview, the description and the README's title speak of this integration, not of another one.

    The name of another integration, where its own name is not said, was probably left over from a manifest that this
    one was copied from. Names are those in the directories beside this one.
    """
    if text.role == "readme":
        heading = integration.readme.headings[0] if integration.readme and integration.readme.headings else None
        spoken, start = (heading.text, text.value.find(heading.text)) if heading and heading.level == 1 else ("", 0)
    else:
        spoken, start = (text.value, 0) if text.place.pointer in _ABOUT else ("", 0)
    if left := _left(text, integration):
        yield left
        return
    own = integration.ownership.words
    if not spoken or start < 0 or not own.isdisjoint(re.findall(r"[^\W_]+", spoken.lower())):
        return
    for match, other in integration.ownership.named(spoken):
        place = text.at(start + match.start(), start + match.end())
        yield Problem(place, f"`{match[0]}` is the name of {other.name}", "write the name of this integration")
        return
    if (text.place.pointer or "").endswith("/header") and (known := _KNOWN.search(spoken)):
        place = text.at(*known.span())
        yield Problem(place, f"`{known[0]}` is the name of another product", "write the name of this integration")


def _left(text: Text, integration: Integration) -> Problem | None:
    """Another product in `without leaving ...`, where this one is meant."""
    left = _LEAVING.search(text.value) if text.place.pointer in _ABOUT else None
    if not left or left[1].lower() in integration.ownership.words or text.value.count(left[1]) > 1:
        return None
    message = f"`{left[1]}` is the name of another product"
    return Problem(text.at(*left.span(1)), message, "write the name of this integration")


@rule(
    warning,
    bad=[
        {NAME: {"supportEmail": "support@acme-signal.example"}},
        {NAME: {"supportEmail": "support@acme-sginals.example"}},
    ],
    good={NAME: {"supportEmail": "support@acme.example"}},
    unless=("unsuitable-support-email",),
)
def misspelled_own_host(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The integration's own domain is spelled the same in all links, in the support address and in endpoints.

    One letter too few, one too many, two exchanged, or one in place of another, where at least two others agree. Mail
    to a misspelled domain is read by somebody else.
    """
    hosts = _own_hosts(manifest, integration)
    count = Counter(domain(host) for _, host in hosts)
    for place, host in hosts:
        wrong = domain(host)
        for right in sorted(count):
            if count[wrong] == 1 and count[right] > 1 and _is_slip(wrong, right):
                yield Problem(place, f"{wrong} looks like {right}, misspelled", f"write `{right}`")


def _own_hosts(manifest: Manifest, integration: Integration) -> list[tuple[Place, str]]:
    """The hosts of the links, of the support address and of the endpoints, with what names them."""
    mail = manifest.text("/supportEmail").rpartition("@")[2].lower()
    hosts = [(manifest.at("/supportEmail"), mail)] if mail else []
    links = manifest.object("/links")
    for name, url in links.items():
        if isinstance(url, str) and (match := _HOST.match(url)):
            hosts.append((manifest.at(f"/links/{name}"), match[1].lower()))
    called = ((endpoint.at("url"), _HOST.match(endpoint.url)) for endpoint in integration.endpoints)
    return [*hosts, *((place, match[1].lower()) for place, match in called if match)]


def _is_slip(wrong: str, right: str) -> bool:
    """Whether two domains with one ending differ in a letter."""
    (one, _, end), (other, _, ending) = wrong.partition("."), right.partition(".")
    if end != ending or one == other or min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])
