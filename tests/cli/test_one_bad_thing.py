"""One bad thing takes nothing along: the neighbors are reported, whatever is wrong with an integration."""

import json
import math
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import lint_run
from toolkit.cli.main import command
from toolkit.config import Settings
from toolkit.engine import Result as LintResult
from toolkit.engine import lint
from toolkit.integration import Integration
from toolkit.reports import FORMATS

SAMPLE = Path(__file__).parents[2] / "sample-integration"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}</svg>'
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs pipes and devices")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Three integrations whose READMEs are empty; the one in the middle is to be spoiled."""
    for name in ("acme", "bolt", "crest"):
        shutil.copytree(SAMPLE, tmp_path / name)
        (tmp_path / name / "README.md").write_text("")
    return tmp_path


def linted(tree: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["lint", *options, "--", str(tree)], catch_exceptions=False)


def manifest(**changes: Any) -> Callable[[Path], object]:
    def spoil(place: Path) -> None:
        value = json.loads((place / "manifest.json").read_text()) | changes
        (place / "manifest.json").write_text(json.dumps(value).replace("Infinity", "1e999"))

    return spoil


def icon(text: str) -> Callable[[Path], object]:
    return lambda place: (place / "assets" / "square.svg").write_text(text)


def exchanged(name: str, target: str) -> Callable[[Path], object]:
    """A link, or without a target a pipe, stands in place of a file."""

    def spoil(place: Path) -> None:
        (place / name).unlink()
        if target:
            (place / name).symlink_to(target)
        else:
            os.mkfifo(place / name)

    return spoil


SPOILED: dict[str, Callable[[Path], object]] = {
    "an event handler beside a style": icon('<path onclick="x" d="M0 0h24v24z" /><style>="a"</style>'),
    "a height beyond numbers": icon(SVG.format('width="1mm" height="1e308mm"><path d="M0 0h9v9z"/>')),
    "a category beyond numbers": manifest(
        categories=[math.inf], capabilities={"syncedSegment": {"requestParser": {"environmentIdPath": "/a"}}}
    ),
    "a key that is no text": manifest(
        capabilities={
            "reservedCustomProperties": [{"key": {}}],
            "auditLogEventsHook": {"templates": {"flag": "a.hbs"}, "endpoint": {"url": "https://example.com"}},
        }
    ),
    "lone surrogates": manifest(**{"\ud800": "\udfff", "name": "\udc00", "overview": "\ud800{{a}}"}),
    "deep JSON": lambda place: (place / "manifest.json").write_text('{"a":' * 20_000),
    "a number of 5,000 digits": lambda place: (place / "manifest.json").write_text("9" * 5_000),
    "a directory for a manifest": exchanged("manifest.json", "assets"),
}
LINKED = {
    f"{name} is {target or 'a pipe'}": exchanged(name, target)
    for name in ("manifest.json", "README.md", "assets/square.svg")
    for target in ("", "/dev/zero", "/proc/self/mem", "..", "manifest.json")
}


@pytest.mark.parametrize("options", [(), ("--fix",), ("--format", "json"), ("--diff",)], ids=" ".join)
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_whatever_is_in_a_file(tree: Path, spoil: Callable[[Path], object], options: tuple[str, ...]) -> None:
    assert_reported(tree, spoil, options)


@POSIX
@pytest.mark.parametrize("options", [(), ("--fix",)], ids=" ".join)
@pytest.mark.parametrize("spoil", LINKED.values(), ids=LINKED)
def test_whatever_stands_in_place_of_a_file(
    tree: Path, spoil: Callable[[Path], object], options: tuple[str, ...]
) -> None:
    assert_reported(tree, spoil, options)


def assert_reported(tree: Path, spoil: Callable[[Path], object], options: tuple[str, ...]) -> None:
    spoil(tree / "bolt")
    run = linted(tree, *options)
    assert run.exit_code in (0, 1, 2), run.output
    assert "internal-error" not in run.output
    assert "bug in ldit" not in run.output
    if options != ("--diff",):
        assert "acme/README.md" in run.stdout or "acme" in json.loads(run.stdout)["integrations"][0]["path"]
        assert "crest" in run.stdout


CONFIGURED = {
    "a number of 5,000 digits": (b"fail-on = " + b"9" * 5_000, "a number has too many digits"),
    "deep arrays": (b"a = " + b"[" * 50_000, "nested too deeply"),
    "deep tables": (b"a = " + b"{a=" * 50_000, "nested too deeply"),
    "half a character": (b'select = ["\xed\xa0\x80"]', "utf-8"),
    "a surrogate": (b'select = ["\\ud800"]', "scalar value"),
    "200 MB": (200_000_000, "larger than 1 MB"),
}


