"""Whether what customers read are sentences, in the form that is shown."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Manifest, Text
from toolkit.integration.manifest import NAME
from toolkit.regex import regex
from toolkit.rules.examples import README
from toolkit.rules.registry import error, note, rule, warning
from toolkit.rules.wording.vocabulary import OPENERS, VERBS

_MARKS = 20
"""How many blanks and marks more one text may have than another that says the same."""
_TAG = (
    r"(?i)</?(?:a|abbr|b|big|blockquote|body|button|center|code|details|div|em|embed|font|form|h[1-6]|head|hr|html|i|"
    r"iframe|img|input|ins|kbd|li|link|math|meta|object|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|"
    r"summary|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)(?:\s[^<>]*)?/?>|<!--"
)
_BLOCK = r"(?m)^ {0,3}(?:#{1,6} |```|~~~|> |\|.*\|$)|!\[[^\]]*\]\("
_ADDRESS = r"https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"
_GOES_ON = regex(r"""\s*[)"'(]""")
_LINKS = regex(
    rf"(?i)\[[^\[\]\n]+\](?: +\(https?://[^\s()]*\)|(?P<open>\({_ADDRESS}))|\([^()\n]+\)\[https?://[^\]\s]*\]?"
)
_MARKUP = r"(?i)\[[^\]]+\]\([^)]*\)|\*\*[^*]+\*\*|__[^_]+__|`[^`]+`|</?[a-z]+[^<>]*>|https?://\S+"
_CLOSED = regex(r"[.!?:\u2026][\"')\]\u201d\u2019]*\Z|\.\s*\)\Z")
_ENDING = regex(r"(?:\w|[)\"'\u201d\u2019\]*_`])\Z")
"""How a text ends that goes on without a period: a letter, a parenthesis, a quote, a link."""


@rule(
    error,
    bad={NAME: {"overview": "Bring your metrics along"}},
    good={NAME: {"overview": "Bring your metrics (all of them)."}},
    gate="tests",
)
def overview_without_period(manifest: Manifest) -> Iterator[Problem]:
    """The overview must end in a period.

    The integrations page shows it as a sentence; the official tests refuse it otherwise.
    """
    overview = manifest.text("/overview")
    if overview and not overview.endswith("."):
        fixed = overview.rstrip().rstrip("!;,:\u2026\u3002\uff0e\uff61") + "."
        edit = Edit.json(manifest.at("/overview"), fixed)
        yield Problem(manifest.at("/overview"), "overview does not end in a period", "end it with a period", (edit,))


@rule(
    note,
    bad={NAME: {"overview": "Sends your metrics to LaunchDarkly."}},
    good=[{NAME: {"overview": f"{words} your metrics in LaunchDarkly."}} for words in ("Access", "Unleash", "Process")],
    pedantic=True,
)
def overview_without_verb(manifest: Manifest) -> Iterator[Problem]:
    """The overview starts with a verb that says what the customer can do.

    "Manage your flags from Acme." rather than "Manages your flags", "Acme manages your flags" or "An overview of your
    flags". Only first words that are certainly not such a verb are reported.
    """
    words = re.findall(r"[\w'-]+", manifest.text("/overview"))
    if not words:
        return
    first, place = words[0].lower(), manifest.at("/overview")
    name = re.findall(r"[\w'-]+", manifest.text("/name").lower())
    if verb := _verb_of(first):
        message = f"overview starts with `{words[0]}`, not with the imperative"
        yield Problem(place, message, f"start with `{verb.capitalize()}`")
    elif first in OPENERS or first == "launchdarkly" or (name[:1] == [first] and first not in VERBS):
        yield Problem(place, f"overview starts with `{words[0]}`, not with a verb", "say what the customer can do")


