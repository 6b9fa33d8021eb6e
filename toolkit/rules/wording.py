"""The words that customers read."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.fields import Role, texts
from toolkit.rules.registry import rule
from toolkit.rules.vocabulary import OPENERS, VERBS

_MARKS = 20
"""How many blanks and marks more one text may have than another that says the same."""
OVERVIEW_COMFORT = 90
"""Code points; reviewers ask for less than the limit of 100, since the card shows two lines."""
_TAG = (
    r"(?i)</?(?:a|abbr|b|big|blockquote|body|button|center|code|details|div|em|embed|font|form|h[1-6]|head|hr|html|i|"
    r"iframe|img|input|ins|kbd|li|link|math|meta|object|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|"
    r"summary|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)(?:\s[^<>]*)?/?>|<!--"
)
_BLOCK = r"(?m)^ {0,3}(?:#{1,6} |```|~~~|> |\|.*\|$)|!\[[^\]]*\]\("
_ADDRESS = r"https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"
_GOES_ON = re.compile(r"""\s*[)"'(]""")
_LINKS = rf"(?i)\[[^\[\]\n]+\](?: +\(https?://[^\s()]*\)|(?P<open>\({_ADDRESS}))|\([^()\n]+\)\[https?://[^\]\s]*\]?"
_MARKUP = r"(?i)\[[^\]]+\]\([^)]*\)|\*\*[^*]+\*\*|__[^_]+__|`[^`]+`|</?[a-z]+[^<>]*>|https?://\S+"


def _matches(manifest: Manifest, pattern: str, signs: str, *roles: Role) -> Iterator[tuple[str, re.Match[str], Place]]:
    """Where a pattern stands in the texts that hold any of the signs: the field's name, the match and the place."""
    for text in texts(manifest, *roles):
        if any(sign in text.value for sign in signs):
            for match in re.finditer(pattern, text.value):
                yield text.key, match, manifest.at(text.pointer, match.span())


@rule(Severity.error, {NAME: {"overview": "Bring your metrics along"}}, gate="tests")
def overview_period(manifest: Manifest) -> Iterator[Problem]:
    """The overview must end in a period.

    The integrations page shows it as a sentence; the official tests refuse it otherwise.
    """
    overview = manifest.text("/overview")
    if overview and not overview.endswith("."):
        mended = overview.rstrip().rstrip("!;,:\u2026\u3002\uff0e\uff61") + "."
        edit = Edit.json(manifest.at("/overview"), mended)
        yield Problem(manifest.at("/overview"), "overview does not end in a period", "end it with a period", (edit,))


@rule(
    Severity.note,
    {
        NAME: {
            "overview": "Bring all the metrics that your teams measure in Acme to LaunchDarkly and to your experiments."
        }
    },
)
def overview_length(manifest: Manifest) -> Iterator[Problem]:
    """The overview should be no longer than 90 characters.

    It is one line on a card; the limit is 100, and reviewers ask for the shortest sentence that says what it does.
    """
    length = len(manifest.text("/overview"))
    if OVERVIEW_COMFORT < length <= 100:
        yield Problem(
            manifest.at("/overview"),
            f"overview is {length} characters, more than {OVERVIEW_COMFORT} are hard to read on a card",
            "shorten it",
        )


@rule(Severity.note, {NAME: {"overview": "Sends your metrics to LaunchDarkly."}})
def overview_verb(manifest: Manifest) -> Iterator[Problem]:
    """The overview starts with a verb that says what the customer can do.

    "Manage your flags from Acme." rather than "Manages your flags", "Acme manages your flags" or "An overview of your
    flags". Only first words that are certainly not such a verb are reported.
    """
    words = re.findall(r"[\w'-]+", manifest.text("/overview"))
    if not words:
        return
    first, place = words[0].lower(), manifest.at("/overview")
    name = re.findall(r"[\w'-]+", manifest.text("/name").lower())
    stem = _stem(first)
    if stem:
        yield Problem(
            place, f"overview starts with `{words[0]}`, not with the imperative", f"start with `{stem.capitalize()}`"
        )
    elif first in OPENERS or first == "launchdarkly" or (name[:1] == [first] and first not in VERBS):
        yield Problem(place, f"overview starts with `{words[0]}`, not with a verb", "say what the customer can do")


