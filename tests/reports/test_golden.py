"""What every format prints, word for word; ``python -m tests.reports.test_golden`` writes the files anew."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit import __version__, install
from toolkit.engine import Result
from toolkit.finding import Edit, Finding, Place, Problem, Severity
from toolkit.integration import Integration
from toolkit.reports import FORMATS, plain, renderer
from toolkit.reports.report import Hidden, Located, Report, View

GOLDEN = Path(__file__).parent / "golden"
PAGES = "https://pages.example/rules"
MANIFEST = b"""{
  "name": "Acme Signals",
  "overview": "Measure your experiments",
  "supportEmail": "help@acme.example",
  "links": { "site": "https://acme.example" }
}
"""
VIEWS = {"quiet": View(quiet=True), "show-fixes": View(show_fixes=True), "links": View(pages=PAGES)}


SAID = (
    # rule, severity, place, message, help, how it is fixed
    ("overview-without-period", "error", Place("manifest.json", "/overview"), "no period", "add one", True),
    ("placeholder-host", "warning", Place("manifest.json", "/links/site"), "a placeholder", "write yours", None),
    ("placeholder-host", "warning", Place("manifest.json", "/supportEmail"), "a placeholder", "write yours", None),
    ("placeholder-host", "warning", Place("README.md", span=(2, 6)), "a placeholder", "write yours", None),
    ("missing-readme", "note", Place(""), "not there: \x1b[2J", "", False),
    ("leaked-secret", "error", Place("assets/blob.json", span=(0, 4)), "binary", "remove it", None),
)
"""What is found, by no rule, so that only a format changes these files."""


def report(view: View | None = None) -> Report:
    """Two integrations with findings of each severity, one without; some fixed, some hidden."""
    acme, bolt, clean = held("acme", SAID), held("bolt", SAID * 3), held("clean", ())
    fixed = tuple(Located(clean.integration, finding) for finding in acme.findings[:3])
    gone = ("acme: overview-without-period", "acme: overview-without-period", "bolt: old-name")
    fails = {acme.integration.path: Severity.note}
    return Report((acme, bolt, clean), fixed, Hidden(12, 3, "warning", gone), fails, view or View(), "/work/fork")


def held(name: str, said: tuple[tuple[str, str, Place, str, str, bool | None], ...]) -> Result:
    files = {"manifest.json": MANIFEST, "README.md": b"# Acme\n", "assets/blob.json": b"\x00\x01\x02\x03PNG"}
    integration = Integration(f"integrations/{name}", name, Integration.from_files(name, files).files)
    findings = []
    for rule, severity, place, message, help_, safe in said:
        edits = () if safe is None else (Edit.json(Place("manifest.json", "/name"), "Acme", safe=safe),)
        problem = Problem(place, message, help_, edits)
        region = integration.region(place)
        findings.append(Finding(rule, Severity[severity], ("tests",) if safe else (), problem, region))
    return Result(integration, tuple(findings))


def outputs() -> Iterator[tuple[str, str]]:
    """The text of each golden file by its name; text with colors is written with ``ESC`` for the escape character."""
    os.environ[install.PAGES_VARIABLE] = PAGES
    install.pages.cache_clear()
    for name in (*FORMATS, "statistics"):
        text = plain("".join(renderer(name)(report())))
        yield f"{name}.txt", text.replace(f'"{__version__}"', '"VERSION"')
    for name, view in VIEWS.items():
        text = "".join(renderer("text")(report(view)))
        yield f"text-{name}.txt", text.replace("\x1b", "ESC") if view.pages else plain(text)
    del os.environ[install.PAGES_VARIABLE]
    install.pages.cache_clear()


@pytest.mark.parametrize(("name", "text"), list(outputs()), ids=[name for name, _text in outputs()])
def test_the_output_is_as_it_was(name: str, text: str) -> None:
    assert text == (GOLDEN / name).read_text(), "if it is meant, run this file as a module"


if __name__ == "__main__":
    for name, text in outputs():
        (GOLDEN / name).write_text(text)
