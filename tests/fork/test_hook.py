"""What pre-commit's command line asks its hooks to check."""

import pytest

from toolkit.fork.hook import Hook, asked, hook_around


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("pre-commit run", Hook()),
        ("python3 -m pre_commit run ldit-lint -v", Hook()),
        ("pre-commit run --all-files", Hook(everything=True)),
        ("pre-commit run -a ldit-lint", Hook(everything=True)),
        ("pre-commit run --all", Hook(everything=True)),
        ("pre-commit run --files a b --verbose c", Hook(files=("a", "b", "c"))),
        ("pre-commit hook-impl --config=.pre-commit-config.yaml --hook-type=pre-commit --hook-dir x", Hook()),
        ("", Hook()),
    ],
)
def test_the_command_line(command: str, meant: Hook) -> None:
    assert asked(command.split()) == meant


def test_the_environment() -> None:
    assert hook_around({}) is None
    assert hook_around({"PRE_COMMIT": "1"}) == Hook()
    pushed = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "a", "PRE_COMMIT_TO_REF": "b"}
    assert hook_around(pushed) == Hook(start="a", end="b")
