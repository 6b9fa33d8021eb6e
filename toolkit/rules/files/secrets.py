"""Credentials that everybody could read."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import File
from toolkit.regex import regex
from toolkit.rules.examples import README
from toolkit.rules.registry import error, rule, warning
from toolkit.secrets import SHOWN

_TOKEN = "-".join(("api", "6c3f1d20", "9a4e", "4b57", "8d21", "e07b5f94ca38"))
"""Invented, and put together here so that no scanner takes the source for a leak."""


_WORD = "k7Vd2qXw"
_SAMPLE = regex(r"(?i)\$.*|[*.x]+|.*(?:passw(?:or)?d?|secret|token|key|example|your|my).*|pass|pw|abc|123|foo|bar")
"""What stands for a password in an example."""


@rule(warning, bad={"README.md": f"{README}\nRun `curl https://jo:{_WORD}@api.acme-signals.example/changes`.\n"})
def password_in_url(file: File) -> Iterator[Problem]:
    """No URL contains a password.

    The repository is public, and so is every example in it. Write `<password>` or `$PASSWORD` where one belongs.
    """
    if file.is_text and "@" in file.text:
        for _, start, end in file.passwords:
            password = file.text[start:end].partition(":")[2]
            if not _SAMPLE.fullmatch(password):
                yield Problem(file.at(start, end), "the URL contains a password", "remove it, and change it")


@rule(error, bad={"README.md": f"{README}\nCall it with `Authorization: {_TOKEN}`.\n"})
def leaked_secret(file: File) -> Iterator[Problem]:
    """No file contains a credential.

    The repository is public: whoever finds a token there can use it, even after it is removed again. LaunchDarkly's own
    tokens and keys, private keys, and the tokens of well-known services are recognized. Only their first characters are
    ever printed.
    """
    if file.is_text:
        for kind, start, end in file.secrets:
            message = f"this looks like {kind}: {file.text[start : start + SHOWN]}…"
            yield Problem(file.at(start, end), message, "revoke it where it was issued, then remove it here")
