"""Faults come as often as asked, the same ones for the same seed."""

import pytest
import urllib3

from tests.metrics.servers import TOKEN
from toolkit.errors import LditError
from toolkit.metrics.sandbox.options import Faults, Options
from toolkit.metrics.sandbox.server import running


def outcomes(faults: str, count: int) -> list[object]:
    """Statuses, or None for a broken connection."""
    found: list[object] = []
    with running(Options(faults=Faults.parse(faults))) as url:
        for _ in range(count):
            try:
                answer = urllib3.request(
                    "GET", f"{url}/api/v2/projects", headers={"Authorization": TOKEN}, retries=False
                )
                found.append(answer.status)
            except urllib3.exceptions.ProtocolError:
                found.append(None)
        assert urllib3.request("GET", f"{url}/events").status == 200
    return found


def test_by_seed() -> None:
    first = outcomes("429=0.3,500=0.1,reset=0.1,slow=0.1,delay=0,seed=1", 100)
    assert first == outcomes("429=0.3,500=0.1,reset=0.1,slow=0.1,delay=0,seed=1", 100)
    assert first != outcomes("429=0.3,500=0.1,reset=0.1,slow=0.1,delay=0,seed=2", 100)
    assert 20 <= first.count(429) <= 40
    assert 3 <= first.count(500) <= 20
    assert 3 <= first.count(None) <= 20


@pytest.mark.parametrize(("faults", "result"), [("429=1", 429), ("500=1", 500), ("reset=1", None), ("", 200)])
def test_each(faults: str, result: object) -> None:
    assert outcomes(faults or "slow=1,delay=0.01", 3) == [result] * 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("429", "are no faults"),
        ("429=often", "are no faults"),
        ("404=0.1", "unknown fault `404`"),
        ("429=1.1", "from 0 to 1"),
        ("429=-0.1", "from 0 to 1"),
        ("429=nan", "from 0 to 1"),
        ("429=0.6,500=0.6", "1 at most together"),
        ("429=0.1,seed=1.5", "a seed is a whole number"),
        ("429=0.1,seed=inf", "a seed is a whole number"),
        ("slow=0.1,delay=99", "a delay is from 0 to 60"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(LditError, match=message):
        Faults.parse(text)
