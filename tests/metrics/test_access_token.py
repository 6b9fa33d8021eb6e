"""Tokens are recognized by shape, and never shown."""

import pytest

from toolkit.metrics.access_token import AccessToken, TokenError


@pytest.mark.parametrize(
    ("text", "authorization"),
    [
        ("api-0f-1e", "api-0f-1e"),
        (" api-0f\n", "api-0f"),
        ("eyJ.a.b", "Bearer eyJ.a.b"),
    ],
)
def test_authorization(text: str, authorization: str) -> None:
    assert AccessToken(text).authorization == authorization


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("sdk-0f1e", "an SDK key"),
        ("mob-0f1e", "a mobile key"),
        ("0123456789abcdef01234567", "a client-side id"),
        ("Bearer api-0f", "a blank"),
        ("api-0f\r\nX-Other: 1", "a blank"),
        ("api-é", "no token has"),
    ],
)
def test_refused_without_being_shown(text: str, reason: str) -> None:
    with pytest.raises(TokenError) as caught:
        AccessToken(text)
    assert reason in str(caught.value)
    assert not text.strip() or text.strip() not in f"{caught.value} {caught.value.help} {caught.value!r}"


def test_not_printed() -> None:
    token = AccessToken("api-planted")
    assert "planted" not in f"{token} {token!r} {[token]}"
    assert token.masked("no api-planted here") == "no *** here"
