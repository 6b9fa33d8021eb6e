import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.links import addresses
from toolkit.links.addresses import Addresses, is_public
from toolkit.links.outcome import GoneError, UnsureError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("2002:808:808::1", True),
        ("0.0.0.0", False),
        ("10.0.0.8", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::ffff:10.0.0.8", False),
        ("64:ff9b::a00:8", False),
        ("2002:a00:8::1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("192.0.0.192", False),
        ("192.0.0.9", False),
        ("192.88.99.1", False),
        ("198.51.100.7", False),
        ("240.0.0.1", False),
        ("::10.0.0.8", False),
        ("::808:808", False),
        ("fec0::1", False),
        ("64:ff9b:1::808:808", False),
        ("100::1", False),
        ("5f00::1", False),
        ("3fff::1", False),
        ("2001:db8::1", False),
        ("2001:2::1", False),
        ("2001:0:808:808::f7f7:f7f7", True),  # Teredo, of a client at 8.8.8.8
        ("2001:0:808:808::f5ff:fff7", False),  # of one at 10.0.0.8
        ("4000::1", False),
        ("1.1.1.1", True),
        ("2a00:1450::1", True),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(UnsureError, match=r"acme\.test is at a private address"):
        Addresses(lambda _: ["8.8.8.8", "10.0.0.8"], allow_private=False).of("acme.test")


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (socket.gaierror(socket.EAI_NONAME, "not known"), GoneError),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), UnsureError),
        (UnicodeError("label too long"), UnsureError),
        (OSError("no descriptors left"), UnsureError),
    ],
)
def test_only_a_name_that_nobody_knows_is_gone(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, expected: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(expected):
        addresses.resolve("acme.test")


def test_ipv4_comes_first_and_each_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    six = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700::1111", 0, 0, 0))
    four = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 0))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [six, four, six])
    assert addresses.resolve("acme.test") == ["8.8.8.8", "2606:4700::1111"]


@given(st.ip_addresses())
def test_no_address_that_python_knows_as_private_is_public(address: ipaddress.IPv4Address) -> None:
    if is_public(str(address)):
        assert (address.is_global and not address.is_multicast) or str(address).startswith(("64:ff9b::", "200"))
