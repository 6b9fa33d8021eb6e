from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from toolkit.integration import Integration, Readme
from toolkit.integration.commonmark import Markdown

TEXT = """\
# Acme *Signals* & `more`

See [setting up](#setting-up), [docs](docs/setup.md), ![a logo](assets/logo.svg "Logo") and [the site][site].
In code, `[x](no-link)` is none; <https://acme.io/auto> is one, and so is https://acme.io/bare.

    [x](no-link-in-indented-code)

```text
[x](no-link-in-a-fence)
```

- ## Setting up

Setting up
==========

| a                    | b           |
| -------------------- | ----------- |
| [cell](in-a-table.md) | `[x](none)` |

<p><a href="in-html.md">x</a></p> <a name="An-Anchor"></a>

[unused]: unused.md
[site]: https://acme.io/site
"""


def read(text: str) -> Readme:
    readme = Integration.from_files("acme", {"README.md": text.encode()}).readme
    assert readme
    return readme


def test_links_are_those_that_markdown_shows() -> None:
    assert [link.url for link in read(TEXT).links] == [
        "#setting-up",
        "docs/setup.md",
        "assets/logo.svg",
        "https://acme.io/auto",
        "https://acme.io/bare",
        "in-a-table.md",
        "in-html.md",
        "https://acme.io/site",
    ]


def test_headings_and_anchors() -> None:
    readme = read(TEXT)
    assert [(heading.level, heading.text) for heading in readme.headings] == [
        (1, "Acme Signals & more"),
        (2, "Setting up"),
        (1, "Setting up"),
    ]
    assert readme.anchors == {"acme-signals--more", "setting-up", "setting-up-1", "an-anchor"}


def test_prose_is_what_is_not_code() -> None:
    prose = read(TEXT).prose
    assert len(prose) == len(TEXT)
    assert "no-link" not in prose
    assert "none" not in prose.partition("Setting up")[2]
    assert "is none; <https" in prose


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("# A\n", False), ("# A\n\nB\n", True), ("```\nx\n```\n", True)]
)
def test_a_body_is_more_than_headings(text: str, expected: bool) -> None:
    assert read(text).has_body is expected


@pytest.mark.parametrize("name", ["README.md", "readme.md", "ReadMe.MD"])
def test_the_case_of_the_name_does_not_matter(name: str) -> None:
    assert Integration.from_files("acme", {name: b"# A\n"}).readme


def test_what_is_not_read() -> None:
    assert Integration.from_files("acme", {}).readme is None
    assert Integration.from_files("acme", {"README.md": b"x" * 600_000}).readme is None
    assert Integration.from_files("acme", {"README.md/x.txt": b""}).readme is None


def test_an_escaped_destination_is_one() -> None:
    assert [link.url for link in read(r"[a](b\_c) [d](e&amp;f)").links] == [r"b\_c", "e&amp;f"]


