"""What the tests of single rules share."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.examples import damaged
from toolkit.fixes import fix
from toolkit.rules.registry import Patch

Messages = Callable[[str, Patch], list[str]]
Fixed = Callable[[str, Patch], Any]


@pytest.fixture(scope="session")
def messages() -> Messages:
    """The messages of one rule about the sample with a patch, in the order of the file."""

    def found(rule: str, patch: Patch) -> list[str]:
        findings = lint(damaged(patch), Settings(select=(rule,))).findings
        return [finding.problem.message for finding in findings]

    return found


@pytest.fixture(scope="session")
def fixed() -> Fixed:
    """The sample's manifest with a patch, after every fix of one rule."""

    def manifest(rule: str, patch: Patch) -> Any:
        result = fix(damaged(patch), Settings(select=(rule,)), unsafe=True)
        return json.loads(result.integration.files["manifest.json"].data)

    return manifest
