"""The page shows everything, and runs nothing that it shows."""

import re

import urllib3

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
