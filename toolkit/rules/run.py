"""What a run reports of itself: findings that no rule makes by looking at an integration."""

from toolkit.finding import Place, Problem
from toolkit.rules.registry import error, reported, warning

RUN = "run"
"""The room of what is reported here."""
INTERNAL_ERROR = "internal-error"
UNUSED_WAIVER = "unused-waiver"


@reported(error)
def internal_error(rule: str, fault: Exception) -> Problem:
    """A check could not be finished.

    This is a mistake in ldit, not in the integration. The other checks are reported as usual, and the exit status is 2,
    since nobody knows what this one would have found.
    """
    message = f"the check {rule} could not be finished: {type(fault).__name__}: {fault}"
    return Problem(Place(""), message, "this is a bug in ldit; report it with this integration")


@reported(warning)
def unused_waiver(waived: str, origin: str) -> Problem:
    """A waiver in the configuration is still needed.

    A waiver accepts a finding for a reason. When the finding is gone, the waiver would hide the next one of its kind.
    """
    return Problem(Place(""), f"the waiver of {waived} in {origin} is no longer needed", "remove it")
