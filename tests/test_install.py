import re
import tomllib

import pytest

from tests.conftest import ROOT
from toolkit import install


def test_the_sentence_for_an_extra_names_the_checkout() -> None:
    assert install.remedy("serve") == "run `pip install '.[serve]'` in your checkout of ldit"
    assert install.remedy() == "run `pip install .` in your checkout of ldit"


@pytest.mark.parametrize("extra", install.EXTRAS)
def test_every_extra_is_one_of_the_project(extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert extra in project["optional-dependencies"]


def test_nothing_generated_asks_for_a_package_that_is_not_ours() -> None:
    for path in (ROOT / "templates" / "integration").rglob("*.*"):
        text = path.read_text()
        assert not re.search(r"pip install '?(?:ldit|ld-integration-toolkit)", text), path
