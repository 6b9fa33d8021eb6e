"""A real browser for the live page, and an integration on disk that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from toolkit.examples import damaged
from toolkit.integration import Integration
from toolkit.preview.server import running
from toolkit.rules.registry import Patch

OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def _chromium() -> Iterator[webdriver.Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("needs chromium and chromedriver (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as chromium:
        yield chromium


@pytest.fixture
def browser(_chromium: webdriver.Chrome) -> webdriver.Chrome:
    """Chromium with an empty page, 1280 pixels wide, and an empty log."""
    _chromium.get("about:blank")
    _chromium.set_window_size(1280, 900)
    _chromium.get_log("browser")
    return _chromium


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """The directory of an integration, empty yet."""
    return tmp_path / "integrations" / "acme"


def write(directory: Path, patch: Patch) -> Path:
    """The sample with the changes of ``patch``, on disk."""
    return copy(damaged(patch), directory)


def copy(integration: Integration, directory: Path) -> Path:
    """The files of an integration, on disk."""
    for path, file in integration.files.items():
        if file.readable:
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_bytes(file.data)
    return directory


@pytest.fixture
def address(acme: Path) -> Iterator[str]:
    """The address of the live page of ``acme``, which has been written before."""
    if not acme.exists():
        write(acme, {})
    with running([acme]) as url:
        yield url
