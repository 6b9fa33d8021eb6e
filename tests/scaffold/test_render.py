import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.scaffold.filled import filled_in
from toolkit import scaffold
from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.errors import LditError
from toolkit.finding import Finding, Severity
from toolkit.integration import Integration
from toolkit.scaffold.render import _markdown, _prose

HOSTILE = (
    'Acme "quoted" \\ back',
    "Acme\nsecond\r\nline\u2028third",
    "{{acme}} {{{x}}} {% raw %} <% block %> << name >> <# x #>",
    "</script><!-- <b>Acme</b> -->",
    "🦄 Acme 🦄",
    "\u05e9\u05dc\u05d5\u05dd Acme \u202e\u05e2\u05d5\u05dc\u05dd",
    "# 1. - Acme | `x` [a](b) *c* __d__ &amp; ~~e~~",
    "日本語の名前",
    "A" * 100,
)


def answers(kind: str, name: str = "Acme Signals", **more: object) -> dict[str, scaffold.Answer]:
    given: dict[str, object] = {"name": name, "directory": "acme", "links.site": "https://acme.com", **more}
    complete = scaffold.tidy(kind, given)
    for question in scaffold.questions(kind):
        if question.key not in complete and (guess := question.guess(complete, scaffold.KINDS[kind])):
            complete[question.key] = guess
    return complete


def hostile(kind: str, text: str) -> dict[str, scaffold.Answer]:
    long = f"{text} and so on, in more than fifty characters of text"
    every = {"author": text, "overview": f"Use {text[:90]}.", "description": long, "categories": ["customer-support"]}
    every["links.supportWebsite"] = f"https://acme.example/{text}"
    if kind == "metric":
        every["details"] = long
    if kind == "flag-link":
        every["capabilities.flagLink.header"] = text
    return answers(kind, text, **every)


DOCS = "https://launchdarkly.com/docs/integrations/acme"


def findings(files: dict[str, bytes]) -> tuple[Finding, ...]:
    return lint(Integration.from_files("acme", files), Settings()).findings


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_what_is_left_to_do_is_marked_and_nothing_else_is_found(kind: str) -> None:
    files = scaffold.files(kind, answers(kind, **{"links.launchdarklyDocs": DOCS}))
    lines = files["README.md"].decode().split("\n")
    marked = {number for number, line in enumerate(lines, 1) if "TODO: " in line}
    assert marked
    regions = [finding.region for finding in findings(files) if finding.problem.place.file == "README.md"]
    assert {region[0] for region in regions if region} == marked
    assert None not in regions


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_nothing_is_found_in_what_was_filled_in(kind: str) -> None:
    files = scaffold.files(kind, answers(kind, **{"links.launchdarklyDocs": DOCS}))
    assert findings(filled_in(files)) == ()


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_a_readme_sends_nobody_to_ldit(kind: str) -> None:
    assert not re.search(r"\bldit\b", scaffold.files(kind, answers(kind))["README.md"].decode())


def test_markdown_in_an_answer_is_shown_as_it_is_but_for_links() -> None:
    description = "Use *stars* and [our docs](https://acme.com/docs) with <b>bold</b> ![x](y) and [bad](javascript:x)."
    readme = scaffold.files("card", answers("card", description=description))["README.md"].decode()
    shown = (
        r"Use \*stars\* and [our docs](https://acme.com/docs) with \<b>bold\</b> !\[x\](y) and \[bad\](javascript:x)."
    )
    assert f"\n{shown}\n" in readme


def test_the_host_of_an_international_site_keeps_its_letters() -> None:
    given = answers("card", **{"links.site": "https://münchen.de/über uns)"})
    readme = scaffold.files("card", given)["README.md"].decode()
    assert "](https://münchen.de/%C3%BCber%20uns%29)" in readme


