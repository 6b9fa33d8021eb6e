"""The page shows everything, and runs nothing that it shows."""

import re
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.metrics.browser import browsing
from tests.metrics.servers import TOKEN
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

HOSTILE = "<script>alert(1)</script>&\"'"


def test_empty() -> None:
    with running(Options()) as url:
        page = urllib3.request("GET", url).data.decode()
    assert page.count("None yet.") == 2


def test_everything_is_escaped(client: MetricsClient, sandbox: str) -> None:
    definition = MetricDefinition(
        kind="numeric", key="m", name=HOSTILE, event_key=HOSTILE, unit=HOSTILE, success="lower"
    )
    client.create(definition)
    client.send_event(MetricEvent(HOSTILE, {"user": HOSTILE}, 2.5), "production")
    client.send_event(MetricEvent("other " + HOSTILE, {"user": "ada"}), "production")
    answer = urllib3.request("GET", sandbox)
    page = answer.data.decode()
    assert re.findall("<script.*?>", page) == ['<script src="/page.js" defer>']
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#34;&#39;") == 6
    assert "no metric has this event key" in page
    assert "<td>2.5</td>" in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_its_files(empty_sandbox: str) -> None:
    for name, kind in {"page.js": "text/javascript", "page.css": "text/css"}.items():
        answer = urllib3.request("GET", f"{empty_sandbox}/{name}")
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.data


def changes(url: str, since: str) -> Any:
    answer = urllib3.request("GET", f"{url}/changes?since={since}")
    assert answer.status in (200, 204), answer.data
    return answer.json() if answer.data else None


def test_only_what_has_changed() -> None:
    with running(Options()) as url:
        client = MetricsClient(TOKEN, "default", host=url)
        for key in ("a", "b"):
            client.create(MetricDefinition(kind="binary", key=key, event_key=key))
        first = changes(url, "0-0")
        assert list(first["metrics"]) == ["default a", "default b"]
        assert changes(url, first["state"]) is None
        client.send_event(MetricEvent("a", {"user": "ada"}), "test")
        second = changes(url, first["state"])
        assert list(second["metrics"]) == ["default a"]
        (row,) = second["events"].values()
        assert "<code>ada</code>" in row
        assert "1 in the last 5 minutes" in second["metrics"]["default a"]
        assert '<rect x="116" y="0.0" width="3" height="20.0"/>' in second["metrics"]["default a"]
        client.delete("b")
        third = changes(url, second["state"])
        assert (third["metrics"], third["gone"], third["counts"]["metrics"]) == ({}, ["default b"], 1)
        assert changes(url, third["state"]) is None


@pytest.mark.parametrize("since", ["x", "1", "-1-0", "1-2-3", "99999999999999999999-0"])
def test_no_version(empty_sandbox: str, since: str) -> None:
    assert urllib3.request("GET", f"{empty_sandbox}/changes?since={since}").status == 400


def test_in_a_real_browser(tmp_path: Path) -> None:
    with running(Options()) as url, browsing(tmp_path / "profile") as page:
        client = MetricsClient(TOKEN, "default", host=url)
        page.open(url)
        page.wait("document.body && document.body.innerText.includes('None yet.')")
        client.create(MetricDefinition(kind="count", key="clicks", name=HOSTILE, event_key="Clicked"))
        page.wait("!!document.getElementById('default clicks')")
        assert HOSTILE in page.run("document.getElementById('default clicks').textContent")
        client.send_event(MetricEvent("Clicked", {"user": "ada"}), "test")
        client.send_event(MetricEvent("clicked", {"user": "ada"}), "test")
        page.wait("document.getElementById('events').rows.length === 2")
        page.wait("!!document.querySelector('#metrics svg rect')")
        assert "not clicks: wrong letter case" in page.run("document.getElementById('events').rows[0].innerText")
        client.delete("clicks")
        page.wait("!document.getElementById('default clicks')")


def test_no_page_of_another_reads_it_in_a_real_browser(tmp_path: Path) -> None:
    with running(Options()) as url, running(Options()) as other, browsing(tmp_path / "profile") as page:
        page.open(other)
        page.wait("document.readyState === 'complete' && location.host !== ''")
        for path, options in (("/events", "{}"), ("/", "{}"), ("/bulk", "{method: 'POST', body: '[]'}")):
            script = f"fetch('{url}{path}', {options}).then((answer) => 'read', () => 'refused')"
            assert page.run(script) == "refused"
        event = '[{"kind": "custom", "key": "forged", "contextKeys": {"user": "ada"}}]'
        options = f"{{method: 'POST', body: '{event}', mode: 'no-cors'}}"
        page.run(f"fetch('{url}/diagnostic', {options}).then(() => 1)")
        page.run(f"fetch('{url}/bulk', {options}).then(() => 1)")
        assert urllib3.request("GET", f"{url}/events").json()["items"] == []
