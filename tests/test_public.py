"""The public interface: its names, its page, and what it costs to import."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "pages" / "python.md").read_text()
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def run(code: str, directory: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=directory,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_public_name_is_there_and_on_the_page() -> None:
    assert sorted(toolkit.__all__) == toolkit.__all__
    for name in toolkit.__all__:
        assert getattr(toolkit, name).__name__ == name
        assert f"{name}" in EXAMPLES[0]
    assert set(toolkit.__all__) <= set(dir(toolkit))
    with pytest.raises(AttributeError, match="no attribute 'lnit'"):
        toolkit.lnit  # noqa: B018


def test_a_module_does_not_hide_a_public_name(tmp_path: Path) -> None:
    code = "import toolkit.engine, toolkit.cli.lint, toolkit.fixes; from toolkit import lint, fix; print(lint, fix)"
    assert run(code, tmp_path).count("<function ") == 2


def test_importing_the_package_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys, toolkit; print([name for name in sys.modules if name.startswith('toolkit.')])"
    assert run(code, tmp_path) == "[]\n"


def test_the_example_of_lint_and_fix_runs(tmp_path: Path) -> None:
    acme = tmp_path / "integrations" / "acme"
    shutil.copytree(ROOT / "sample-integration", acme)
    manifest = acme / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(re.sub(r'("overview": ".*)\."', r'\1"', text))
    *shown, left = run(EXAMPLES[1], tmp_path).splitlines()
    period = r"error overview-without-period manifest\.json \d+ overview does not end in a period"
    assert any(re.fullmatch(period, line) for line in shown)
    assert left == f"{len(shown) - 1} left"
    assert manifest.read_text() == text


def test_the_example_of_metrics_runs(tmp_path: Path) -> None:
    pytest.importorskip("starlette")
    from toolkit.metrics.sandbox.options import Options
    from toolkit.metrics.sandbox.server import running

    shutil.copy(ROOT / "sample-integration" / "metrics.json", tmp_path)
    with running(Options()) as server:
        out = run(EXAMPLES[2], tmp_path, LAUNCHDARKLY_ACCESS_TOKEN=Options().token, LAUNCHDARKLY_API_HOST=server)
    assert out.splitlines() == [
        f"created {key}" for key in ("acme-checkout", "acme-help-requested", "acme-page-load-time")
    ]
