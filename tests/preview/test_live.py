"""The live page in a real browser: what is typed, what is saved on disk, the fixes, the keyboard, a narrow screen."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.often import often
from tests.preview.conftest import log
from tests.preview.examples import EVERYTHING, FORM, HOOK, HOST, held, html, manifest, write
from toolkit.preview.server import running

BODY = "[data-capability=auditLogEventsHook] pre.body"


def one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def control(browser: Chrome, key: str) -> WebElement:
    return one(browser, f'[name="variable:{key}"]')


def until(browser: Chrome, holds: Callable[[], object], seconds: float = 30) -> None:
    """Waits for the page, however busy the machine is; what is stale is looked up again."""
    WebDriverWait(browser, seconds, poll_frequency=0.05, ignored_exceptions=(Exception,)).until(lambda _: holds())


def opened(browser: Chrome, address: str) -> None:
    """Opens a live page and waits until it listens for changes."""
    browser.get(address)
    until(browser, lambda: one(browser, "#state").get_attribute("data-listening"))


def silent(browser: Chrome) -> None:
    assert log(browser) == []


def test_the_form_of_every_type_is_filled_in_and_sent(browser: Chrome, acme: Path) -> None:
    write(acme, {"formVariables": list(FORM), "capabilities": {"auditLogEventsHook": HOOK}})
    with running([acme]) as address:
        opened(browser, address)
        assert json.loads(one(browser, BODY).text)["title"] == "Hello"
        title = control(browser, "title")
        title.clear()
        title.send_keys("Good morning")
        token = control(browser, "apiToken")
        token.send_keys("t0ps3cret")
        assert token.value_of_css_property("-webkit-text-security") == "disc"
        control(browser, "site").send_keys("https://acme.example/a")
        Select(control(browser, "region")).select_by_visible_text("us")
        assert not control(browser, "volume").is_displayed()
        control(browser, "loud").click()
        until(browser, lambda: control(browser, "volume").is_displayed())
        control(browser, "volume").send_keys("11")
        one(browser, 'input[value="segment"]').click()
        for key in ("team", "where", "odd"):
            control(browser, key).send_keys(f"a {key}")
        expected = {
            "title": "Good morning",
            "region": "us",
            "loud": True,
            "kinds": "flag,segment",
            "site": "https://acme.example/a",
        }
        until(browser, lambda: expected.items() <= json.loads(one(browser, BODY).text).items())
        until(browser, lambda: "Bearer ***" in one(browser, ".headers").text)
        Select(one(browser, "[name=event]")).select_by_visible_text("project-created")
        until(browser, lambda: "the project" in json.loads(one(browser, BODY).text)["event"])
        one(browser, ".own summary").click()
        one(browser, "[name=own-event]").send_keys('{"kind": "flag", "title": {"plainText": "My own"}}')
        until(browser, lambda: json.loads(one(browser, BODY).text)["event"] == "My own")
        browser.execute_script("scrollTo(0, 0)")
        control(browser, "loud").click()
        until(browser, lambda: not control(browser, "volume").is_displayed())
        assert control(browser, "title").get_attribute("value") == "Good morning"
        silent(browser)


def test_what_is_not_accepted_is_said(browser: Chrome, address: str) -> None:
    opened(browser, address)
    control(browser, "site").send_keys("acme")
    until(browser, lambda: control(browser, "site").get_attribute("aria-invalid") == "true")
    one(browser, "[data-save]").click()
    until(browser, lambda: "API token is required" in one(browser, ".form [role=status]").text)
    control(browser, "apiToken").send_keys("x")
    control(browser, "site").clear()
    until(browser, lambda: one(browser, ".form [role=status]").text == "Ready to save.")
    one(browser, "[name=editing]").click()
    until(browser, lambda: not control(browser, "where").is_enabled())
    one(browser, "[data-event=validation]").click()
    until(browser, lambda: "auditLogEventsHook: validation" in one(browser, ".requests").text)


def test_a_change_on_disk_shows_in_under_a_second(browser: Chrome, acme: Path, address: str) -> None:
    opened(browser, address)
    control(browser, "title").send_keys(" there")
    waited = []
    for name in ("Acme Second", "Acme Third", "Acme Fourth", "Acme Fifth"):
        text = json.dumps(manifest(**{**EVERYTHING, "name": name}))
        start = time.monotonic()
        (acme / "manifest.json").write_text(text)
        until(browser, lambda name=name: one(browser, "h1").text == name)  # type: ignore[misc]
        waited.append(time.monotonic() - start)
    assert min(waited) < 1
    assert control(browser, "title").get_attribute("value") == "Hello there"
    (acme / "manifest.json").write_text("{")
    until(browser, lambda: "cannot be read" in one(browser, ".banner").text)
    (acme / "manifest.json").write_text(json.dumps(manifest(**EVERYTHING)))
    until(browser, lambda: one(browser, "h1").text == "Acme Signals")
    silent(browser)


def without_a_period(acme: Path) -> Path:
    write(acme, {"overview": "Send what changes in LaunchDarkly to Acme", "otherCapabilities": ["external"]})
    return acme / "manifest.json"


def test_a_fix_is_applied_after_its_difference_was_shown(browser: Chrome, acme: Path) -> None:
    file = without_a_period(acme)
    before = file.read_text()
    with running([acme]) as address:
        opened(browser, address)
        one(browser, ".notes [data-fix]").click()
        until(
            browser,
            lambda: '+  "overview": "Send what changes in LaunchDarkly to Acme.",' in one(browser, "#fix-diff").text,
        )
        one(browser, "#fix-cancel").click()
        assert file.read_text() == before
        one(browser, ".notes [data-fix]").click()
        until(browser, lambda: one(browser, "#fix-apply").is_enabled())
        one(browser, "#fix-apply").click()
        until(browser, lambda: "to Acme." in one(browser, ".row p").text)
        assert file.read_text() == before.replace("to Acme", "to Acme.", 1)
        until(browser, lambda: "overview" not in one(browser, "article section").text)
        silent(browser)


def test_a_fix_that_is_out_of_date_is_shown_anew(browser: Chrome, acme: Path) -> None:
    file = without_a_period(acme)
    with running([acme]) as address:
        opened(browser, address)
        one(browser, ".notes [data-fix]").click()
        until(browser, lambda: one(browser, "#fix-apply").is_enabled())
        changed = file.read_text().replace("to Acme", "to Acme and others")
        file.write_text(changed)
        one(browser, "#fix-apply").click()
        until(browser, lambda: "the files have changed since" in one(browser, "#fix-message").text)
        assert "to Acme and others." in one(browser, "#fix-diff").text
        assert file.read_text() == changed


def test_the_keyboard_is_enough(browser: Chrome, acme: Path) -> None:
    file = without_a_period(acme)
    keys = ActionChains(browser)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            keys.send_keys(Keys.TAB).perform()
            if browser.execute_script("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"no key leads to {selector}")

    with running([acme]) as address:
        opened(browser, address)
        tab_to("[name=theme]")
        keys.send_keys(Keys.ARROW_RIGHT).perform()
        assert one(browser, "[name=theme][value=light]").is_selected()
        tab_to(".notes [data-fix]")
        keys.send_keys(Keys.ENTER).perform()
        until(browser, lambda: one(browser, "#fix-apply").is_enabled())
        tab_to("#fix-apply")
        keys.send_keys(Keys.ENTER).perform()
        until(browser, lambda: "to Acme." in file.read_text())
        tab_to("[name=event]")
        keys.send_keys("member").perform()
        until(browser, lambda: Select(one(browser, "[name=event]")).first_selected_option.text == "member-updated")


def test_typing_keeps_the_place_in_a_field(browser: Chrome, address: str) -> None:
    opened(browser, address)
    title = control(browser, "title")
    title.send_keys(Keys.HOME)
    for character in "One two ":
        title.send_keys(character)
        time.sleep(0.03)
    until(browser, lambda: "One two Hello" in one(browser, ".requests").text)
    assert browser.switch_to.active_element.get_attribute("name") == "variable:title"
    assert browser.execute_script("return document.activeElement.selectionStart") == len("One two ")


def narrow(browser: Chrome) -> None:
    size = {"width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def is_too_wide(browser: Chrome) -> bool:
    return bool(browser.execute_script("return document.documentElement.scrollWidth > innerWidth"))


def test_a_narrow_screen_shows_everything(browser: Chrome, acme: Path) -> None:
    write(acme, {**EVERYTHING, "name": "Acme" * 20, "overview": "No-blank" * 12})
    with running([acme]) as address:
        narrow(browser)
        opened(browser, address)
        assert not is_too_wide(browser)
        for details in browser.find_elements(By.CSS_SELECTOR, "details"):
            browser.execute_script("arguments[0].open = true", details)
        assert not is_too_wide(browser)


def test_a_gallery_is_filtered_and_leads_to_each(browser: Chrome, tmp_path: Path) -> None:
    for name in ("Acme", "Bolt", "Crow"):
        write(tmp_path / "integrations" / name.lower(), {"name": name})
    with running([tmp_path / "integrations"]) as address:
        opened(browser, address)
        assert len(browser.find_elements(By.CSS_SELECTOR, ".rows .row")) == 3
        one(browser, "#filter").send_keys("bo monitoring")
        until(
            browser,
            lambda: [row.text for row in browser.find_elements(By.CSS_SELECTOR, ".rows h3") if row.text] == ["Bolt"],
        )
        one(browser, "#filter").send_keys("x")
        until(browser, lambda: one(browser, "#none-left").is_displayed())
        one(browser, "#filter").clear()
        one(browser, "#filter").send_keys("crow")
        browser.find_element(By.LINK_TEXT, "Crow").click()
        until(browser, lambda: one(browser, "h1").text == "Crow")
        browser.find_element(By.LINK_TEXT, "All integrations").click()
        until(browser, lambda: one(browser, "h1").text == "Integrations")
        write(tmp_path / "integrations" / "dawn", {"name": "Dawn"})
        until(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, ".rows .row")) == 4)
        silent(browser)


def test_the_boxes_lie_over_the_icons(browser: Chrome, address: str) -> None:
    opened(browser, address)
    assert not one(browser, ".boxes").is_displayed()
    one(browser, ".show-boxes").click()
    assert one(browser, ".boxes").is_displayed()
    icon, over = one(browser, ".stack .icon"), one(browser, ".stack .boxes")
    assert (icon.rect, icon.rect["width"]) == (over.rect, 40)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_page_without_a_server(browser: Chrome, tmp_path: Path, theme: str) -> None:
    file = tmp_path / "acme.html"
    file.write_text(html(EVERYTHING))
    media = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    try:
        browser.get(file.as_uri())
        background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert background == {"light": "rgb(246, 247, 249)", "dark": "rgb(16, 19, 23)"}[theme]
        assert (
            browser.execute_script(
                "return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:'))"
            )
            == []
        )
        assert one(browser, ".row .icon").rect["width"] == 40
        silent(browser)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_corpus_opens_without_a_message(browser: Chrome, corpus: Path) -> None:
    narrow(browser)
    with running([corpus / "integrations"]) as address:
        opened(browser, address)
        links = [link.get_attribute("href") or "" for link in browser.find_elements(By.CSS_SELECTOR, ".rows a")]
        assert len(links) == 65
        for link in links[:: often(4, 1)]:
            opened(browser, link)
            assert not is_too_wide(browser), link
        silent(browser)


def test_the_text_for_a_pull_request_is_copied(browser: Chrome, address: str) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    opened(browser, address)
    label = "For the pull request"
    (details,) = [one for one in browser.find_elements(By.TAG_NAME, "details") if one.text == label][:1]
    details.find_element(By.TAG_NAME, "summary").click()
    details.find_element(By.CSS_SELECTOR, "[data-copy]").click()
    until(browser, lambda: details.find_element(By.CSS_SELECTOR, "[data-copy]").text == "Copied")
    copied = browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    head = f"URL:    {HOST}/changes\nMETHOD: POST\nHEADER: Authorization: Bearer $API_TOKEN\nBODY:\tflag-toggled\n"
    assert copied.startswith(head)
    silent(browser)


def test_it_says_when_it_is_gone(browser: Chrome, acme: Path) -> None:
    with running([acme]) as address:
        opened(browser, address)
        assert held().title == one(browser, "h1").text
    until(browser, lambda: "does not answer" in one(browser, "#state").text)
