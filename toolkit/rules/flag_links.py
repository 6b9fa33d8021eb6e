"""What a flag link shows of a record of the partner."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Manifest
from toolkit.integration.templates import LINK
from toolkit.rules.fields import Field
from toolkit.rules.registry import rule
from toolkit.rules.template_patches import link_with

_BLOCKS = f"{LINK}/uiBlocks"


@rule(
    Severity.warning,
    link_with("Acme record", {}, uiBlocks={}),
    link_with("Acme record", {}, {"title": {"elements": []}}),
)
def flag_link_empty(manifest: Manifest) -> Iterator[Problem]:
    """A flag link shows at least a title, a name, an image or a description, and no block of it is empty."""
    blocks = manifest.get(_BLOCKS)
    if blocks == {}:
        yield Problem(manifest.at(_BLOCKS), "the flag link shows nothing", "add a title, such as `{{{deepLink}}}`")
    for name in ("title", "context"):
        pointer = f"{_BLOCKS}/{name}/elements"
        if manifest.get(pointer) == []:
            yield Problem(manifest.at(pointer), f"the {name} shows nothing", "add an element, or remove it")


@rule(
    Severity.warning,
    link_with("Acme record", {}, {"image": {"sourceUrl": "logo.png"}}),
    link_with("Acme record", {}, {"image": {"sourceUrl": "http://acme-signals.example/logo.png"}}),
    link_with("Acme record", {}, {"title": {"elements": [{"text": "Open", "url": "javascript:open()"}]}}),
)
def flag_link_fixed(manifest: Manifest) -> Iterator[Problem]:
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


@rule(Severity.warning, link_with("Acme record", {}, {"title": {"elements": [{"text": "today", "isTimestamp": True}]}}))
def flag_link_timestamp(manifest: Manifest) -> Iterator[Problem]:
    """The text of an element with `isTimestamp` is a time in milliseconds, from the metadata.

    LaunchDarkly shows it in words.
    """
    for field in _elements(manifest):
        text = field.value.get("text")
        if field.value.get("isTimestamp") is True and isinstance(text, str) and not re.search(r"\{\{|^\d+$", text):
            place = manifest.at(f"{field.pointer}/text")
            yield Problem(place, f"`{text[:40]}` is not a time in milliseconds", "use a variable")


def _elements(manifest: Manifest) -> Iterator[Field]:
    """The image and the elements of a flag link."""
    yield Field(f"{_BLOCKS}/image", manifest.object(f"{_BLOCKS}/image"))
    for block in ("title", "context"):
        pointer = f"{_BLOCKS}/{block}/elements"
        for index, element in enumerate(manifest.list(pointer)):
            if isinstance(element, dict):
                yield Field(f"{pointer}/{index}", element)
