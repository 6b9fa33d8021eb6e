"""The one base of every exception that this package raises on purpose."""


class LditError(Exception):
    """Something a user can act on; ``str()`` is the message, ``help`` the remedy (may be empty)."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.help = help
