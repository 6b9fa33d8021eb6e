"""What `ldit new` wrote is known again, however it was laid out since, and what its author wrote is not."""

import random
import re
from collections import UserList
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.scaffold.filled import filled_in
from toolkit import scaffold
from toolkit.integration import Integration, generated
from toolkit.scaffold import icons
from toolkit.svg.reader import read

NAMES = st.one_of(st.text(max_size=20), st.from_regex(r"[A-Za-z0-9 ]{1,30}", fullmatch=True))


def files(kind: str, name: str = "Acme Signals") -> dict[str, bytes]:
    given = {"name": name, "directory": "acme", "links.site": "https://acme.com"}
    return scaffold.files(kind, scaffold.complete(kind, scaffold.tidy(kind, given), suggested=True))


def integration(contents: dict[str, bytes]) -> Integration:
    return Integration.from_files("acme", contents)


def leftovers(one: Integration) -> dict[str, int]:
    """How much of each sort is still as it was made."""
    assert one.readme
    assert one.manifest
    return {
        "icons": sum(svg.document is not None and generated.is_drawn(svg.document) for svg in one.svgs),
        "marks": len(list(generated.marks(one.readme))),
        "examples": len(list(generated.examples(one.readme))),
        "form": len(list(generated.form_examples(one.manifest))),
    }


LEFT = {
    "metric": (4, 2, 0),
    "card": (3, 0, 0),
    "webhook": (2, 0, 1),
    "trigger": (1, 1, 0),
    "flag-link": (2, 1, 0),
    "synced-segment": (2, 1, 0),
    "feature-store": (3, 1, 1),
    "approval": (4, 1, 1),
}
"""Of a new integration: the marks, the examples of the README, those of the form."""


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_everything_that_is_still_generated_is_known(kind: str) -> None:
    marks, examples, form = LEFT[kind]
    made = files(kind)
    assert leftovers(integration(made)) == {"icons": 2, "marks": marks, "examples": 0, "form": form}
    unmarked = re.sub(rb"TODO: [^\n]*\n\n?", b"", made["README.md"])
    assert leftovers(integration(made | {"README.md": unmarked}))["examples"] == examples
    assert leftovers(integration(filled_in(made))) == {"icons": 0, "marks": 0, "examples": 0, "form": 0}


def test_a_mark_says_what_is_to_be_written_and_where() -> None:
    readme = integration(files("card", "Acme `x`")).readme
    assert readme
    first = next(generated.marks(readme))
    assert first.text == "say what it reads and changes in LaunchDarkly, and when."
    assert readme.file.text[first.start : first.end] == f"TODO: {first.text}"


def test_an_example_in_the_form_is_named_by_its_place() -> None:
    manifest = integration(files("feature-store")).manifest
    assert manifest
    pointer = "/capabilities/featureStore/formVariables/0/placeholder"
    assert list(generated.form_examples(manifest)) == [(pointer, "https://store.acme.example")]


def reformatted(svg: str, seed: int) -> str:
    """The same drawing with other white space, order of attributes, quotes, numbers, case and comments."""
    chance = random.Random(seed)

    def tag(match: re.Match[str]) -> str:
        attributes = re.findall(r'([\w:]+)="([^"]*)"', match[2])
        chance.shuffle(attributes)
        quote = chance.choice("\"'")
        written = "".join(
            f"{chance.choice([' ', chr(10) + '  '])}{key}={quote}{number(value)}{quote}" for key, value in attributes
        )
        end = chance.choice([match[3], f" {match[3]}"])
        return f"{chance.choice(['', chr(10), '<!-- shape -->'])}<{match[1]}{written}{end}"

    def number(value: str) -> str:
        if re.fullmatch(r"\d+", value):
            return chance.choice([value, f"{value}.0", f"{value}px", f" {value} "])
        return value.upper() if re.fullmatch(r"#[0-9a-f]{6}", value) and chance.random() < 0.5 else value

    start = chance.choice(["", '<?xml version="1.0" encoding="UTF-8"?>\n'])
    return start + re.sub(r"<(\w+)((?:\s[^>]*?)?)(/?>)", tag, svg).replace("</svg>", "<title>Acme</title></svg>")


