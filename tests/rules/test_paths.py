"""The paths of icons and templates that a manifest names."""

import pytest

from tests.rules.conftest import Messages


@pytest.mark.parametrize(
    ("path", "inside", "plain"),
    [
        ("assets/square.svg", 0, 0),
        ("./assets/square.svg", 0, 0),
        ("/assets/square.svg", 0, 1),
        ("assets/../assets/square.svg", 0, 1),
        ("assets\\square.svg", 0, 1),
        ("../other/assets/square.svg", 1, 0),
        ("assets/../../other/square.svg", 1, 0),
    ],
)
def test_only_what_leaves_the_directory_is_an_error(messages: Messages, path: str, inside: int, plain: int) -> None:
    patch = {"manifest.json": {"icons": {"square": path}}}
    assert (len(messages("path-outside", patch)), len(messages("odd-path", patch))) == (inside, plain)
