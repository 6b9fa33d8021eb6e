"""Sample data: what LaunchDarkly hands to templates, invented, with the fields and gaps that the real data have."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

CHANGES: Final[Mapping[str, tuple[str, ...]]] = {
    "flag": (
        "flag-created",
        "flag-toggled",
        "flag-rules-updated",
        "flag-archived",
        "flag-copied",
        "flag-updated-everywhere",
    ),
    "project": ("project-created", "project-updated", "project-deleted"),
    "environment": ("environment-created", "environment-updated", "environment-deleted"),
    "member": ("member-updated",),
    "segment": ("segment-created", "segment-updated"),
    "metric": ("metric-created",),
    "webhook": ("webhook-enabled",),
}
"""The events of the change history (once "audit log"), by what changed."""

TESTED: Final[Mapping[str, str]] = {
    "flag": "flag-updated-everywhere",
    "project": "project-updated",
    "environment": "environment-updated",
    "member": "member-updated",
    "default": "flag-updated-everywhere",
    "validation": "environment-updated",
}
"""The event that the official tests render each template of an audit log hook with, by the template's kind."""

APPROVAL: Final = "approval-requested"
ROLLOUTS: Final[Mapping[str, str]] = {
    "measuredRolloutRegressionDetected": "measured-rollout-regression-detected",
    "measuredRolloutReverted": "measured-rollout-reverted",
    "errorMonitoringNewIssueFound": "error-monitoring-new-issue-found",
}
"""The event of each template of an ``eventsHook``."""
SEGMENTS: Final = ("segment-synced", "segment-refused")
"""What the answer to a request for a synced segment is made from."""


@cache
def event(name: str) -> Mapping[str, Any]:
    """The sample of that name, to be read only."""
    data: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_bytes())
    return data


@cache
def escaped_event(name: str) -> Mapping[str, Any]:
    """The sample of that name with every string as it would stand inside a JSON string, to be read only.

    So LaunchDarkly hands its data to templates that make JSON: a quote in them does no harm there.
    """
    data: dict[str, Any] = json_escaped(event(name))
    return data


def json_escaped(value: Any) -> Any:
    """The value with every string as it would stand inside a JSON string."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)[1:-1]
    if isinstance(value, dict):
        return {key: json_escaped(part) for key, part in value.items()}
    return [json_escaped(part) for part in value] if isinstance(value, list) else value
