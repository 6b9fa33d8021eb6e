"""Whether the version of a changed integration is a later one."""

from typing import NamedTuple

from toolkit.regex import regex
from toolkit.submit.submission import Submission

_NUMBERS = regex(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})")


class Raised(NamedTuple):
    """Whether something is ``wrong`` with the version, what there is to say, and the step that fixes it."""

    wrong: bool
    text: str
    step: str = ""


def version(submission: Submission) -> Raised:
    """The version in the working tree against that of the base."""
    accepted = submission.accepted
    before = str(accepted.get("version", "")) if isinstance(accepted, dict) else ""
    manifest = submission.integration.manifest
    after = manifest.text("/version") if manifest else ""
    old, new = _NUMBERS.match(before), _NUMBERS.match(after)
    if not old or not new:
        return Raised(False, f"version is `{after}`, and was `{before}`")
    numbers, next_ = ([int(part) for part in match.groups()] for match in (old, new))
    if next_ > numbers:
        return Raised(False, f"version goes from {before} to {after}")
    least = f"{numbers[0]}.{numbers[1]}.{numbers[2] + 1}"
    return Raised(
        True, f"version is {after}, and was {before}", f'write "version": "{least}" into manifest.json, or later'
    )