PIECES = st.sampled_from(
    [
        *("# ", "\n", "\n\n", "\r", "`", "```\n", "[a](b)", "[a][b]", "[b]: c\n", "<a id='x'>", "- ", "| a |", "> "),
        *("|", "\\|", "|-|\n", "\t", "   ", "![a](b)", "<http://a.b>", "<a href=b>", "<!--", "-->", "---\n", "a: b\n"),
        *("[a](<b c>)", "1. ", "\\", "\0", "<h1>", "</h1>", "[^1]", "https://a.io "),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_any_text_is_read_and_its_places_are_in_it(text: str) -> None:
    readme = read(text)
    shown = readme.file.text
    for link in readme.links:
        assert link.place.span
        assert shown[slice(*link.place.span)] == link.url
    for heading in readme.headings:
        assert heading.place.span
        assert 0 <= heading.place.span[0] <= heading.place.span[1] <= len(shown)
    assert len(readme.prose) == len(readme.words) == len(shown)
    assert readme.title or not readme.headings or readme.headings[0].level > 1
    for fence in readme.fences:
        assert shown[slice(*fence.at(0, len(fence.text)).span or ())].replace("\0", "\ufffd")[-1:] in (
            fence.text[-1:],
            "\r",
            "",
        )


def places(text: str, found: Iterable[Any]) -> list[str]:
    return [text[slice(*one.place.span)] for one in found]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("<!-- [x](nope.md) https://acme.io/a -->\n\nText <!-- [y](nope.md) --> goes on.", []),
        ("<!--\n[x](nope.md)\n\n[y](nope.md)\n-->\n[z](yes.md)", ["yes.md"]),
        ("Text.[^1]\n\n[^1]: note\n", []),
        ("Text.[^1]\n\n[^1]: See [the guide](a.md).\n", ["a.md"]),
        ("---\ntitle: Acme\nlink: '[x](nope.md)'\n---\n\n[y](yes.md)", ["yes.md"]),
        ("---\n\n[x](yes.md)\n\n---\n", ["yes.md"]),
        ("<p>[x](no-link-in-html.md)</p>\n\n<p>\n\n[y](yes.md)\n\n</p>", ["yes.md"]),
        ("<a href=a.md><img src='b.png' alt=x></a> <a\n title='>' href = \"c.md\">", ["a.md", "b.png", "c.md"]),
        ("<a data-href='no' xhref='no'> a < b href='no' >", []),
        ("[`a](b)` [c](d)", ["d"]),
        ("``[a](b) ` [c](d)`` \\[e](f) [g\\](h) [i](j)", ["j"]),
        ("[![logo](a.png)](b.md)", ["a.png", "b.md"]),
        ("[a](<b c.md> 'd') [e]( f.md\n\"g\" ) [h]()", ["b c.md", "f.md", ""]),
        ("[a][B] [b] ![c][]\n\n[b]: <d.md> 'e'\n[C]:\n  f.png\n[g]: unused.md", ["d.md", "f.png"]),
        ("> - | [a](b) | `\\|` [c](d) |\n>   |-|-|\n>   | \\| [e](f) | \\|\\| [g](h) |", ["b", "d", "f", "h"]),
        ("| \\| | [a](b)\n|-|-|\n| | [a](b) [c](d) |", ["b", "b", "d"]),
        ("1. a\n\n   > b [c](d)\n   > \t[e](f)\nlazy [g](h)", ["d", "f", "h"]),
        ("\0[a](b)\r[c](d)\r\n[e](f)", ["b", "d", "f"]),
        (
            "[https://acme.io/a](https://acme.io/b) <https://acme.io/c> <jo@acme.io>",
            [f"https://acme.io/{c}" for c in "abc"],
        ),
    ],
)
def test_markdown_and_html_say_what_a_link_is(text: str, urls: list[str]) -> None:
    readme = read(text)
    assert [link.url for link in readme.links] == urls
    assert places(readme.file.text, readme.links) == urls


def test_what_is_shown_for_a_link() -> None:
    readme = read("[The *guide*](a.md) ![A logo](b.png) <img src='c.png'> [Other][d]\n\n[d]: e.md")
    assert [(link.url, link.text, link.image) for link in readme.links] == [
        ("a.md", "The *guide*", False),
        ("b.png", "A logo", True),
        ("c.png", "", True),
        ("e.md", "Other", False),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [the guide][nope] and [x][].", ["[the guide][nope]", "[x][]"]),
        ("![logo][nope]", ["[logo][nope]"]),
        ("[the guide][yes]\n\n[Yes]: a.md", []),
        ("`[a][b]` list[0][1] \\[a][b] [c][^1] [ ] [x] [a](b)[c] <!-- [a][b] -->", []),
        ("```\n[a][b]\n```", []),
    ],
)
def test_undefined_references(text: str, found: list[str]) -> None:
    assert places(text, read(text).undefined) == found


def test_the_name_of_an_undefined_reference() -> None:
    assert [one.name for one in read("[The guide][nope] [x][]").undefined] == ["nope", "x"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## \u26a0\ufe0f Notes", "\ufe0f-notes"),
        ("## What's new? (1.2_3)", "whats-new-12_3"),
        ("## \U0001f680 Rocket :rocket:", "-rocket-rocket"),
        ("## \u00dcber 2\u00b2 na\u0308ive", "\u00fcber-2-na\u0308ive"),
        ("## A &amp; B \\* c", "a--b--c"),
        ("<h2 align='center'>The\n<b>Guide</b></h2>", "the-guide"),
    ],
)
def test_anchors_are_those_of_github(heading: str, anchor: str) -> None:
    assert read(heading).anchors == {anchor}


