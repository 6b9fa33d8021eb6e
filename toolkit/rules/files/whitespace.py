"""What a text file has at the end of its lines, and at its own end."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import File
from toolkit.regex import regex
from toolkit.rules.registry import error, note, rule, warning

_TRAILING = regex(r"(?<![^\S\r\n])[^\S\r\n]++(?=[\r\n]|\Z)")
_ASCII_BLANKS = " \t\x0b\x0c"
_REFUSED = regex(
    rf"(?<![{_ASCII_BLANKS}\r])(?:[{_ASCII_BLANKS}\r]+(?=\r\n)|[{_ASCII_BLANKS}\r]*[{_ASCII_BLANKS}](?=\n)"
    rf"|[{_ASCII_BLANKS}\r]+\Z)"
)
"""What the hooks remove at the end of a line: they look at bytes, and only a line feed ends a line for them."""
_INVISIBLE = "an invisible blank"
_BREAKS = regex(r"\r\n|\r|\n")


@rule(
    error,
    bad=[{"LICENSE": "Free to use \n"}, {"LICENSE": "Free to use\r\r\n"}],
    good={"LICENSE": "Free  to use\r\n"},
    gate="files",
)
def trailing_space(file: File) -> Iterator[Problem]:
    """No line ends with a space or tab.

    The official hygiene hooks refuse it in every text file, Markdown and SVG included, and a carriage return that no
    line feed follows as well. Other blanks, such as a no-break space, they do not see: a warning.
    """
    if not file.is_text or not ("\r" in file.text or any(line[-1:].isspace() for line in file.text.split("\n"))):
        return
    edits: dict[str, list[Edit]] = {}
    for match in _REFUSED.finditer(file.text):
        place, last = file.at(*match.span()), match.end() == len(file.text)
        blank = "a carriage return" if "\r" in match[0] else "a space or tab"
        right = _line_break(file.text) if last and "\r" in match[0] else ""
        edits.setdefault(blank, []).append(Edit(place, right))
    for match in _TRAILING.finditer(file.text):
        if match[0][-1] not in _ASCII_BLANKS:
            edits.setdefault(_INVISIBLE, []).append(Edit(file.at(*match.span()), ""))
    for blank, those in edits.items():
        count, help_ = ("the line ends", "remove it") if len(those) == 1 else (f"{len(those)} lines end", "remove them")
        gates, severity = ((), warning) if blank == _INVISIBLE else (None, None)
        yield Problem(those[0].place, f"{count} with {blank}", help_, tuple(those), gates, severity)


@rule(
    error,
    bad=[{"LICENSE": "Free to use"}, {"LICENSE": "Free to use\n\n"}],
    good={"LICENSE": "Free to use\r\n"},
    gate="files",
    unless="trailing-space",
)
def wrong_final_newline(file: File) -> Iterator[Problem]:
    """A text file ends with exactly one line break.

    The official hygiene hooks refuse none and several.
    """
    text = file.text if file.is_text else ""
    kept = text.rstrip("\r\n")
    ending = text[len(kept) :]
    if text and (ending not in ("\n", "\r\n", "\r") or not kept):
        place = file.at(len(kept), len(text))
        message = "the file ends with several line breaks" if ending else "the file does not end with a line break"
        yield Problem(place, message, "end it with one", (Edit(place, _line_break(text) if kept else ""),))


def _line_break(text: str) -> str:
    """The kind of line break that stands most often in a text."""
    return max(("\n", "\r\n"), key=_BREAKS.findall(text).count)


@rule(note, bad={"LICENSE": "Free to use,\r\nto change\nand to share\r\n"}, unless="trailing-space")
def mixed_line_endings(file: File) -> Iterator[Problem]:
    """The lines of a file all end in the same way.

    Either all with a line feed or all with a carriage return before it; a mixture shows as changes that nobody made.
    JSON files have line feeds only, which `unformatted-json` looks at.
    """
    if file.path.endswith(".json") or not file.is_text or not file.is_utf8 or "\r" not in file.text:
        return
    right = _line_break(file.text)
    wrong = [match for match in _BREAKS.finditer(file.text) if match[0] != right]
    if wrong:
        edits = tuple(Edit(file.at(*match.span()), right) for match in wrong)
        count = "1 line ends" if len(wrong) == 1 else f"{len(wrong)} lines end"
        message = f"{count} differently from the rest"
        yield Problem(edits[0].place, message, "save the file with one kind of line break", edits)
