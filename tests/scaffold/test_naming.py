import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import LditError
from toolkit.scaffold import naming


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme", "acme"),
        ("Acme Signals", "acme-signals"),
        ("Ünïcode & Söhne GmbH", "unicode-sohne-gmbh"),
        ("Łódź Ørsted Straße", "lodz-orsted-strasse"),
        ("roost.ai", "roost-ai"),
        ("snake_case", "snake-case"),
        ("Joe's Café", "joes-cafe"),
        ("Acme — the “best”", "acme-the-best"),
        ("AT&T", "at-t"),
        ("3M", "3m"),
        ("\uff26\uff35\uff2c\uff2c width", "full-width"),
        ("Привет", "privet"),
        ("Acme™", "acme"),
        ("NEC® 日本電気", "nec"),
        ("Cafe\u0301 x\u0302", "cafe-x"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert naming.slug(name) == slug


@pytest.mark.parametrize("name", ["", "   ", "🦄", "---", "\U00012000", "…!?", "株式会社", "شركة", "X", "™", "Con"])
def test_a_name_without_letters_asks_for_a_directory(name: str) -> None:
    with pytest.raises(LditError, match="no directory name") as raised:
        naming.slug(name)
    assert "--directory" in raised.value.help


@given(st.text())
def test_any_name_gives_kebab_case_or_a_clear_error(name: str) -> None:
    try:
        slug = naming.slug(name)
    except LditError as error:
        assert error.help
    else:
        assert not naming.directory_problem(slug)
        assert len(slug) <= 60


@pytest.mark.parametrize("text", ["", "Acme", "acme_signals", "-acme", "acme--signals", "acme\n", "ácme", "a.b"])
def test_what_is_not_kebab_case(text: str) -> None:
    assert not naming.is_kebab(text)


@pytest.mark.parametrize("text", ["con", "nul", "com1", "lpt9", "aux", "prn"])
def test_what_windows_cannot_have(text: str) -> None:
    assert naming.directory_problem(text) == f"{text} is a reserved name on Windows"
    assert naming.directory_problem(f"{text}-x") == ""


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Acme Signals", "AS"),
        ("acme signals of berlin", "AS"),
        ("LaunchDarkly", "LD"),
        ("Datadog", "D"),
        ("IBM", "IBM"),
        ("ACME", "A"),
        ("3M", "3M"),
        ("ünal œuvre", "UO"),
        ("Acme 日本", "A"),
        ("Acme™", "A"),
        ("Acme Signals®", "AS"),
        ("日本語™", ""),
        ("日本語", ""),
        ("🦄", ""),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert naming.initials(name) == initials