@given(NAMES, st.integers(0, 2**32))
@example("日本語", 0)
@example("III", 1)
def test_a_drawn_icon_is_known_however_it_is_laid_out(name: str, seed: int) -> None:
    for svg in (icons.square(name), icons.horizontal(name)):
        assert generated.is_drawn(read(svg.encode()))
        laid_out = reformatted(svg, seed)
        assert generated.is_drawn(read(laid_out.encode())), laid_out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rx="9"', 'rx="8"'),
        ('width="40" height="40" rx', 'width="39" height="40" rx'),
        ("</svg>", '<circle cx="5" cy="5" r="5"/></svg>'),
        ("<rect", '<path d="M0 0h1v1z"/><rect'),
        ('fill="#', 'fill="#0'),
        (re.compile("<path.*/>"), ""),
        (re.compile("<rect.*?/>"), ""),
    ],
)
def test_a_changed_icon_is_its_authors(old: str | re.Pattern[str], new: str) -> None:
    svg = icons.square("Acme Signals")
    changed = re.sub(old if isinstance(old, re.Pattern) else re.escape(old), new, svg, count=1)
    assert changed != svg
    assert not generated.is_drawn(read(changed.encode()))


@given(st.integers(0, 2**32), st.sampled_from(["metric", "approval", "flag-link", "trigger"]))
def test_an_example_is_known_however_it_is_laid_out(seed: int, kind: str) -> None:
    chance = random.Random(seed)
    made = files(kind, "Acme *and* Söhne")
    text = re.sub(r"TODO: [^\n]*\n\n?", "", made["README.md"].decode())
    text = re.sub(r" ?\| ?", lambda _: f"{' ' * chance.randrange(4)}|{' ' * chance.randrange(4)}", text)
    text = re.sub("---", lambda _: "-" * chance.randrange(3, 9), text)
    text = re.sub(r": ", lambda _: ":" + " " * chance.randrange(3), text)
    plain = leftovers(integration(made | {"README.md": re.sub(rb"TODO: [^\n]*\n\n?", b"", made["README.md"])}))
    assert leftovers(integration(made | {"README.md": text.encode()}))["examples"] == plain["examples"] > 0


@given(st.text(max_size=300))
@example("TODO")
@example("TODO:\n")
@example("`TODO: x`")
def test_any_readme_can_be_looked_at(text: str) -> None:
    readme = integration({"README.md": text.encode("utf-8", "replace")}).readme
    assert readme
    for passage in (*generated.marks(readme), *generated.examples(readme)):
        assert 0 <= passage.start < passage.end <= len(readme.file.text)


def test_looking_takes_a_time_in_line_with_the_length() -> None:
    """Words are looked at about as often as there are: counted, not timed."""
    unit = "TODO: replace client.track(sign up context) When Request \n\n| Metric | "
    looked: list[int] = []
    for times in (100, 1000):
        words = re.findall(r"\w+", (unit * times).lower())
        counting = _Counting(words)
        list(generated._spans(counting))
        looked.append(counting.looks)
    assert looked[1] <= 11 * looked[0]


class _Counting(UserList[str]):
    """Words that count how often they are looked at."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)


def test_no_accepted_integration_looks_generated(corpus: Path) -> None:
    seen = 0
    for directory in sorted((corpus / "integrations").iterdir()):
        one = Integration.read(directory)
        seen += len(one.svgs)
        assert not any(svg.document and generated.is_drawn(svg.document) for svg in one.svgs), directory
        assert not one.manifest or not list(generated.form_examples(one.manifest)), directory
        assert not one.readme or not list(generated.examples(one.readme)), directory
    assert seen > 100
