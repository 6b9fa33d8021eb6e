import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tokens import TOKENS
from toolkit.secrets import KINDS, passwords, secrets

EACH = pytest.mark.parametrize("token", TOKENS.values(), ids=list(TOKENS))


def test_every_kind_has_a_token_here() -> None:
    assert {found.kind for token in TOKENS.values() for found in secrets(token)} == {kind.name for kind in KINDS}


@EACH
@pytest.mark.parametrize("around", ["{}", 'key = "{}"', "Authorization: {}\nHost: acme.io", "a={}&b", "<{}>", "({})."])
def test_a_credential_is_found_once(token: str, around: str) -> None:
    text = around.format(token)
    (found,) = secrets(text)
    assert 16 <= found.end - found.start <= len(token)
    assert text[found.start : found.end].rstrip("-") in token


@EACH
def test_what_is_shorter_or_runs_on_is_none(token: str) -> None:
    if "PRIVATE KEY" in token:
        return
    (found,) = secrets(token)
    for text in (token[: found.start + 12], f"x{token}", f"{token[: found.start + 12]} {token[found.start + 12 :]}"):
        assert list(secrets(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "api-00000000-0000-0000-0000-000000000000",
        "sdk-12345678-1234-1234-1234-1234567890ab",
        "sdk-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "sk_test_" + "x" * 24,
        "ghp_" + "ab" * 18,
        "-----BEGIN PRIVATE KEY-----\nyour key\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "Paste the text between -----BEGIN PRIVATE KEY----- and the end of the file into this field, all of it.",
        "api-{{accountId}}",
        "Enter your access token, which begins with `api-`.",
        "0123456789abcdef0123456789abcdef",
        "6c3f1d20-9a4e-4b57-8d21-e07b5f94ca38",
    ],
)
def test_what_is_plainly_invented_is_none(text: str) -> None:
    assert list(secrets(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://jo:geheim@acme.io/a", ["jo:geheim"]),
        ("https://{{user}}:{{key}}@acme.io/a", []),
        ("https://acme.io:8080/@jo", []),
        ("https://acme.io/a:b@c", []),
        ("https://jo@acme.io", []),
    ],
)
def test_a_password_in_a_url_is_found(text: str, found: list[str]) -> None:
    assert [text[secret.start : secret.end] for secret in passwords(text)] == found


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for start, end in ((secret.start, secret.end) for secret in (*secrets(text), *passwords(text))):
        assert 0 <= start < end <= len(text)
