import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.integration import Integration, Readme

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
    readme = Integration.held("acme", {"README.md": text.encode()}).readme
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
    assert Integration.held("acme", {name: b"# A\n"}).readme


def test_what_is_not_read() -> None:
    assert Integration.held("acme", {}).readme is None
    assert Integration.held("acme", {"README.md": b"x" * 600_000}).readme is None
    assert Integration.held("acme", {"README.md/x.txt": b""}).readme is None


def test_an_escaped_destination_is_one() -> None:
    assert [link.url for link in read(r"[a](b\_c) [d](e&amp;f)").links] == [r"b\_c", "e&amp;f"]


PIECES = st.sampled_from(
    ["# ", "\n", "\n\n", "\r", "`", "```\n", "[a](b)", "[a][b]", "[b]: c\n", "<a id='x'>", "- ", "| a |"]
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
    assert len(readme.prose) == len(shown)