def test_headings_of_one_name_are_numbered() -> None:
    assert read("# A\n# A\n# A\n").anchors == {"a", "a-1", "a-2"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Acme\n\n# Other", "Acme"),
        ("Words first.\n\n# Acme", "Acme"),
        ("<h1 align='center'>Acme <i>Signals</i></h1>\n\n## Set up", "Acme Signals"),
        ("Acme\n----\n\nText", "Acme"),
        ('---\ntitle: "Acme"\n---\n\n# Other', "Acme"),
        ("![Acme](logo.png)\n\n## Set up", "Acme"),
        ("<p><img src='a.png' alt='Acme'></p>\n\nText", "Acme"),
        ("![Acme](logo.png)\n\n# Signals", "Signals"),
        ("## Set up\n\n![Acme](logo.png)", None),
        ("Text", None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    found = read(text).title
    assert (found and found.text) == title
    if found and found.place.span:
        assert found.text.split()[0] in text[slice(*found.place.span)]


def test_fences() -> None:
    text = 'a\n\n```JSON title\n{"a": 1,}\n```\n- > ~~~\n  > b\n  >  c\n  > ~~~\n\n````\n```\n'
    readme = read(text)
    assert [(fence.language, fence.text) for fence in readme.fences] == [
        ("json", '{"a": 1,}\n'),
        ("", "b\n c\n"),
        ("", "```\n"),
    ]
    assert text[slice(*readme.fences[0].at(7, 8).span or ())] == ","
    assert text[slice(*readme.fences[1].at(0, 4).span or ())] == "b\n  >  c"
    assert places(text, readme.fences)[0].startswith("```JSON")


def test_tables_and_code() -> None:
    text = "| Field | What |\n|--|--|\n| `webhookURI` | The *URL* \\| x |\n| | |\n\nUse `` a ` b ``.\n"
    readme = read(text)
    (table,) = readme.tables
    assert [cell.text for cell in table.header] == ["Field", "What"]
    assert [[cell.text for cell in row] for row in table.rows] == [["webhookURI", "The URL | x"], ["", ""]]
    assert places(text, table.rows[0]) == ["`webhookURI`", "The *URL* \\| x"]
    assert [code.text for code in readme.codes] == ["webhookURI", "a ` b"]
    assert places(text, readme.codes) == ["webhookURI", " a ` b "]


def test_words_are_what_a_reader_reads() -> None:
    text = (
        '---\ntitle: front\n---\n# Acme\n\nSee <!-- todo --> [the guide](address.md "tip"), <b>bold</b> `code` and '
        "https://acme.io/bare.\n\n[defined]: elsewhere.md\n"
    )
    words = read(text).words
    assert len(words) == len(text)
    assert " ".join(words.split()) == '# Acme See [the guide]( "tip"), bold and .'


def test_comments_and_front_matter_are_no_prose() -> None:
    prose = read("---\ntitle: TODO\n---\nText <!-- TODO --> [a](b)\n\n<!--\nTODO\n-->\n").prose
    assert "TODO" not in prose
    assert "[a](b)" in prose


def inline(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


@given(st.lists(PIECES.filter(lambda piece: piece not in ("[^1]", "---\n")) | st.text(max_size=3)).map("".join))
def test_links_are_those_of_the_parser(text: str) -> None:
    text = Integration.from_files("acme", {"README.md": text.encode("utf-8", "replace")}).files["README.md"].text
    parser = MarkdownIt("commonmark").enable("table")
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    parser.validateLink = bool  # type: ignore[method-assign, assignment]
    wanted = [
        child.attrs.get("href", child.attrs.get("src"))
        for child in inline(parser.parse(text))
        if child.type in ("link_open", "image")
    ]
    known = Markdown(text)
    marks = [mark for mark in known.marks if mark.kind in ("link", "image", "autolink")]
    spans = [known.definitions[mark.reference].target if mark.reference else mark.target for mark in marks]
    found = [unescapeAll(text[slice(*span)]) for span in spans if span]
    assert sorted(found) == sorted(str(url).removeprefix("mailto:") for url in wanted)