@pytest.mark.parametrize(("content", "message"), CONFIGURED.values(), ids=CONFIGURED)
@pytest.mark.parametrize("options", [(), ("--fix",), ("--show-files",)], ids=" ".join)
def test_a_configuration_that_cannot_be_used(
    tree: Path, content: bytes | int, message: str, options: tuple[str, ...]
) -> None:
    with (tree / "bolt" / "ldit.toml").open("wb") as file:
        file.truncate(content) if isinstance(content, int) else file.write(content)
    before = (tree / "bolt" / "manifest.json").read_bytes()
    run = linted(tree, *options)
    assert run.exit_code == 2
    assert run.stderr.count("error: ") == 1
    assert message in run.stderr
    assert "acme/README.md" in run.stdout
    assert "crest/README.md" in run.stdout
    assert "bolt/" not in run.stdout
    assert (tree / "bolt" / "manifest.json").read_bytes() == before


def test_a_configuration_for_all_is_refused_once(tree: Path) -> None:
    (tree / "ldit.toml").write_text("[")
    run = linted(tree)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.count("error: ") == 1


def spoiled(name: str) -> Callable[[Integration], Any]:
    """What raises for the integration in the middle, in place of the property of this name."""
    real = vars(Integration)[name]

    def get(self: Integration) -> Any:
        if self.name == "bolt":
            raise RuntimeError("unforeseen")
        return real.__get__(self, Integration)

    return get


@pytest.mark.parametrize("options", [(), ("--fix",)], ids=" ".join)
@pytest.mark.parametrize("name", ["svgs", "texts", "links", "readme", "endpoints", "templates"])
def test_unforeseen_while_reading(
    tree: Path, name: str, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Integration, name, property(spoiled(name)))
    assert_unforeseen(linted(tree, *options))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["manifest", "document"])
def test_unforeseen_while_reading_the_manifest(
    tree: Path, name: str, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports name an integration as its manifest does, which cannot be read here."""
    monkeypatch.setattr(Integration, name, property(spoiled(name)))
    run = linted(tree, "--format", format_)
    assert run.exit_code == 2, run.output
    assert "RuntimeError: unforeseen" in run.stdout
    assert "acme" in run.stdout
    assert "crest" in run.stdout
    alone = linted(tree / "bolt", "--format", format_)
    assert alone.exit_code == 2, alone.output
    assert "RuntimeError: unforeseen" in alone.stdout


def test_unforeseen_around_the_rules(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = lint

    def sometimes(integration: Integration, settings: Settings) -> Any:
        if integration.name == "bolt":
            raise RuntimeError("unforeseen")
        return real(integration, settings)

    monkeypatch.setattr(lint_run, "lint", sometimes)
    assert_unforeseen(linted(tree))


def assert_unforeseen(run: Result) -> None:
    assert run.exit_code == 2, run.output
    assert "RuntimeError: unforeseen" in run.stdout
    assert "[internal-error]" in run.stdout
    assert "acme/README.md" in run.stdout
    assert "crest/README.md" in run.stdout


def test_unforeseen_while_fixing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit import fixes

    real = fixes.fix_found

    def fix_found(found: LintResult, *rest: Any, **options: Any) -> Any:
        if found.integration.name == "bolt":
            raise RuntimeError("unforeseen")
        return real(found, *rest, **options)

    monkeypatch.setattr(fixes, "fix_found", fix_found)
    for name in ("acme", "bolt", "crest"):
        (tree / name / "manifest.json").write_bytes((SAMPLE / "manifest.json").read_bytes().rstrip())
    run = linted(tree, "--fix")
    assert run.exit_code == 2
    assert "the check of the fixes could not be finished: RuntimeError: unforeseen" in run.stdout
    assert "bolt/README.md" in run.stdout
    assert (tree / "crest" / "manifest.json").read_bytes() == (SAMPLE / "manifest.json").read_bytes()
    (tree / "crest" / "manifest.json").write_bytes((SAMPLE / "manifest.json").read_bytes().rstrip())
    shown = linted(tree, "--diff")
    assert shown.exit_code == 2
    assert "bolt could not be checked: RuntimeError: unforeseen" in shown.stderr
    assert "crest/manifest.json" in shown.stdout


@pytest.mark.parametrize("fault", [RuntimeError("unforeseen"), RecursionError(), MemoryError()], ids=repr)
def test_unforeseen_while_listing(tree: Path, fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Integration.read

    def read(path: Path, *rest: Any) -> Integration:
        if Path(path).name == "bolt":
            raise fault
        return real(path, *rest)

    monkeypatch.setattr(Integration, "read", read)
    run = linted(tree)
    assert run.exit_code == 2
    assert f"bolt could not be checked: {type(fault).__name__}" in run.stderr
    assert "crest/README.md" in run.stdout
