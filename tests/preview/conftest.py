"""A real browser for the live page, and an integration on disk that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.preview.examples import EVERYTHING, write
from toolkit.preview.server import running

OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    """The browser of all tests of a module; left open for longer, it goes on drawing. It finds no host but this one."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        pytest.skip("needs chromium and chromedriver (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as browser:
        yield browser


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> webdriver.Chrome:
    """Chromium with an empty page, 1280 pixels wide, and an empty log."""
    chromium.get("about:blank")
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    log(chromium)
    return chromium


def log(browser: webdriver.Chrome) -> list[Any]:
    """What the console has said since it was last asked."""
    messages: list[Any] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return messages


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """The directory of an integration with everything that a page can draw."""
    return write(tmp_path / "integrations" / "acme", EVERYTHING)


@pytest.fixture
def address(acme: Path) -> Iterator[str]:
    """The address of its live page."""
    with running([acme]) as url:
        yield url
