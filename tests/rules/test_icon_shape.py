"""What an icon holds besides the drawing."""

import pytest

from tests.rules.conftest import Messages
from toolkit.rules.icons.shape import DISC, drawn


@pytest.mark.parametrize(
    ("inside", "count"),
    [
        ('<use href="#a"/>', 1),
        ('<use href="#a"/><use xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink"/>', 1),
        ('<path id="a" d="M0 0h9v9z"/><use href="#a"/>', 0),
        ('<path d="M0 0h9v9z" fill="url(#a)" mask="url(\'#b\')"/>', 2),
        ("<style>.x{fill:url(#a)}</style>", 1),
        ('<path d="M0 0h9v9z" fill="#abc"/>', 0),
    ],
)
def test_references_to_nothing(messages: Messages, inside: str, count: int) -> None:
    assert len(messages("icon-dangling-reference", drawn('viewBox="0 0 40 40"', DISC + inside))) == count
