"""Raster images inside an icon: ``data:`` URIs that must be what they claim and decode within a budget."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.regex import regex
from toolkit.svg.document import Element, SvgDocument
from toolkit.svg.names import name_of
from toolkit.svg.violation import Violation, excerpt
from toolkit.svg.vocabulary import IMAGES

MAX_PIXELS = 16_000_000

_HEAD = 120
_URI = regex(r"data:(?P<type>[^,;]*+)(?P<parameters>(?:;[^,;]*+)*+),(?P<payload>.*)", re.DOTALL | re.IGNORECASE)
_SIGNATURES = {
    "PNG": regex(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": regex(rb"\xff\xd8\xff"),
    "GIF": regex(rb"GIF8[79]a"),
    "WEBP": regex(rb"RIFF....WEBP", re.DOTALL),
}
_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/jpg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "img/png": "PNG",  # as some versions of an image editor write it, and every browser reads it
    "img/jpeg": "JPEG",
}


class ImageFault(NamedTuple):
    """What is wrong with an image inside an icon."""

    message: str
    help: str


class Claim(NamedTuple):
    """An image that begins as the format it says; ``encoded`` is what follows the comma of its address."""

    format: str
    encoded: str
    in_base64: bool

    def data(self, head: int | None = None) -> bytes:
        """The bytes, or those of the first ``head`` characters at least. Raises ValueError for damaged base64."""
        import base64
        from urllib.parse import unquote_to_bytes

        text = self.encoded if head is None or "%" in self.encoded[:head] else self.encoded[:head]
        data = unquote_to_bytes(text)
        if not self.in_base64:
            return data
        compact = b"".join(data.split())
        if head is not None:
            compact = compact[: len(compact) // 4 * 4]
        return base64.b64decode(compact + b"=" * (-len(compact) % 4), validate=True)


def claim(uri: str) -> Claim | ImageFault:
    """The image of a ``data:`` URI; a fault where it is no raster image or does not begin as the one it says."""
    parts = _URI.fullmatch(uri.strip())
    if parts is None:
        return ImageFault("an embedded image is not a complete data URI", "embed the image again")
    said = parts["type"].strip().lower()
    if said not in _FORMATS:
        what = excerpt(said) or "data without a type"
        return ImageFault(f"embeds {what}, not a PNG, JPEG, GIF or WebP image", "draw it as shapes, or embed a PNG")
    kind = _FORMATS[said]
    found = Claim(kind, parts["payload"], parts["parameters"].strip().lower().endswith("base64"))
    try:
        begins_so = _SIGNATURES[kind].match(found.data(_HEAD))
    except ValueError:
        return ImageFault(f"the base64 of the embedded {said} is damaged", "embed the image again")
    return (
        found
        if begins_so
        else ImageFault(f"the embedded image says {said} but is not a {kind}", "embed the image again")
    )


def pixels(claimed: Claim, budget: int = MAX_PIXELS) -> int | ImageFault:
    """Decodes an image with Pillow, unless its header announces more pixels than ``budget``.

    Without Pillow there are 0 pixels.
    """
    try:
        from PIL import Image
    except ImportError:  # the renderer, which needs it as well, says so
        return 0
    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(claimed.data()), formats=[claimed.format])
            width, height = image.size
            if width * height <= budget:
                image.load()
    except Image.DecompressionBombError:
        return ImageFault("an embedded image is far too large to decode", "scale it down to the size it is shown at")
    except Exception:  # Pillow's decoders raise whatever their format makes them stumble over
        return ImageFault(f"the embedded {claimed.format} does not decode", "embed the image again")
    if width * height > budget:
        limit = f"{MAX_PIXELS // 1_000_000} megapixels, the limit for all images of an icon"
        return ImageFault(
            f"an embedded image of {width} x {height} px exceeds {limit}", "scale it down to its shown size"
        )
    return width * height


class Decoded(NamedTuple):
    """All images of an icon: their pixels together, and what is wrong with those that do not decode."""

    pixels: int
    violations: tuple[Violation, ...]


def claims(document: SvgDocument, element: Element) -> Iterator[Violation]:
    """Of one element, images whose type is not allowed or not what their first bytes say; nothing is decoded."""
    for key, uri in _images(element):
        if isinstance(fault := claim(uri), ImageFault):
            yield Violation("embedded-data", *document.attribute_span(element, key), *fault)


def decode(document: SvgDocument) -> Decoded:
    """Decodes what ``claims`` lets pass; all images of an icon share the budget of MAX_PIXELS."""
    total, found = 0, []
    found_in = ((element, *found) for element in document.named(*IMAGES) for found in _images(element))
    for element, key, uri in found_in:
        if isinstance(image := claim(uri), ImageFault):
            continue
        if isinstance(size := pixels(image, MAX_PIXELS - total), ImageFault):
            found.append(Violation("embedded-data", *document.attribute_span(element, key), *size))
        else:
            total += size
    return Decoded(total, tuple(found))


def _images(element: Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attributes.items():
        if name_of(key).local == "href" and value.strip()[:5].lower() == "data:":
            yield key, value
