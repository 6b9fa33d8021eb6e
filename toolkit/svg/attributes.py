"""Attributes that run, load or refer; every other attribute of an icon is inert."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.regex import regex
from toolkit.svg.css import Styles, is_plain_value
from toolkit.svg.document import Element
from toolkit.svg.names import SVG, XLINK, Name, name_of
from toolkit.svg.violation import Kind, excerpt
from toolkit.svg.vocabulary import EVENTS, IMAGES, REFERENCE_ATTRIBUTES, STYLED_ATTRIBUTES

XML = "http://www.w3.org/XML/1998/namespace"
XML_EVENTS = "http://www.w3.org/2001/xml-events"

_HANDLER = regex(r"on[a-z]+", re.IGNORECASE)
"""As every name of an event handler is made, those to come included."""
_ANIMATED_VALUES = frozenset({"from", "to", "by", "values"})
_SCRIPT_URI = regex(r"javascript:|vbscript:|data:text/html", re.IGNORECASE)
_IGNORED_IN_URI = regex(r"[\x00-\x20]+")
_EXTERNAL_HELP = {
    "use": "copy the shape into this file",
    "image": "embed the image, or better draw it as shapes",
    "feImage": "embed the image, or better draw it as shapes",
}


class AttributeFault(NamedTuple):
    """What is wrong with the value of an attribute."""

    kind: Kind
    message: str
    help: str


def harmless(key: str, value: str) -> bool:
    """A quick yes for paints and styles without anything active in them."""
    return (key in STYLED_ATTRIBUTES or key == "style") and is_plain_value(value)


def faults(element: Element, key: str, value: str, styles: Styles) -> Iterator[AttributeFault]:
    """What one attribute does that it must not do in an icon; ``key`` as in ``Element.attributes``.

    The bytes of an embedded image are not looked at here.
    """
    name = name_of(key)
    local = name.local.lower()
    if _handles_events(element, name):
        yield AttributeFault(
            "event-handler", f"the `{name.written}` handler runs a script", f"remove the `{name.written}` handler"
        )
    elif local == "base" and name.namespace == XML:
        yield AttributeFault("external-reference", "`xml:base` leads every reference elsewhere", "remove `xml:base`")
    elif _refers(name):
        yield from _reference(element, name, value)
    elif _SCRIPT_URI.match(_IGNORED_IN_URI.sub("", value)):
        yield AttributeFault("script", f"`{name.written}` holds a script address", f"remove `{name.written}`")
    elif not name.namespace and (local == "style" or local in STYLED_ATTRIBUTES or local in _ANIMATED_VALUES):
        for fault in styles.value_faults(value):
            yield AttributeFault(fault.kind, fault.message, fault.help)


def _handles_events(element: Element, name: Name) -> bool:
    """Whether XML or HTML takes this attribute for an event handler.

    On an element of an editor only what is the name of an event counts: other words begin with ``on`` too.
    """
    if name.namespace not in ("", SVG):
        return name.namespace == XML_EVENTS
    local = name.local.lower()
    return bool(_HANDLER.fullmatch(local)) and (element.name.namespace == SVG or local[2:] in EVENTS)


def _refers(name: Name) -> bool:
    """Whether XML or HTML reads this attribute as an address."""
    linking = name.namespace in ("", XLINK) or name.prefix.lower() == "xlink"
    return linking and name.local.lower() in REFERENCE_ATTRIBUTES


def _reference(element: Element, name: Name, value: str) -> Iterator[AttributeFault]:
    local = element.name.local
    if local in IMAGES and value.strip()[:5].lower() == "data:":
        return
    address = _IGNORED_IN_URI.sub("", value)
    if _SCRIPT_URI.match(address):
        yield AttributeFault("script", f"`{name.written}` holds a script address", f"remove `{name.written}`")
    elif name.local not in REFERENCE_ATTRIBUTES:
        message = f"`{name.written}` is an address in HTML only"
        yield AttributeFault("external-reference", message, f"write it as `{name.written.lower()}`")
    elif address and not address.startswith("#"):
        remedy = _EXTERNAL_HELP.get(local, f"remove `{name.written}`, or refer to a part of this file as #id")
        yield AttributeFault("external-reference", f"`{local}` refers to {excerpt(value)}, outside the file", remedy)
