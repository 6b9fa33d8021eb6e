"""Hosts and the User-Agent."""

import pytest

from toolkit.errors import LditError
from toolkit.metrics.hosts import HOSTS, Host, checked_user_agent, find_host, user_agent


def test_named_hosts() -> None:
    assert find_host("eu") == HOSTS["eu"]
    assert all(url.startswith("https://") for host in HOSTS.values() for url in host)


@pytest.mark.parametrize("url", ["https://ld.acme.example/", "http://127.0.0.1:8765", "http://[::1]:80"])
def test_own_host(url: str) -> None:
    assert find_host(url) == Host(url.rstrip("/"), url.rstrip("/"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("asia", "is not a host"),
        ("", "is not a host"),
        ("ftp://acme.example", "is not a host"),
        ("https://", "is not a host"),
        ("https://acme.example:x", "is not a host"),
        ("https://acme.example?x=1", "is not a host"),
        ("https://[acme", "is not a host"),
        ("https://ada:pw@acme.example", "user name or password"),
        ("http://acme.example", "in the clear"),
    ],
)
def test_refused_hosts(name: str, message: str) -> None:
    with pytest.raises(LditError, match=message) as caught:
        find_host(name)
    assert "pw" not in str(caught.value)


def test_an_events_host_of_its_own() -> None:
    assert find_host("eu", "https://events.acme.example/") == Host(HOSTS["eu"].api, "https://events.acme.example")
    with pytest.raises(LditError, match="in the clear"):
        find_host("https://ld.acme.example", "http://events.acme.example")


def test_user_agent_as_in_the_public_example() -> None:
    assert user_agent("ACME CORPORATION", "1.0") == "MetricImport-ACME-CORPORATION-int/1.0"


@pytest.mark.parametrize("text", ["python-requests/2", "MetricImport-int/1.0", "MetricImport-A\n-int/1", "A-B-int/"])
def test_refused_user_agents(text: str) -> None:
    with pytest.raises(LditError, match="is not the User-Agent of a partner"):
        checked_user_agent(text)
