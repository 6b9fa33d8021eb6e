"""Files that do not belong into an integration."""

import pytest

from toolkit.engine import run_rules
from toolkit.examples import damaged, sample
from toolkit.integration import File, Integration, Kind
from toolkit.rules import RULES

FILES = [
    rule
    for rule in RULES.values()
    if rule.check.__module__ == "toolkit.rules.files.hygiene" and rule.id != "directory-not-kebab-case"
]


def found(*paths: str, **contents: bytes | File) -> list[tuple[str, str]]:
    everything = {**sample(), **dict.fromkeys(paths, b"x\n"), **contents}
    findings = run_rules(Integration.from_files("acme", everything), FILES).findings
    return [(finding.rule, finding.problem.place.file) for finding in findings]


@pytest.mark.parametrize(
    ("path", "rule", "reported"),
    [
        (".DS_Store", "junk-file", ""),
        ("assets/.DS_Store", "junk-file", ""),
        ("Thumbs.db", "junk-file", ""),
        ("._manifest.json", "junk-file", ""),
        (".idea/workspace.xml", "junk-file", ".idea"),
        (".vscode/settings.json", "junk-file", ".vscode"),
        ("node_modules/acme/node_modules/x/index.js", "junk-file", "node_modules"),
        ("__pycache__/a.pyc", "junk-file", "__pycache__"),
        ("__MACOSX/manifest.json", "junk-file", "__MACOSX"),
        ("manifest.json.orig", "junk-file", ""),
        ("manifest.json~", "junk-file", ""),
        ("manifest copy.json", "junk-file", ""),
        (".manifest.json.swp", "junk-file", ""),
        ("npm-debug.log", "junk-file", ""),
        ("acme.zip", "junk-file", ""),
        ("package-lock.json", "junk-file", ""),
        ("manifest.yaml", "junk-file", ""),
        ("acme/manifest.json", "unreferenced-file", ""),
        ("Dockerfile", "unreferenced-file", ""),
        (".env", "credential-file", ""),
        (".env.local", "credential-file", ""),
        ("acme.pem", "credential-file", ""),
        (".ssh/id_rsa", "credential-file", ".ssh"),
        (".npmrc", "credential-file", ""),
        ("assets/former.svg", "unreferenced-file", ""),
        ("templates/former.json.hbs", "unreferenced-file", ""),
        ("assets/screenshot.PNG", "unreferenced-file", ""),
        ("run.js", "unreferenced-file", ""),
    ],
)
def test_what_does_not_belong(path: str, rule: str, reported: str) -> None:
    assert found(path) == [(rule, reported or path)]


@pytest.mark.parametrize(
    "path",
    [
        "LICENSE",
        "LICENSE.md",
        "docs/setup.md",
        "samples/reply.json",
        ".env.example",
        ".gitignore",
        ".github/CODEOWNERS",
        "metrics.yaml",
        "environment.md",
        "backup.md",
        "metric_creator.py",
    ],
)
def test_what_may_be_there(path: str) -> None:
    assert found(path) == []


def test_the_readme_names_a_file() -> None:
    assert found("shown.png", **{"README.md": b"![How it looks](assets/shown.png)\n"}) == []


@pytest.mark.parametrize(("data", "expected"), [(b"#!/bin/sh\n", []), (b"x\n", [("executable-file", "run.md")])])
def test_a_script_may_be_a_program(data: bytes, expected: list[tuple[str, str]]) -> None:
    assert found(**{"run.md": File("run.md", Kind.file, len(data), executable=True, origin=data)}) == expected


@pytest.mark.parametrize(
    ("path", "data", "count"),
    [
        ("templates/a.json.hbs", b'"caf\xe9"', 1),
        ("README.md", b"caf\xe9\n", 1),
        ("README.md", "café\n".encode(), 0),
        ("assets/a.png", b"\x89PNG\r\n\x1a\n\0", 0),
        ("assets/a.svg", b"<svg>\xe9</svg>", 0),
    ],
)
def test_texts_are_utf8(path: str, data: bytes, count: int) -> None:
    assert [rule for rule, _ in found(**{path: data})].count("not-utf8") == count


@pytest.mark.parametrize(
    ("digits", "count"), [("1" * 4301, 1), ("1" * 4300, 0), ("1" * 4301 + ".5", 0), ('"' + "1" * 4301 + '"', 0)]
)
def test_a_number_that_the_hook_cannot_read(digits: str, count: int) -> None:
    integration = Integration.from_files("acme", {"a-manifest.json": f'{{ "count": {digits} }}\n'.encode()})
    findings = run_rules(integration, [RULES["invalid-json"]]).findings
    assert [finding.gates for finding in findings] == [("files",)] * count


def test_lines_that_end_in_the_same_blank_are_one_finding() -> None:
    text = "Free \nto use\t\nand to change\r\r\nand\u00a0\nto share\u00a0 \u00a0\n"
    findings = run_rules(damaged({"LICENSE": text}), [RULES["trailing-space"]]).findings
    said = [(f.severity.name, f.region and f.region.line, f.problem.message, len(f.problem.edits)) for f in findings]
    assert said == [
        ("error", 1, "2 lines end with a space or tab", 2),
        ("error", 3, "the line ends with a carriage return", 1),
        ("warning", 5, "2 lines end with an invisible blank", 2),
    ]