def _stem(word: str) -> str:
    """The verb whose third person or present participle a word is, or nothing."""
    for ending, mends in (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ing", ("", "e"))):
        if word.endswith(ending) and word not in VERBS:
            bare = word.removesuffix(ending)
            doubled = bare[:-1] if ending == "ing" and bare[-1:] == bare[-2:-1] else bare
            for stem in (*(bare + mend for mend in mends), doubled):
                if stem in VERBS:
                    return stem
    return ""


@rule(Severity.warning, {NAME: {"description": "Measure your experiments with the events Acme Signals collects."}})
def description_repeats(manifest: Manifest) -> Iterator[Problem]:
    """The description says more than the overview, and the details more than the description.

    Customers read the overview on the card and the description right after it. Some accepted integrations have this
    defect too.
    """
    told = {name: manifest.text(f"/{name}") for name in ("overview", "description", "details")}
    for name, other in (("description", "overview"), ("details", "overview"), ("details", "description")):
        said, before = told[name], told[other]
        near = said and abs(len(said) - len(before)) <= _MARKS
        if near and _folded(said) == _folded(before) != "":
            help_ = "say what the product does and what the customer gains"
            yield Problem(manifest.at(f"/{name}"), f"{name} repeats the {other}", help_)
            return


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


@rule(Severity.warning, {NAME: {"details": "Acme measures <b>every</b> record that your customers choose."}})
def text_html(manifest: Manifest) -> Iterator[Problem]:
    """Descriptions contain no HTML.

    They are simple Markdown: emphasis and links. HTML is shown as typed or dropped, and a script would be unsafe. A
    `<br>` between paragraphs is common and allowed.
    """
    for key, match, place in _matches(manifest, _TAG, "<", Role.prose):
        yield Problem(place, f"{key} contains the HTML tag {match[0][:40]}", "write it in Markdown")


@rule(Severity.warning, {NAME: {"details": "# Acme Signals, the place where all your measurements meet."}})
def text_block(manifest: Manifest) -> Iterator[Problem]:
    """Descriptions contain no headings, images, tables, quotations or code blocks.

    They are shown in a small panel beside the integration's name, which has room for sentences and links only.
    """
    for key, _, place in _matches(manifest, _BLOCK, "#`~>|!", Role.prose):
        yield Problem(place, f"{key} contains a Markdown block, it takes sentences and links", "write sentences")


@rule(
    Severity.warning,
    {NAME: {"details": "Open [the account] (https://acme-signals.io), and copy the access token from there."}},
    {NAME: {"details": "Open (your account)[https://acme-signals.io], and copy the access token from there."}},
    {NAME: {"details": "Copy the access token from [your account](https://acme-signals.io and go back."}},
)
def text_link(manifest: Manifest) -> Iterator[Problem]:
    """A link in a description is written `[text](https://...)`.

    The text in brackets, the address in parentheses right behind it, both closed. Anything else is shown as typed.
    """
    for text in texts(manifest, Role.prose):
        for start, end in broken_links(text.value):
            said = f"`{text.value[start:end][:60]}` is not a link in Markdown"
            yield Problem(manifest.at(text.pointer, (start, end)), said, "write `[text](https://...)`")


def broken_links(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what looks like a Markdown link and is none."""
    for match in re.finditer(_LINKS, text) if "[" in text and "://" in text else ():
        if match["open"] is None or not _GOES_ON.match(text, match.end()):
            yield match.span()


@rule(Severity.warning, {NAME: {"overview": "Bring **every** metric of yours to LaunchDarkly."}})
def text_markup(manifest: Manifest) -> Iterator[Problem]:
    """Names, labels and the overview are plain text: no Markdown, no HTML, no URL.

    They are shown exactly as typed, markup included. Links belong in the description.
    """
    for key, match, place in _matches(manifest, _MARKUP, "[*_`<:", Role.name, Role.sentence, Role.label):
        yield Problem(place, f"{key} is plain text, `{match[0][:40]}` is shown as typed", "remove the markup")


@rule(
    Severity.note,
    {NAME: {"details": "Acme Signals measures every record that your customers choose"}},
    {NAME: {"details": "measures every record of Acme Signals that your customers choose."}},
)
def text_sentence(manifest: Manifest) -> Iterator[Problem]:
    """The overview and the descriptions are sentences: a capital letter first, a period last, not all in capitals.

    A name that starts with a lower-case letter may begin one.
    """
    for name in ("overview", "description", "details"):
        said, place = manifest.text(f"/{name}").strip(), manifest.at(f"/{name}")
        first = re.match(r"[a-z]+(?![\w.])", said)
        if first and first[0] not in manifest.text("/name"):
            yield Problem(place, f"{name} starts with a lower-case letter", "start with a capital letter")
        if len(said) > 20 and said.isupper():
            yield Problem(place, f"{name} is written in capitals", "write it in lower-case letters")
        if said and name != "overview" and said[-1].isalnum():
            edits = (Edit.json(place, f"{said}."),)
            yield Problem(place, f"{name} does not end in a period", "end it with a period", edits)
