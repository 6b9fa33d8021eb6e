import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from toolkit.errors import LditError
from toolkit.preview.card import DARK, LIGHT, WIDTH, Card, picture, sheet
from toolkit.preview.text import Font, wrap
from toolkit.svg.names import SVG

ICON = f'<svg xmlns="{SVG}" viewBox="0 0 10 10"><rect width="10" height="10" fill="#0000ff"/></svg>'.encode()
CARD = Card("Acme Signals", "Send what Acme observes to your flags.", ("monitoring", "data"), ICON)


def drawn(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(picture(card))).convert("RGB")


def colours(image: Image.Image) -> set[str]:
    counted = image.getcolors(image.width * image.height) or []
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in counted if isinstance(colour, tuple)}


def count(image: Image.Image, colour: tuple[int, int, int]) -> int:
    return sum(number for number, found in image.getcolors(image.width * image.height) or [] if found == colour)


def test_a_card_is_shown_on_light_and_on_dark() -> None:
    image = drawn(CARD)
    half = image.width // 2
    light, dark = image.crop((0, 0, half, image.height)), image.crop((half, 0, image.width, image.height))
    assert {LIGHT.page, LIGHT.card, LIGHT.name, LIGHT.chip} <= colours(light)
    assert {DARK.page, DARK.card, DARK.name, DARK.chip} <= colours(dark)
    assert count(light, (0xFF, 0xFF, 0xFF)) > half * image.height // 2
    assert count(dark, (0xFF, 0xFF, 0xFF)) == 0
    assert half > WIDTH


def test_the_icon_is_drawn_at_twice_its_delivered_size() -> None:
    assert count(drawn(CARD), (0, 0, 255)) == 2 * 80 * 80


def test_a_wide_icon_keeps_its_ratio() -> None:
    wide = ICON.replace(b"0 0 10 10", b"0 0 10 2.5")
    assert count(drawn(Card("A", "B.", (), wide)), (0, 0, 255)) == 2 * 80 * 20


def test_a_png_is_shown_as_it_is() -> None:
    target = io.BytesIO()
    Image.new("RGB", (400, 400), "#0000ff").save(target, "PNG")
    assert count(drawn(Card("A", "B.", (), target.getvalue())), (0, 0, 255)) == 2 * 80 * 80


@pytest.mark.parametrize(
    "icon", [b"", b"<svg", ICON.replace(b"<rect", b"<rect onclick=''"), b"\x89PNG\r\n\x1a\n", b"GIF89a"]
)
def test_an_icon_that_cannot_be_shown_is_said_so(icon: bytes) -> None:
    image = drawn(Card("A", "B.", (), icon))
    assert count(image, (0xB3, 0x26, 0x1E)) > 300
    assert count(image, (0, 0, 255)) == 0


def test_long_texts_wrap_and_make_the_card_higher() -> None:
    long = Card("Acme " * 12, "An overview that says a lot. " * 9, tuple(f"category-{n}" for n in range(9)), ICON)
    assert drawn(long).width == drawn(CARD).width
    assert drawn(long).height > 2 * drawn(CARD).height


def test_a_character_without_a_font_is_said_so() -> None:
    noted = drawn(Card("Acme \U000e0100\U0010fffd", "B.", (), ICON))
    assert count(noted, (0xB3, 0x26, 0x1E)) > 100
    assert count(drawn(CARD), (0xB3, 0x26, 0x1E)) == 0


def test_a_sheet_has_rows_of_equal_width() -> None:
    one = drawn(CARD)
    for cards, columns, size in ((4, 2, (2, 2)), (3, 2, (2, 2)), (2, 3, (2, 1)), (1, 3, (1, 1))):
        image = Image.open(io.BytesIO(sheet([CARD] * cards, columns=columns)))
        assert image.size == (size[0] * one.width, size[1] * one.height)


def test_a_file_that_is_no_font(tmp_path: Path) -> None:
    file = tmp_path / "font.ttf"
    file.write_text("no font")
    with pytest.raises(LditError, match="is not a font"):
        picture(CARD, font_file=file)


@settings(max_examples=30)
@given(st.text(max_size=80), st.integers(min_value=30, max_value=200))
def test_wrapped_lines_fit_and_hold_every_character(text: str, width: int) -> None:
    face = Font("").at(20)
    lines = wrap(text, face, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(face.getlength(line) <= width or len(line) == 1 for line in lines)


def test_the_font_of_pillow_serves_plain_english() -> None:
    assert Font("Acme's overview: 100% of flags, (Beta) & more!").lacking == ""
    assert Font("a\U0010fffd b\U0010fffd").lacking == "\U0010fffd"
