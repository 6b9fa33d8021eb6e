"""No credential gets out, whatever the format and whichever rule speaks of the place."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.tokens import TOKENS
from toolkit import baseline
from toolkit.config import Settings
from toolkit.engine import Result, run_rules
from toolkit.examples import sample
from toolkit.fixes import fix
from toolkit.integration import Integration
from toolkit.masking import masker
from toolkit.reports import FORMATS, renderer
from toolkit.reports.report import Report, View
from toolkit.rules import RULES
from toolkit.secrets import secrets


def planted(token: str) -> Iterator[Result]:
    """Integrations with the token where it is found, beside something that another rule has to say."""
    manifest = json.loads(sample()["manifest.json"])
    manifests = (
        manifest | {"name": token},
        manifest | {"version": token, token: "a key"},
        manifest | {"overview": f"Use {token}", "categories": [token]},
        manifest | {"description": f"{token} [here](http://acme-signals.io/{token} x)."},
        manifest | {"links": manifest["links"] | {"site": f"https://jo:{token}@acme-signals.io", token: "https://"}},
        manifest | {"icons": {"square": f"{token}.svg", "horizontal": token}},
    )
    for each in manifests:
        yield judged({"manifest.json": json.dumps(each, indent=2).encode()})
        yield judged({"manifest.json": json.dumps(each).encode()})
    for readme in (
        f"# {token} \n",
        f"# Acme\n\n{token} [x]({token})   \n",
        f"# A\n\n{'x ' * 60}{token}{' y' * 60}\t\n\n",
    ):
        yield judged({"README.md": readme.encode()})
    yield judged({"templates/a.json": f'{{"a": "{token}",}}'.encode()})


def judged(changed: dict[str, bytes]) -> Result:
    return run_rules(Integration.from_files("acme", {**sample(), **changed}), RULES.values())


@pytest.mark.parametrize("token", TOKENS.values(), ids=list(TOKENS))
def test_no_format_prints_a_credential(token: str) -> None:
    results = tuple(planted(token))
    assert sum(finding.rule == "leaked-secret" for result in results for finding in result.findings) >= 10
    outputs = {name: "".join(renderer(name)(Report(results))) for name in (*FORMATS, "statistics")}
    outputs["baseline"] = baseline.dump(results)
    located = tuple(Report(results).located)
    fixed = Report((), located, view=View(show_fixes=True))
    outputs["fixed"] = "".join(renderer("text")(fixed))
    (found,) = secrets(token)
    parts = [part for part in re.split(r"\s|\\n|[/~]", token[found.start : found.end]) if len(part) > 16]
    assert parts
    for name, output in outputs.items():
        assert [part for part in parts if part[5:13] in output or part[-8:] in output] == [], name


def test_a_fix_keeps_what_a_report_hides() -> None:
    token = TOKENS["access token"]
    text = sample()["manifest.json"].decode().replace('collects.",', f'collects {token}.", ')
    after = fix(Integration.from_files("acme", {**sample(), "manifest.json": text.encode()}), Settings())
    assert f'collects {token}.",\n' in after.integration.files["manifest.json"].text


def test_a_masked_text_keeps_its_shape() -> None:
    token = TOKENS["private key"]
    text = f"Before\n{token}\nafter, and {token[60:90]}…"
    mask = masker([Integration.from_files("acme", {"README.md": text.encode()})])
    assert len(mask(text)) == len(text)
    assert mask(text).count("\n") == text.count("\n")
    assert mask(text).startswith("Before\n-----BEGIN RSA PRIVATE KEY-----\n")
    assert token[70:90] not in mask(text)
    assert mask("nothing of it") == "nothing of it"
    assert masker([])(text) == text
