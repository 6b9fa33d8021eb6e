"""The paths of icons and templates that a manifest names."""

import pytest

from tests.rules.conftest import Messages


@pytest.mark.parametrize(
    ("path", "outside", "odd", "missing"),
    [
        ("assets/square.svg", 0, 0, 0),
        ("./assets/square.svg", 0, 0, 0),
        ("/assets/square.svg", 0, 1, 0),
        ("assets/../assets/square.svg", 0, 1, 0),
        ("assets\\square.svg", 0, 0, 1),
        ("../other/assets/square.svg", 0, 0, 1),
        ("assets/../../other/square.svg", 0, 0, 1),
    ],
)
def test_only_what_leaves_the_directory_is_an_error(
    messages: Messages, path: str, outside: int, odd: int, missing: int
) -> None:
    patch = {"manifest.json": {"icons": {"square": path}}}
    rules = ("path-outside", "odd-path", "missing-icon")
    assert [len(messages(rule, patch)) for rule in rules] == [outside, odd, missing]
