"""Attacks on the live page in a real browser: nothing runs, nothing leaks, nothing is written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.preview.examples import EVERYTHING, SVG, held, manifest, write
from tests.preview.test_live import one, opened, silent, until
from tests.preview.test_page import NASTY, everywhere
from toolkit.preview.server import running

SCRIPTED = f'<svg xmlns="{SVG}" viewBox="0 0 40 40" onload="parent.attacked=1"><script>parent.attacked=1</script></svg>'
READING = """
const [address, done] = arguments;
const outcome = {};
async function trial(name, run) {
  try { outcome[name] = await run(); } catch (error) { outcome[name] = "refused"; }
}
const loaded = (tag, member, url) => new Promise((resolve) => {
  const element = document.createElement(tag);
  element.onload = () => resolve("loaded");
  element.onerror = () => resolve("refused");
  element[member] = url;
  document.body.append(element);
});
const framed = (url) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.onload = () => resolve(frame.contentDocument ? frame.contentDocument.body.innerText : "refused");
  frame.src = url;
  document.body.append(frame);
});
(async () => {
  await trial("read", async () => (await fetch(address)).text());
  await trial("render", async () => (await fetch(address + "render", { method: "POST", body: "{}" })).text());
  await trial("json", async () => (await fetch(address + "fix", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })).text());
  await trial("script", () => loaded("script", "src", address + "page.js"));
  await trial("image", () => loaded("img", "src", address));
  await trial("frame", () => framed(address));
  await trial("stream", () => new Promise((resolve) => {
    const source = new EventSource(address + "changes");
    source.onopen = () => resolve("opened");
    source.onerror = () => resolve("refused");
  }));
  for (const path of ["apply", "fix", "render"]) {
    const body = JSON.stringify({ rule: "", unsafe: true });
    await fetch(address + path, { method: "POST", mode: "no-cors", body }).catch(() => 0);
  }
  done(outcome);
})();
"""


@contextmanager
def another_site() -> Iterator[str]:
    """A page of somebody else, on this machine too."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>other</title><link rel=icon href=data:,><body>")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def contents(directory: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_site_that_knows_the_address_can_do_nothing(browser: Chrome, acme: Path, host: str) -> None:
    write(acme, {**EVERYTHING, "overview": "Send what changes in LaunchDarkly to Acme"})
    before = contents(acme)
    with running([acme]) as address, another_site() as other:
        browser.get(other.replace("127.0.0.1", host))
        outcome = browser.execute_async_script(READING, address)
    assert outcome == dict.fromkeys(("read", "render", "json", "script", "image", "frame", "stream"), "refused")
    assert contents(acme) == before


def test_a_link_from_another_site_shows_nothing(browser: Chrome, acme: Path) -> None:
    with running([acme]) as address, another_site() as other:
        browser.get(other.replace("127.0.0.1", "localhost"))
        browser.execute_script("document.body.innerHTML = `<a href='${arguments[0]}'>go</a>`", address)
        browser.find_element(By.LINK_TEXT, "go").click()
        until(browser, lambda: "Only the page itself" in one(browser, "body").text)


def test_nothing_in_an_integration_runs(browser: Chrome, acme: Path) -> None:
    nasty = everywhere(manifest(**EVERYTHING))
    write(
        acme,
        nasty,
        {
            "assets/square.svg": SCRIPTED,
            "assets/horizontal.svg": SCRIPTED,
            "templates/default.json.hbs": NASTY,
            "README.md": NASTY,
        },
    )
    with running([acme]) as address:
        opened(browser, address)
        one(browser, ".own summary").click()
        for name in ("own-event", "variable:title"):
            one(browser, f'[name="{name}"]').send_keys(NASTY)
        until(browser, lambda: "this is not JSON" in one(browser, ".requests").text)
        assert browser.execute_script("return window.attacked") is None
        suspicious = "main script, main iframe, main [onerror], main [onload], main a[href^=javascript]"
        assert browser.find_elements(By.CSS_SELECTOR, suspicious) == []
        assert len(browser.find_elements(By.CSS_SELECTOR, ".refused")) > 2
        silent(browser)


def test_an_icon_is_a_picture_that_runs_nothing_even_if_it_got_this_far(browser: Chrome, tmp_path: Path) -> None:
    """Without lint's refusal: a browser runs no script of an SVG in ``<img>``."""
    from base64 import b64encode

    from tests.preview.examples import view
    from toolkit.preview.page import document

    page = document([view(held())])
    good = page.split("data:image/svg+xml;base64,")[1].split('"')[0]
    file = tmp_path / "acme.html"
    file.write_text(page.replace(good, b64encode(SCRIPTED.encode()).decode()))
    browser.get(file.as_uri())
    until(browser, lambda: browser.execute_script("return [...document.images].every((image) => image.complete)"))
    assert browser.execute_script("return window.attacked") is None


def test_ten_megabytes_in_a_field_do_no_harm(browser: Chrome, address: str) -> None:
    opened(browser, address)
    browser.execute_script(
        "const field = document.querySelector('[name=\"variable:title\"]'); field.value = 'x'.repeat(1e7);"
        "field.dispatchEvent(new Event('input', { bubbles: true }));"
    )
    until(browser, lambda: "1 MB" in one(browser, "#state").text or "does not answer" in one(browser, "#state").text)
    browser.execute_script("document.querySelector('[name=\"variable:title\"]').value = ''")
    field = one(browser, '[name="variable:title"]')
    field.send_keys("Short again")
    until(browser, lambda: one(browser, "#state").text == "live" and "Short again" in one(browser, ".requests").text)


def test_ten_megabytes_in_a_manifest_do_no_harm(browser: Chrome, acme: Path) -> None:
    write(acme, {**EVERYTHING, "description": "long " * 2_000_000})
    with running([acme]) as address:
        opened(browser, address)
        assert "more characters" in one(browser, ".description").text
