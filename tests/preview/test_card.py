import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from toolkit.errors import LditError
from toolkit.preview.card import DARK, LIGHT, WIDTH, Artwork, Card, Theme, picture, sheet
from toolkit.preview.text import Font, wrap
from toolkit.svg.names import SVG

ICON = f'<svg xmlns="{SVG}" viewBox="0 0 10 10"><rect width="10" height="10" fill="#0000ff"/></svg>'.encode()
WIDE = ICON.replace(b"0 0 10 10", b"0 0 30 10").replace(b'width="10"', b'width="30"').replace(b"0000ff", b"00ff00")


def card(name: str = "A", overview: str = "B.", square: Artwork | None = None, wide: Artwork | None = None) -> Card:
    return Card(name, overview, "Learn more", square or Artwork(ICON), wide or Artwork(WIDE))


CARD = card("Acme Signals", "Send what Acme observes to your flags.")


def drawn(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(picture(card))).convert("RGB")


def colors(image: Image.Image) -> set[str]:
    counted = image.getcolors(image.width * image.height) or []
    return {"#{:02x}{:02x}{:02x}".format(*color) for _, color in counted if isinstance(color, tuple)}


def count(image: Image.Image, color: str) -> int:
    wanted = tuple(bytes.fromhex(color.removeprefix("#")))
    return sum(number for number, found in image.getcolors(image.width * image.height) or [] if found == wanted)


@pytest.mark.parametrize(("theme", "half"), [(LIGHT, 0), (DARK, 1)])
def test_a_row_is_shown_on_light_and_on_dark(theme: Theme, half: int) -> None:
    image = drawn(CARD)
    across = image.width // 2
    part = image.crop((half * across, 0, (half + 1) * across, image.height))
    assert {theme.page, theme.row, theme.border, theme.name, theme.text} <= colors(part)
    assert count(part, theme.row) > WIDTH * 60
    assert count(part, (LIGHT, DARK)[1 - half].row) == 0
    assert across > WIDTH


def test_the_icons_are_drawn_at_twice_their_size() -> None:
    assert count(drawn(CARD), "#0000ff") == 2 * 80 * 80
    assert count(drawn(CARD), "#00ff00") == 2 * 330 * 110


def test_a_wide_icon_keeps_its_ratio() -> None:
    wide = ICON.replace(b"0 0 10 10", b"0 0 10 2.5")
    assert count(drawn(card(square=Artwork(wide))), "#0000ff") == 2 * 80 * 20


def test_a_png_is_shown_as_it_is() -> None:
    target = io.BytesIO()
    Image.new("RGB", (400, 400), "#0000ff").save(target, "PNG")
    assert count(drawn(card(square=Artwork(target.getvalue()))), "#0000ff") == 2 * 80 * 80


@pytest.mark.parametrize(
    "icon",
    [
        Artwork(b""),
        Artwork(b"<svg"),
        Artwork(ICON.replace(b"<rect", b"<rect onclick=''")),
        Artwork(b"\x89PNG\r\n\x1a\n"),
        Artwork(b"GIF89a"),
        Artwork(ICON, "the icon is not square"),
    ],
)
def test_an_icon_that_is_refused_is_a_red_box_and_a_reason(icon: Artwork) -> None:
    for refused, hidden in ((card(square=icon), "#0000ff"), (card(wide=icon), "#00ff00")):
        image = drawn(refused)
        assert count(image, LIGHT.warning) > 300
        assert count(image, DARK.warning) > 300
        assert count(image, hidden) == 0
        assert image.height > drawn(CARD).height


def test_long_texts_wrap_and_make_the_card_higher() -> None:
    long = card("Acme " * 12, "An overview that says a lot. " * 9)
    assert drawn(long).width == drawn(CARD).width
    assert drawn(long).height > 1.3 * drawn(CARD).height


def test_a_character_without_a_font_is_said_so() -> None:
    assert count(drawn(card("Acme \U000e0100\U0010fffd")), LIGHT.warning) > 100
    assert count(drawn(CARD), LIGHT.warning) == 0


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
