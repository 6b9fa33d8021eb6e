import re
import tomllib

import pytest

from tests.conftest import ROOT
from toolkit import install

KINDS = {".py", ".md", ".toml", ".txt", ".j2", ".html", ".js", ".json", ".yml"}


def test_the_sentence_for_an_extra_names_the_checkout() -> None:
    assert install.remedy("serve") == "run `pip install '.[serve]'` in your checkout of ldit"
    assert install.remedy() == "run `pip install .` in your checkout of ldit"


@pytest.mark.parametrize("extra", install.EXTRAS)
def test_every_extra_is_one_of_the_project(extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert extra in project["optional-dependencies"]


def test_nothing_asks_for_a_package_that_is_not_ours() -> None:
    """Neither name on the package index is ours: nobody is told to install it by name."""
    folders = ("templates", "docs/pages", "toolkit", "sample-integration")
    texts = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    for path in (*texts, ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "action.yml"):
        assert not re.search(r"install (?:-\S+ )*['\"]?(?:ldit\b|ld-integration-toolkit)", path.read_text()), path


@pytest.mark.parametrize(
    ("url", "commit", "pages"),
    [
        ("https://git.example/acme/ldit.git", "abc", "https://git.example/acme/ldit/blob/abc/docs/pages/rules"),
        ("https://me:token@git.example/acme/ldit", "abc", ""),
        ("ssh://git@git.example/acme/ldit", "abc", ""),
        ("https://git.example/ldit.whl", "", ""),
        (ROOT.as_uri(), "", (ROOT / "docs" / "pages" / "rules").as_uri()),
        ("file:///nowhere", "", ""),
    ],
)
def test_where_the_pages_of_what_was_installed_are(url: str, commit: str, pages: str) -> None:
    assert install.pages_of(url, commit) == pages


def test_the_pages_are_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(install.PAGES_VARIABLE, "https://pages.example/rules/")
    install.pages.cache_clear()
    assert install.pages() == "https://pages.example/rules"
    monkeypatch.delenv(install.PAGES_VARIABLE)
    install.pages.cache_clear()
    assert install.pages() == (ROOT / "docs" / "pages" / "rules").as_uri()
    install.pages.cache_clear()
