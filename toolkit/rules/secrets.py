"""Credentials that everybody could read."""

from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import File
from toolkit.rules.files import is_text
from toolkit.rules.readme import GOOD
from toolkit.rules.registry import rule
from toolkit.secrets import SHOWN

_TOKEN = "-".join(("api", "6c3f1d20", "9a4e", "4b57", "8d21", "e07b5f94ca38"))
"""Invented, and put together here so that no scanner takes the source for a leak."""


@rule(Severity.error, {"README.md": f"{GOOD}\nCall it with `Authorization: {_TOKEN}`.\n"})
def secret(file: File) -> Iterator[Problem]:
    """No file contains a credential.

    The repository is public: whoever finds a token there can use it, even after it is removed again. LaunchDarkly's own
    tokens and keys, private keys, and the tokens of well-known services are recognized. Only their first characters are
    ever printed.
    """
    if is_text(file):
        for kind, start, end in file.secrets:
            message = f"this looks like {kind}: {file.text[start : start + SHOWN]}…"
            yield Problem(file.at(start, end), message, "revoke it where it was issued, then remove it here")
