"""What the tests of single rules share."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from toolkit.config import Settings
from toolkit.examples import damaged
from toolkit.fixes import mend
from toolkit.lint import lint
from toolkit.rules import RULES
from toolkit.rules.registry import Patch

Told = Callable[[str, Patch], list[str]]
Mended = Callable[[str, Patch], Any]


@pytest.fixture(scope="session")
def told() -> Told:
    """The messages of one rule about the sample with a patch, in the order of the file."""

    def messages(rule: str, patch: Patch) -> list[str]:
        return [finding.problem.message for finding in lint(damaged(patch), [RULES[rule]]).findings]

    return messages


@pytest.fixture(scope="session")
def mended() -> Mended:
    """The sample's manifest with a patch, after every mend of one rule."""

    def manifest(rule: str, patch: Patch) -> Any:
        result = mend(damaged(patch), Settings(select=(rule,)), unsafe=True)
        return json.loads(result.integration.files["manifest.json"].data)

    return manifest
