"""Raster pictures inside an icon: ``data:`` URIs that must be what they claim and decode within a budget."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.svg.drawing import Drawing, Element, name_of
from toolkit.svg.offence import Offence, excerpt

MAX_PIXELS = 16_000_000
PICTURES = frozenset({"image", "feImage"})

_HEAD = 120
_URI = re.compile(r"data:(?P<type>[^,;]*+)(?P<parameters>(?:;[^,;]*+)*+),(?P<payload>.*)", re.DOTALL | re.IGNORECASE)
_SIGNATURES = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "GIF": re.compile(rb"GIF8[79]a"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
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


class Fault(NamedTuple):
    message: str
    help: str


class Claim(NamedTuple):
    """A picture that begins as the format it says; ``encoded`` is what follows the comma of its address."""

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


def claim(uri: str) -> Claim | Fault:
    """The picture of a ``data:`` URI; a fault where it is no raster picture or does not begin as the one it says."""
    parts = _URI.fullmatch(uri.strip())
    if parts is None:
        return Fault("an embedded picture is not a complete data URI", "embed the picture again")
    said = parts["type"].strip().lower()
    if said not in _FORMATS:
        what = excerpt(said) or "data without a type"
        return Fault(f"embeds {what}, not a PNG, JPEG, GIF or WebP picture", "draw it as shapes, or embed a PNG")
    kind = _FORMATS[said]
    found = Claim(kind, parts["payload"], parts["parameters"].strip().lower().endswith("base64"))
    try:
        begins_so = _SIGNATURES[kind].match(found.data(_HEAD))
    except ValueError:
        return Fault(f"the base64 of the embedded {said} is damaged", "embed the picture again")
    return (
        found
        if begins_so
        else Fault(f"the embedded picture says {said} but is not a {kind}", "embed the picture again")
    )


def pixels(picture: Claim, budget: int = MAX_PIXELS) -> int | Fault:
    """Decodes a picture with Pillow, unless its header announces more pixels than ``budget``."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(picture.data()), formats=[picture.format])
            width, height = image.size
            if width * height <= budget:
                image.load()
    except Image.DecompressionBombError:
        return Fault("an embedded picture is far too large to decode", "scale it down to the size it is shown at")
    except Exception:  # Pillow's decoders raise whatever their format makes them stumble over
        return Fault(f"the embedded {picture.format} does not decode", "embed the picture again")
    if width * height > budget:
        limit = f"{MAX_PIXELS // 1_000_000} megapixels, the limit for all pictures of an icon"
        return Fault(f"an embedded picture of {width} x {height} px exceeds {limit}", "scale it down to its shown size")
    return width * height


class Decoded(NamedTuple):
    """All pictures of a drawing: their pixels together, and what is wrong with those that do not decode."""

    pixels: int
    offences: tuple[Offence, ...]


def claims(drawing: Drawing, element: Element) -> Iterator[Offence]:
    """Of one element, pictures whose type is not allowed or not what their first bytes say; nothing is decoded."""
    for key, uri in _pictures(element):
        if isinstance(fault := claim(uri), Fault):
            yield Offence("embedded-data", *drawing.attribute_span(element, key), *fault)


def decode(drawing: Drawing) -> Decoded:
    """Decodes what ``claims`` lets pass; all pictures of a drawing share the budget of MAX_PIXELS."""
    total, found = 0, []
    found_in = ((element, *found) for element in drawing.named(*PICTURES) for found in _pictures(element))
    for element, key, uri in found_in:
        if isinstance(picture := claim(uri), Fault):
            continue
        if isinstance(size := pixels(picture, MAX_PIXELS - total), Fault):
            found.append(Offence("embedded-data", *drawing.attribute_span(element, key), *size))
        else:
            total += size
    return Decoded(total, tuple(found))


def _pictures(element: Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attributes.items():
        if name_of(key).local == "href" and value.strip()[:5].lower() == "data:":
            yield key, value
