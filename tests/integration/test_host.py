import pytest

from toolkit.integration.host import is_address, is_local, is_placeholder, is_possible

PLACEHOLDERS = (
    "example.com",
    "www.example.org",
    "api.example.net",
    "acme.example",
    "acme.test",
    "acme.invalid",
    "yourcompany.com",
    "your-company.com",
    "www.your-domain.io",
    "yourcompany.atlassian.net",
    "your_instance.service-now.com",
    "mycompany.com",
    "company.com",
    "domain.com",
    "test.com",
    "insert-url-here",
)
REAL = (
    "launchdarkly.com",
    "docs.acme.io",
    "mydomain-registrar.com",
    "examples.com",
    "example-corp.com",
    "testing.io",
    "test.acme.com",
    "test.io",
    "todo.dev",
    "yourbase.com",
    "company.acme.com",
    "foo.acme.com",
    "mycompanyname.de",
    "www.domain.de.com",
)


@pytest.mark.parametrize("host", PLACEHOLDERS)
def test_a_placeholder_is_known(host: str) -> None:
    assert is_placeholder(host)


@pytest.mark.parametrize("host", REAL)
def test_a_real_name_is_no_placeholder(host: str) -> None:
    assert not is_placeholder(host)
    assert is_possible(host)
    assert not is_local(host)


@pytest.mark.parametrize("host", ["localhost", "acme", "printer.local", "db.internal", "wiki.corp", "x.localhost"])
def test_a_local_name_is_known(host: str) -> None:
    assert is_local(host)
    assert is_possible(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1", "2130706433", "0x7f000001", "::1", "fe80::1%eth0"])
def test_an_address_is_no_name(host: str) -> None:
    assert is_address(host)
    assert is_possible(host)
    assert not is_local(host)


@pytest.mark.parametrize(
    "host", ["", ".", "a..b", "-a.com", "a-.com", "a b.com", "a" * 64 + ".com", "a.b" * 100, "<host>", "{x}.io"]
)
def test_what_no_host_is_called(host: str) -> None:
    assert not is_possible(host)


@pytest.mark.parametrize("host", ["münchen.de", "例え.jp", "a_b.io", "_dmarc.acme.io", "acme.io."])
def test_what_a_host_may_be_called(host: str) -> None:
    assert is_possible(host)
