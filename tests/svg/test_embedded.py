import base64
import io

import pytest
from PIL import Image

from toolkit.svg.embedded import MAX_PIXELS, Claim, ImageFault, claim, decode, pixels
from toolkit.svg.names import SVG
from toolkit.svg.reader import read


def raster(kind: str, size: tuple[int, int] = (3, 2)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size).save(target, kind)
    return target.getvalue()


def uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def claimed(data: bytes) -> Claim:
    found = claim(uri("png", data))
    assert isinstance(found, Claim)
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_sound_image_is_decoded(kind: str) -> None:
    found = claim(uri(kind.lower(), raster(kind)))
    assert isinstance(found, Claim)
    assert pixels(found) == 6


def test_an_image_may_be_percent_encoded() -> None:
    encoded = "".join(f"%{byte:02X}" for byte in raster("GIF"))
    found = claim(f"data:image/gif,{encoded}")
    assert isinstance(found, Claim)
    assert found.data() == raster("GIF")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("data:image/png;base64", "an embedded image is not a complete data URI"),
        ("data:image/svg+xml,<svg/>", "embeds image/svg+xml, not a PNG, JPEG, GIF or WebP image"),
        ("data:,x", "embeds data without a type, not a PNG, JPEG, GIF or WebP image"),
        ("data:image/png;base64,AA*A", "the base64 of the embedded image/png is damaged"),
        (uri("png", raster("GIF")), "the embedded image says image/png but is not a PNG"),
    ],
)
def test_a_false_claim_is_named(address: str, message: str) -> None:
    fault = claim(address)
    assert isinstance(fault, ImageFault)
    assert fault.message == message


def test_an_image_over_the_budget_is_not_decoded() -> None:
    fault = pixels(claimed(raster("PNG")), budget=5)
    assert isinstance(fault, ImageFault)
    assert fault.message.startswith("an embedded image of 3 x 2 px exceeds 16 megapixels")


def test_a_damaged_image_is_named() -> None:
    fault = pixels(claimed(raster("PNG", (90, 90))[:50]))
    assert fault == ImageFault("the embedded PNG does not decode", "embed the image again")


def test_base64_that_is_damaged_further_on_is_named() -> None:
    address = uri("png", raster("PNG", (90, 90))).replace("data:image/png;base64,", "data:image/png;base64,\n") + "*"
    found = claim(address)
    assert isinstance(found, Claim)
    assert pixels(found) == ImageFault("the embedded PNG does not decode", "embed the image again")


def test_all_images_share_one_budget() -> None:
    side = int((MAX_PIXELS / 2) ** 0.5) + 10
    image = f'<image href="{uri("png", raster("PNG", (side, side)))}"/>'
    alone, both = (read(f'<svg xmlns="{SVG}">{body}</svg>'.encode()) for body in (image, image * 2))
    assert decode(alone) == (side * side, ())
    assert decode(both).pixels == side * side
    assert [violation.kind for violation in decode(both).violations] == ["embedded-data"]
