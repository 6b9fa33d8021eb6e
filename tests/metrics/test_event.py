"""Events are checked before they are sent."""

import pytest

from toolkit.errors import LditError
from toolkit.metrics.event import MetricEvent


def test_body() -> None:
    event = MetricEvent("Page loaded", {"user": "ada", "account": "acme"}, 2.5, created=17)
    assert event.body() == [
        {
            "kind": "custom",
            "key": "Page loaded",
            "creationDate": 17,
            "contextKeys": {"user": "ada", "account": "acme"},
            "metricValue": 2.5,
        }
    ]
    assert "metricValue" not in MetricEvent("a", {"user": "ada"}).body()[0]


@pytest.mark.parametrize(
    ("key", "contexts", "value"),
    [
        ("", {"user": "ada"}, None),
        ("a", {}, None),
        ("a", {"user": ""}, None),
        ("a", {"": "ada"}, None),
        ("a", {"user": "ada"}, float("nan")),
        ("a", {"user": "ada"}, float("inf")),
    ],
)
def test_refused(key: str, contexts: dict[str, str], value: float | None) -> None:
    with pytest.raises(LditError):
        MetricEvent(key, contexts, value)
