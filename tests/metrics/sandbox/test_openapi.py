"""The sandbox does what its OpenAPI document says, whatever it is sent."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.metrics.sandbox import app, openapi

DOCUMENT = openapi.document("default")


def test_the_document_lists_every_endpoint() -> None:
    served = {path: {method.lower() for method in handlers} for path, handlers in app.ENDPOINTS.items()}
    # OpenAPI has no word for REPORT.
    served = {path: methods - {"report"} for path, methods in served.items() if methods != {"report"}}
    assert {path: set(item) - {"parameters"} for path, item in DOCUMENT["paths"].items()} == served


def test_no_undocumented_answer() -> None:
    if not importlib.util.find_spec("schemathesis"):
        pytest.skip("schemathesis is not installed")
    cases = Path(__file__).with_name("openapi_cases.py")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-o",
        "addopts=--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        str(cases),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 20, done.stdout
