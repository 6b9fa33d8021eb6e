"""Configuration files: where they are found, and what is refused in them."""

from pathlib import Path

import pytest

from toolkit.config import Settings, find, load
from toolkit.errors import LditError
from toolkit.finding import Severity

EVERYTHING = """
select = ["wording", "links"]
ignore = ["overview-length"]
fail-on = "warning"
severity = { overview-period = "warning" }

[[waive]]
rule = "link-without-https"
path = "integrations/acme"
reason = "the partner has no certificate yet"

[[paths]]
path = "integrations/*-legacy"
ignore = ["readme"]
severity = { privacy-policy = "warning" }
"""


def written(directory: Path, text: str, name: str = "ldit.toml") -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_text(text)
    return path


def test_everything_is_read(tmp_path: Path) -> None:
    (tmp_path / "integrations" / "acme").mkdir(parents=True)
    settings = load(written(tmp_path, EVERYTHING))
    assert settings.select == ("wording", "links")
    assert settings.ignore == ("overview-length",)
    assert settings.fail_on is Severity.warning
    assert settings.severity == {"overview-without-period": Severity.warning}
    assert settings.root == tmp_path
    (waiver,) = settings.waivers
    assert waiver == ("link-without-https", "integrations/acme", "the partner has no certificate yet", "ldit.toml")
    (special,) = settings.paths
    assert (special.path, special.ignore, special.severity) == (
        "integrations/*-legacy",
        ("readme",),
        {"foreign-page": Severity.warning},
    )


def test_a_pyproject_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "integrations" / "acme").mkdir(parents=True)
    text = "[project]\nname = 'x'\n[tool.ldit]\n" + EVERYTHING.replace("[[", "[[tool.ldit.")
    own, shared = load(written(tmp_path, EVERYTHING)), load(written(tmp_path, text, "pyproject.toml"))
    assert shared.waivers[0].origin == "pyproject.toml"
    assert (own.select, own.ignore, own.severity, own.paths) == (
        shared.select,
        shared.ignore,
        shared.severity,
        shared.paths,
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("ldit.toml", ""), ("pyproject.toml", ""), ("pyproject.toml", "[project]"), ("pyproject.toml", "tool = 1")],
)
def test_an_empty_file_changes_nothing(tmp_path: Path, name: str, text: str) -> None:
    assert load(written(tmp_path, text, name)) == Settings(root=tmp_path)


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    below = tmp_path / "fork" / "integrations" / "acme"
    below.mkdir(parents=True)
    top = written(tmp_path, "")
    assert find(below) == top
    middle = written(tmp_path / "fork", "[tool.ldit]\n", "pyproject.toml")
    assert find(below) == middle
    nearer = written(tmp_path / "fork", "")
    assert find(below) == nearer
    assert find(below / "not-there") == nearer


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("[project]\n", False),
        ("[tool.ldit-other]\n", False),
        ("# [tool.ldit] is for others\n", False),
        ("[tool.ldit]\n", True),
        ("[ tool . ldit ]\n", True),
        ("[[tool.ldit.waive]]\n", True),
        ("[tool.ldit.severity]\n", True),
    ],
)
def test_a_pyproject_counts_only_with_our_table(tmp_path: Path, text: str, ours: bool) -> None:
    top = written(tmp_path, "")
    path = written(tmp_path / "below", text, "pyproject.toml")
    assert find(path.parent) == (path if ours else top)


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        ("selct = []", "ldit.toml: unknown key `selct`", "did you mean `select`?"),
        ("colour = 1", "ldit.toml: unknown key `colour`", "known: select"),
        ("select = 'links'", "ldit.toml: select must be a list of rules", ""),
        ("select = [1]", "ldit.toml: select must be a text", ""),
        (
            "select = ['link-http']",
            "ldit.toml: select: there is no rule `link-http`",
            "did you mean `link-without-https`?",
        ),
        ("ignore = ['zzz']", "ldit.toml: ignore: there is no rule `zzz`", "see `ldit rules`"),
        ("fail-on = 'fatal'", "ldit.toml: fail-on must be one of: note, warning, error", ""),
        ("fail-on = []", "ldit.toml: fail-on must be one of", ""),
        ("severity = 'note'", "ldit.toml: severity must be a table", ""),
        ("severity = {links = 'off'}", "ldit.toml: severity.links must be one of", ""),
        ("severity = {linkss = 'note'}", "ldit.toml: severity: there is no rule `linkss`", "did you mean `links`?"),
        ("waive = 1", "ldit.toml: waive must be an array of tables, written [[waive]]", ""),
        ("waive = [1]", "ldit.toml: waive number 1 must be a table", ""),
        (
            "[[waive]]\nrule = 'link-without-https'\npath = 'a'",
            "ldit.toml: waive number 1 lacks `reason`",
            "add `reason = ...`",
        ),
        ("[[waive]]\npath = 'a'\nreason = 'b'", "ldit.toml: waive number 1 lacks `rule`", ""),
        (
            "[[waive]]\nrule = 'link-without-https'\npath = 'a'\nreason = ' '",
            "waive number 1: reason must be a text that is not",
            "",
        ),
        (
            "[[waive]]\nrule = 'links-https'\npath = 'a'\nreason = 'b'",
            "there is no rule `links-https`",
            "`link-without-https`",
        ),
        (
            "[[waive]]\nrule = 'link-without-https'\npth = 'a'\nreason = 'b'",
            "waive number 1: unknown key `pth`",
            "`path`",
        ),
        ("[[paths]]\nignore = []", "ldit.toml: paths number 1 lacks `path`", ""),
        ("select = [", "ldit.toml: ", ""),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, message: str, help_: str) -> None:
    with pytest.raises(LditError) as raised:
        load(written(tmp_path, text))
    assert message in str(raised.value)
    assert help_ in raised.value.help


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LditError, match=r"none\.toml: no such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "ldit.toml").write_bytes(b"\xff")
    with pytest.raises(LditError, match=r"ldit\.toml: .*utf-8"):
        load(tmp_path / "ldit.toml")


@pytest.mark.parametrize(
    ("path", "help_"),
    [
        ("integrations/acm", "did you mean `integrations/acme`?"),
        ("./integrations/acmee/", "did you mean `integrations/acme`?"),
        ("nowhere/at/all", "remove the waiver, or name what is there from where ldit.toml is"),
        ("acme", "remove the waiver"),
    ],
)
def test_a_waiver_for_what_is_nowhere_is_refused(tmp_path: Path, path: str, help_: str) -> None:
    written(tmp_path / "integrations" / "acme", "{}", "manifest.json")
    with pytest.raises(LditError) as raised:
        load(written(tmp_path, waiver(".") + waiver(path)))
    assert str(raised.value) == f"ldit.toml: waive number 2: path: there is no {path}"
    assert help_ in raised.value.help


@pytest.mark.parametrize(
    "path",
    ["integrations", "integrations/acme", "./integrations/acme/", "integrations/acme/gone.svg", "gone/*", "gone-[ab]"],
)
def test_a_waiver_that_may_be_for_something_is_read(tmp_path: Path, path: str) -> None:
    written(tmp_path / "integrations" / "acme", "{}", "manifest.json")
    assert load(written(tmp_path, waiver(path))).waivers[0].path == path


def waiver(path: str) -> str:
    return f'[[waive]]\nrule = "link-without-https"\npath = "{path}"\nreason = "it is old"\n'