@pytest.mark.parametrize("kind", scaffold.KINDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_safe(kind: str, text: str) -> None:
    given = hostile(kind, text)
    files = scaffold.files(kind, given)
    assert not [finding for finding in findings(files) if finding.severity is Severity.error]
    manifest = json.loads(files["manifest.json"])
    assert manifest["name"] == given["name"]
    assert manifest["description"] == given["description"]
    assert manifest["links"]["supportWebsite"] == given["links.supportWebsite"]
    for path, data in files.items():
        lines = data.decode().split("\n")
        assert lines.pop() == "", path
        assert lines[-1], path
        assert [line for line in lines if line != line.rstrip()] == [], path


def test_prettier_accepts_what_is_made(tmp_path: Path, node_modules: Path) -> None:
    for kind in scaffold.KINDS:
        for number, text in enumerate(HOSTILE):
            scaffold.write({tmp_path / f"{kind}-{number}": scaffold.files(kind, hostile(kind, text))})
    prettier = [str(node_modules / ".bin" / "prettier"), "--check", "**/*.json"]
    run = subprocess.run(prettier, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_metric_integration_is_external_and_has_no_form() -> None:
    files = scaffold.files("metric", answers("metric", categories="analytics, monitoring"))
    assert files.keys() == {"manifest.json", "README.md", "assets/square.svg", "assets/horizontal.svg"}
    assert '"categories": ["analytics", "monitoring"],\n' in files["manifest.json"].decode()
    manifest = json.loads(files["manifest.json"])
    assert manifest["otherCapabilities"] == ["external"]
    assert not {"capabilities", "formVariables", "details"} & manifest.keys()
    readme = files["README.md"].decode()
    assert readme.startswith("# Acme Signals\n")
    for heading in ("What it does", "Setting up", "Metrics", "Sending events", "Testing", "Support", "Maintenance"):
        assert f"\n## {heading}\n\n" in readme
    assert "[https://acme.com](https://acme.com)" in readme
    assert "User-Agent: MetricImport-acme-int/1.0.0\n" in readme


def test_what_is_left_out_leaves_no_trace() -> None:
    given = answers("metric") | {"links.launchdarklyDocs": ""}
    files = scaffold.files("metric", given)
    assert "launchdarklyDocs" not in json.loads(files["manifest.json"])["links"]
    assert "user documentation" not in files["README.md"].decode()
    assert "None" not in files["README.md"].decode()


def test_a_webhook_takes_its_templates_as_they_are() -> None:
    files = scaffold.files("webhook", answers("webhook"))
    manifest = json.loads(files["manifest.json"])
    templates = manifest["capabilities"]["auditLogEventsHook"]["templates"].values()
    assert set(templates) == {path for path in files if path.startswith("templates/")}
    assert b"{{{title.plainText}}}" in files["templates/flag.json.hbs"]


def test_a_missing_answer_is_named() -> None:
    with pytest.raises(LditError, match="supportEmail is missing"):
        scaffold.files("metric", answers("metric") | {"supportEmail": ""})


@given(st.text())
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    from markdown_it import MarkdownIt

    text = " ".join(text.replace("\x00", "").split())
    shown = f"<p>{html.escape(text, quote=False)}</p>\n" if text else ""
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(_markdown(text))
    assert rendered.replace("&quot;", '"') == shown


@given(
    st.text()
    | st.from_regex(r"[!\\[\]()<>*_`a ]{0,30}(?:\[a\]\(https://a\.io\)[!\\[\]()<>*_`a ]{0,9}){0,3}", fullmatch=True)
)
@example("![a](https://a.io)")
@example("[*a* ~~b~~ &amp; c_d_](https://a.io)")
@example("\\[a](https://a.io)")
@example("[[a](https://a.io)](https://b.io)")
def test_prose_holds_nothing_but_text_and_links(text: str) -> None:
    from markdown_it import MarkdownIt

    text = " ".join(text.replace("\x00", "").split())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(_prose(text))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for child in inline} <= {"text", "link_open", "link_close"}
    assert all(str(child.attrs["href"]).startswith("http") for child in inline if child.type == "link_open")
