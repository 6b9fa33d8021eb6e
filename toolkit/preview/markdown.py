"""The little Markdown that LaunchDarkly shows, as HTML that can do no harm."""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from toolkit.regex import regex

EMPTY = Markup()
LONGEST = 20_000
"""Code points; of a longer text the rest is counted, not shown."""
_FOLLOWED = regex(r"(?:https?://|mailto:)", re.IGNORECASE)


def inline(text: str) -> Markup:
    """Links to the web, emphasis and code of a Markdown text; everything else, HTML too, stands there as it is."""
    return Markup(_parser().renderInline(clipped(text)))  # noqa: S704 - the parser escapes HTML


def coded(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    pieces = clipped(text, 1_000).split("`")
    if len(pieces) % 2 == 0:
        return escape("`".join(pieces))
    codes = (Markup("<code>{}</code>").format(piece) if odd % 2 else escape(piece) for odd, piece in enumerate(pieces))
    return Markup("").join(codes)


def marked(text: str, names: Sequence[str]) -> Markup:
    """A text in which each of ``names`` is marked."""
    if not names:
        return escape(text)
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pieces = re.split(f"({pattern})", text)
    marks = (Markup("<mark>{}</mark>").format(piece) if odd % 2 else escape(piece) for odd, piece in enumerate(pieces))
    return Markup("").join(marks)


def clipped(text: str, longest: int = LONGEST) -> str:
    """A text that is not too long to be shown."""
    more = len(text) - longest
    return text if more <= 0 else f"{text[:longest]}… ({more:,} more characters)"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}).enable(["link", "emphasis", "backticks", "escape", "entity"])
    parser.validateLink = _is_followed  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _outside)
    return parser


def _is_followed(url: str) -> bool:
    return bool(_FOLLOWED.match(url.strip()))


def _outside(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer")
    tokens[index].attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)
