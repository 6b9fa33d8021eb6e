"""What an answer other than success means, and what to do next."""

import json

from toolkit.errors import LditError
from toolkit.metrics.access_token import VARIABLE
from toolkit.metrics.calls import Call
from toolkit.metrics.definition import Difference
from toolkit.metrics.transport import Answer

NEXT = {
    400: "compare the request with --dry-run",
    401: f"set {VARIABLE} to a token of this instance (commercial, eu and federal have their own)",
    404: "check the project and the key",
    413: "send less at once",
    429: "wait some seconds and run it again",
}


class ApiError(LditError):
    """LaunchDarkly refused a call; ``status`` is the HTTP status."""

    def __init__(self, status: int, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message, help)
        self.status = status


class MetricDiffersError(ApiError):
    """A metric with this key is there, and is not what was meant; ``differences`` has the fields."""

    def __init__(self, status: int, key: str, differences: list[Difference]) -> None:
        self.differences = differences
        verb = "was created otherwise than asked" if status == 201 else "exists already and differs"
        fields = "; ".join(map(str, differences))
        super().__init__(status, f"metric `{key}` {verb}: {fields}", f"take another key, or delete `{key}` first")


def policy(call: Call) -> str:
    """The role policy that allows ``call`` and nothing else, as JSON."""
    return json.dumps([{"effect": "allow", "resources": [call.resource], "actions": [call.action]}])


def refusal(call: Call, answer: Answer) -> ApiError:
    """The error for an ``answer`` that is not the one that ``call`` is made for."""
    said = answer.json.get("message") if isinstance(answer.json, dict) else None
    what = f"{answer.status} for {call.subject}" + (f": {str(said)[:500]}" if said else "")
    return ApiError(answer.status, f"LaunchDarkly answered {what}", _next_step(call, answer.status))


def not_found(call: Call, project: str, projects: list[str]) -> ApiError:
    """The error for a 404 when the token may list the ``projects``: ``project``, or its part, is missing."""
    if project not in projects:
        listed = ", ".join(f"`{key}`" for key in projects) or "none"
        return ApiError(404, f"there is no project `{project}`", f"say --project; the token sees {listed}")
    return ApiError(404, f"project `{project}` has no {call.subject}", "check the key: metric keys are not event keys")


def _next_step(call: Call, status: int) -> str:
    if status == 403:
        return f"grant the token this policy: {policy(call)}"
    if 300 <= status < 400:
        return "the host sends callers elsewhere: say the final one with --host"
    return NEXT.get(status, "run it again later: nothing is done twice" if status >= 500 else "")
