"""Each message, help, severity and place is as it was when somebody last read it."""

import pytest

from tests.rules import golden
from toolkit.rules import ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_messages_are_as_they_were_read(room: str) -> None:
    assert golden.file(room).read_text() == golden.messages(room), (
        f"read what has changed; if it is meant, renew it with `.venv/bin/{golden.RENEW}`"
    )