def _verb_of(word: str) -> str:
    """The verb whose third person or present participle a word is, or nothing."""
    for ending, replacements in (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ing", ("", "e"))):
        if word.endswith(ending) and word not in VERBS:
            bare = word.removesuffix(ending)
            single = bare[:-1] if ending == "ing" and bare[-1:] == bare[-2:-1] else bare
            for verb in (*(bare + replacement for replacement in replacements), single):
                if verb in VERBS:
                    return verb
    return ""


@rule(
    warning,
    bad={NAME: {"description": "Measure your experiments with the events Acme Signals collects."}},
    good={NAME: {"description": "Measure your experiments with the events Acme Signals collects, in every region."}},
)
def repeated_description(manifest: Manifest) -> Iterator[Problem]:
    """The description says more than the overview, and the details more than the description.

    Customers read the overview on the card and the description right after it. Where only the description repeats the
    overview and the details say more, it is a note. Some accepted integrations have this defect too.
    """
    texts = {name: manifest.text(f"/{name}") for name in ("overview", "description", "details")}
    for name, other in (("description", "overview"), ("details", "overview"), ("details", "description")):
        text, earlier = texts[name], texts[other]
        near = text and abs(len(text) - len(earlier)) <= _MARKS
        if near and _letters(text) == _letters(earlier) != "":
            more = name == "description" and texts["details"] and _letters(texts["details"]) != _letters(text)
            help_ = "say what the product does and what the customer gains"
            place = manifest.at(f"/{name}")
            yield Problem(place, f"{name} repeats the {other}", help_, severity=note if more else None)
            return


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _find(text: Text, pattern: str, signs: str) -> Iterator[re.Match[str]]:
    """Where a pattern stands in a text that holds any of the signs."""
    if any(sign in text.value for sign in signs):
        yield from re.finditer(pattern, text.value)


@rule(
    warning,
    bad={NAME: {"details": "Acme measures <b>every</b> record that your customers choose."}},
    good={NAME: {"details": "Acme measures every record<br>that your customers choose, if x < y."}},
)
def html_in_text(text: Text) -> Iterator[Problem]:
    """Descriptions contain no HTML.

    They are simple Markdown: emphasis and links. HTML is shown as typed or dropped, and a script would be unsafe. A
    `<br>` between paragraphs is common and allowed.
    """
    if text.role == "prose":
        for match in _find(text, _TAG, "<"):
            message = f"{text.name} contains the HTML tag {match[0][:40]}"
            yield Problem(text.at(*match.span()), message, "write it in Markdown")


@rule(
    warning,
    bad={NAME: {"details": "# Acme Signals, the place where all your measurements meet."}},
    good={NAME: {"details": "Acme Signals is the #1 place where all your measurements meet."}},
)
def block_in_text(text: Text) -> Iterator[Problem]:
    """Descriptions contain no headings, images, tables, quotations or code blocks.

    They are shown in a small panel beside the integration's name, which has room for sentences and links only.
    """
    if text.role == "prose":
        for match in _find(text, _BLOCK, "#`~>|!"):
            message = f"{text.name} contains a Markdown block, it takes sentences and links"
            yield Problem(text.at(*match.span()), message, "write sentences")


@rule(
    warning,
    bad=[
        {NAME: {"details": "Open [the account] (https://acme-signals.io), and copy the access token from there."}},
        {NAME: {"details": "Open (your account)[https://acme-signals.io], and copy the access token from there."}},
        {NAME: {"details": "Copy the access token from [your account](https://acme-signals.io and go back."}},
        {"README.md": f"{README}\nSee [the guide] (https://acme-signals.io/guide).\n"},
    ],
    good={NAME: {"details": "Open [the account](https://acme-signals.io) (https only), and copy the access token."}},
)
def broken_text_link(text: Text) -> Iterator[Problem]:
    """A link in a description or in the README is written `[text](https://...)`.

    The text in brackets, the address in parentheses right behind it, both closed. Anything else is shown as typed.
    """
    if text.role not in ("prose", "readme") or "[" not in text.value or "://" not in text.value:
        return
    for match in _LINKS.finditer(text.value):
        if match["open"] is None or not _GOES_ON.match(text.value, match.end()):
            message = f"`{match[0][:60].splitlines()[0]}` is not a link in Markdown"
            yield Problem(text.at(*match.span()), message, "write `[text](https://...)`")


@rule(
    warning,
    bad={NAME: {"overview": "Bring **every** metric of yours to LaunchDarkly."}},
    good={NAME: {"overview": "Bring a * and b * c to LaunchDarkly, if x < y."}},
)
def markup_in_plain_text(text: Text) -> Iterator[Problem]:
    """Names, labels and the overview are plain text: no Markdown, no HTML, no URL.

    They are shown exactly as typed, markup included. Links belong in the description.
    """
    if text.role in ("name", "sentence", "label"):
        for match in _find(text, _MARKUP, "[*_`<:"):
            message = f"{text.name} is plain text, `{match[0][:40]}` is shown as typed"
            yield Problem(text.at(*match.span()), message, "remove the markup")


@rule(
    note,
    bad=[
        {NAME: {"details": "Acme Signals measures every record that your customers choose"}},
        {NAME: {"details": "Acme Signals measures every record (or only those that you choose)"}},
        {NAME: {"details": "measures every record of Acme Signals that your customers choose."}},
    ],
    good={NAME: {"details": "Acme Signals measures every record. (Or only those that you choose.)"}},
    unless=("placeholder-text",),
)
def incomplete_sentence(manifest: Manifest) -> Iterator[Problem]:
    """The overview and the descriptions are sentences: a capital letter first, a period last, not all in capitals.

    A name that starts with a lower-case letter may begin one.
    """
    for name in ("overview", "description", "details"):
        text, place = manifest.text(f"/{name}").strip(), manifest.at(f"/{name}")
        first = re.match(r"[a-z]+(?![\w.])", text)
        if first and first[0] not in manifest.text("/name"):
            yield Problem(place, f"{name} starts with a lower-case letter", "start with a capital letter")
        if len(text) > 20 and text.isupper():
            yield Problem(place, f"{name} is written in capitals", "write it in lower-case letters")
        if text and name != "overview" and _ENDING.search(text) and not _CLOSED.search(text):
            edits = (Edit.json(place, f"{text}."),)
            yield Problem(place, f"{name} does not end in a period", "end it with a period", edits)
