"""What an answer other than success means, and what to do next."""

import json

from toolkit.errors import LditError
from toolkit.metrics.access_token import VARIABLE
from toolkit.metrics.calls import Call
from toolkit.metrics.definition import Difference
from toolkit.metrics.transport import Response
from toolkit.text import did_you_mean

NEXT = {
    400: "compare the request with --dry-run",
    401: f"set {VARIABLE} to a token of this instance (commercial, eu and federal have their own)",
    404: "check the project and the key",
    413: "send less at once",
    429: "wait some seconds and run it again",
}
FIXED = frozenset({"key", "kind"})
"""Fields that cannot change once the metric exists."""
SHOWN = 20


class ApiError(LditError):
    """LaunchDarkly refused a call; ``status`` is the HTTP status."""

    def __init__(self, status: int, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message, help)
        self.status = status


class MetricDiffersError(ApiError):
    """A metric with this key exists and is not as defined; ``differences`` has the fields."""

    def __init__(self, status: int, key: str, differences: list[Difference]) -> None:
        self.differences = differences
        verb = "exists and differs" if status == 409 else "was sent, but LaunchDarkly kept something else"
        fields = "; ".join(map(str, differences))
        fixed = any(each.field in FIXED for each in differences)
        remedy = "use another key" if fixed else "change these fields with `ldit metric update`, or use another key"
        super().__init__(status, f"metric `{key}` {verb}: {fields}", remedy)


class MetricArchivedError(ApiError):
    """A metric with this key exists, as defined, and is archived."""

    def __init__(self, key: str) -> None:
        super().__init__(409, f"metric `{key}` is archived", "bring it back with `--restore`, or use another key")


def policy(call: Call) -> str:
    """The role policy that allows ``call`` and nothing else, as JSON."""
    return json.dumps([{"effect": "allow", "resources": [call.resource], "actions": list(call.actions)}])


def refusal(call: Call, response: Response) -> ApiError:
    """The error for an ``response`` that is not the one that ``call`` is made for."""
    message = response.json.get("message") if isinstance(response.json, dict) else None
    what = f"{response.status} for {call.subject}" + (f": {str(message)[:500]}" if message else "")
    return ApiError(response.status, f"LaunchDarkly answered {what}", _next_step(call, response.status))


def not_found(call: Call, project: str, projects: list[str]) -> ApiError:
    """The error for a 404 when the token may list the ``projects``: ``project``, or its part, is missing."""
    if project not in projects:
        listed = ", ".join(f"`{key}`" for key in projects[:SHOWN]) or "none"
        more = f" and {len(projects) - SHOWN} more" if len(projects) > SHOWN else ""
        near = did_you_mean(project, projects)
        remedy = f"{near + ' ' if near else ''}say --project; the token sees {listed}{more}"
        return ApiError(404, f"there is no project `{project}`", remedy)
    return ApiError(404, f"project `{project}` has no {call.subject}", "check the key: metric keys are not event keys")


def _next_step(call: Call, status: int) -> str:
    if status == 403:
        return f"grant the token this policy: {policy(call)}; an OAuth token needs the scope `writer`"
    if 300 <= status < 400:
        return "the host redirects: say the final one with --host"
    return NEXT.get(status, "run it again later: nothing is done twice" if status >= 500 else "")
