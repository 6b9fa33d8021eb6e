"""What a flag link shows of a record of the partner."""

import re
from collections.abc import Iterator
from typing import Any

from toolkit.finding import Problem
from toolkit.integration import Manifest, Template
from toolkit.integration.fields import Field
from toolkit.integration.pointers import FLAG_LINK, LINK_METADATA
from toolkit.regex import regex
from toolkit.rules.examples import link_with
from toolkit.rules.registry import Patch, error, note, rule, warning

_BLOCKS = f"{FLAG_LINK}/uiBlocks"
_TIME = regex(r"(?:At|On|Date|Time|Timestamp|_at|_on)$|(?i:date|time|when|created|updated|modified|due|since)")
"""What a time is called."""
_PRINTED = regex(r"\{\{\{?\s*metadata\.([\w-]+)\s*\}?\}\}")


@rule(
    warning,
    bad=[link_with("Acme record", {}, uiBlocks={}), link_with("Acme record", {}, {"title": {"elements": []}})],
)
def empty_flag_link(manifest: Manifest) -> Iterator[Problem]:
    """A flag link shows at least a title, a name, an image or a description, and no block of it is empty."""
    blocks = manifest.get(_BLOCKS)
    if blocks == {}:
        yield Problem(manifest.at(_BLOCKS), "the flag link shows nothing", "add a title, such as `{{{deepLink}}}`")
    for name in ("title", "context"):
        pointer = f"{_BLOCKS}/{name}/elements"
        if manifest.get(pointer) == []:
            yield Problem(manifest.at(pointer), f"the {name} shows nothing", "add an element, or remove it")


@rule(
    warning,
    bad=[
        link_with("Acme record", {}, {"image": {"sourceUrl": "logo.png"}}),
        link_with("Acme record", {}, {"image": {"sourceUrl": "http://acme-signals.example/logo.png"}}),
        link_with("Acme record", {}, {"title": {"elements": [{"text": "Open", "url": "javascript:open()"}]}}),
    ],
)
def relative_flag_link_url(manifest: Manifest) -> Iterator[Problem]:
    """A URL of a flag link starts with `https://` or with a variable.

    `{{{deepLink}}}` leads to the record itself. LaunchDarkly shows the link on its own pages, where a relative URL
    leads nowhere.
    """
    for field in _elements(manifest):
        for name in ("sourceUrl", "url"):
            url = field.value.get(name)
            if isinstance(url, str) and not re.match(r"https://|\{\{", url, re.IGNORECASE):
                place = manifest.at(f"{field.pointer}/{name}")
                help_ = "write `{{{deepLink}}}`" if name == "url" else "write its whole address, from https://"
                yield Problem(place, f"{name} does not start with https:// or a variable", help_)


def _stamped(text: str) -> Patch:
    metadata = {"state": {"type": "string"}, "linkedAt": {"type": "string"}}
    return link_with("", metadata, {"title": {"elements": [{"text": text, "isTimestamp": True}]}})


@rule(warning, bad=[_stamped("today"), _stamped("{{{metadata.state}}}")], good=_stamped("{{{metadata.linkedAt}}}"))
def wrong_timestamp(manifest: Manifest) -> Iterator[Problem]:
    """The text of an element with `isTimestamp` is a time in milliseconds, from the metadata.

    LaunchDarkly shows it in words. A variable is taken for none only where another one is called a time.
    """
    times = [name for name in manifest.object(LINK_METADATA) if _TIME.search(name)]
    for field in _elements(manifest):
        text = field.value.get("text")
        if field.value.get("isTimestamp") is True and isinstance(text, str) and not re.search(r"\{\{|^\d+$", text):
            place = manifest.at(f"{field.pointer}/text")
            yield Problem(place, f"`{text[:40]}` is not a time in milliseconds", "use a variable")
        match = _PRINTED.fullmatch(str(text)) if field.value.get("isTimestamp") is True else None
        if match and times and match[1] not in times:
            place, help_ = manifest.at(f"{field.pointer}/text"), f"write `{{{{{{metadata.{times[0]}}}}}}}`"
            yield Problem(place, f"{match[1]} does not look like a time", f"{help_}, or remove isTimestamp")


def _elements(manifest: Manifest) -> Iterator[Field[Any]]:
    """The image and the elements of a flag link."""
    yield Field(f"{_BLOCKS}/image", manifest.object(f"{_BLOCKS}/image"))
    for block in ("title", "context"):
        pointer = f"{_BLOCKS}/{block}/elements"
        for index, element in enumerate(manifest.list(pointer)):
            if isinstance(element, dict):
                yield Field(f"{pointer}/{index}", element)


@rule(error, bad=link_with("Acme record"), gate="tests")
def missing_metadata(manifest: Manifest) -> Iterator[Problem]:
    """A flag link declares its metadata, if only an empty one.

    The official tests crash without it. Its keys are what the texts can name, such as `metadata.title`.
    """
    if manifest.object(FLAG_LINK) and not manifest.has(f"{FLAG_LINK}/metadata"):
        yield Problem(manifest.key(FLAG_LINK), "the flag link has no metadata", 'add `"metadata": {}`')


@rule(
    note,
    bad=link_with("Acme record", {"site": {"type": "string"}}, blocks={"image": {"sourceUrl": "{{{metadata.site}}}"}}),
    good=link_with("Acme record", {"site": {"type": "uri"}}, blocks={"image": {"sourceUrl": "{{{metadata.site}}}"}}),
)
def text_as_url(template: Template) -> Iterator[Problem]:
    """The URLs of a flag link come from metadata of type `uri`, or are its `deepLink`.

    A value of type `string` may be any text. One accepted integration uses one for a picture.
    """
    if template.role == "url" and (template.place.pointer or "").startswith(f"{FLAG_LINK}/"):
        declared = template.manifest.object(f"{FLAG_LINK}/metadata")
        for found in template.references:
            way = found.resolved or ()
            kind = declared.get(str(way[1])) if len(way) == 2 and way[0] == "metadata" else None
            if isinstance(kind, dict) and kind.get("type") == "string":
                place = template.at(found.start, found.end)
                yield Problem(place, f"{way[1]} is of type string, but used as a URL", 'make its type "uri"')
