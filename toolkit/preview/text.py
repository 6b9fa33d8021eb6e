"""Text for pictures: a font that has the characters, and lines that fit a width."""

from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from toolkit.errors import LditError

_UNASSIGNED = "\U0010ffff"
_SYSTEM_FONTS = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "segoeui.ttf",
    "Arial Unicode.ttf",
    "Arial.ttf",
    "NotoSansCJK-Regular.ttc",
    "msyh.ttc",
)


class Font:
    """A typeface in any size: ``file``, or the one of the candidates that draws the most of ``text``.

    Candidates are the font that comes with Pillow, which is English only, then common ones of the system. Raises
    LditError where ``file`` is not a font. ``lacking`` holds the characters of ``text`` that show as a box.
    """

    def __init__(self, text: str, file: Path | None = None) -> None:
        best: tuple[str, str] | None = None
        for name in [str(file)] if file else ["", *_SYSTEM_FONTS]:
            if (face := _open(name, 20)) is not None:
                missing = _lacking(text, face)
                best = (name, missing) if best is None or len(missing) < len(best[1]) else best
                if not missing:
                    break
        if best is None:
            raise LditError(f"{file} is not a font that can be used", "name a TrueType or OpenType file")
        self._name, self.lacking = best

    def at(self, size: int) -> FreeTypeFont:
        """The typeface at ``size`` pixels."""
        face = _open(self._name, size)
        assert face is not None  # noqa: S101 - it opened before
        return face


def wrap(text: str, face: FreeTypeFont, width: float) -> list[str]:
    """Lines that are at most ``width`` pixels wide; a longer word, or text without blanks, is broken anywhere."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if face.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, face, width)
        lines += whole
    return [*lines, line]


def _open(name: str, size: int) -> FreeTypeFont | None:
    """A font file by path or, on this system, by name; the one that comes with Pillow without a name."""
    try:
        found = ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
    except OSError:
        return None
    return found if isinstance(found, FreeTypeFont) else None


def _lacking(text: str, face: FreeTypeFont) -> str:
    box = _shape(_UNASSIGNED, face)
    return "".join(c for c in dict.fromkeys(text) if not c.isspace() and _shape(c, face) == box)


def _shape(character: str, face: FreeTypeFont) -> tuple[tuple[int, int], bytes]:
    mask = face.getmask(character)
    return mask.size, bytes(mask)


def _broken(word: str, face: FreeTypeFont, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and face.getlength(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
