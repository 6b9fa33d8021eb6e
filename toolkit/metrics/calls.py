"""The calls of the metrics API as data, without a token: what a dry run shows is what the client sends."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.hosts import DEFAULT_AGENT, Host, checked_user_agent

API_VERSION = "20240415"
VIEW = "viewProject"
PROJECTS = "projects"  # the subject of a call for all of them
PAGE = 50  # the most that the API lists at once
UPDATE_ACTIONS = {
    "name": "updateName",
    "description": "updateDescription",
    "tags": "updateTags",
    "maintainerId": "updateMaintainer",
    "isNumeric": "updateNumeric",
    "unit": "updateNumericUnit",
    "successCriteria": "updateNumericSuccess",
    "eventKey": "updateEventKey",
    "unitAggregationType": "updateUnitAggregationType",
    "analysisType": "updateAnalysisType",
    "percentileValue": "updateAnalysisType",
    "eventDefault": "updateEventDefault",
    "analysisUnits": "updateRandomizationUnits",
    "urls": "updateUrls",
    "selector": "updateSelector",
    "archived": "updateArchived",
    "windowStartOffset": "updateWindowOffset",
    "windowEndOffset": "updateWindowOffset",
    "denominator": "updateMetricDenominator",
    "winsorization": "updateMetricWinsorization",
}
"""The role action that a change of each field needs, by the list of actions in LaunchDarkly's documentation."""


@dataclass(frozen=True)
class Call:
    """One HTTP request, its subject, and the permission that it needs (``actions`` on ``resource``)."""

    method: str
    url: str
    subject: str
    actions: tuple[str, ...]
    resource: str
    headers: Mapping[str, str]
    body: object = None
    # False where a request that may have been acted on must not be repeated.
    repeatable: bool = True

    @property
    def content(self) -> bytes | None:
        """The body as it is sent."""
        return None if self.body is None else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Calls:
    """Builds the calls that concern one project; ``agent`` is checked, see ``hosts.user_agent``."""

    host: Host
    project: str
    agent: str = DEFAULT_AGENT

    def __post_init__(self) -> None:
        checked_user_agent(self.agent)

    def create(self, definition: MetricDefinition) -> Call:
        """Create a metric; answers 201 with it, 409 where its key is taken."""
        return self._metric("POST", ["createMetric"], definition.key, "", definition.body())

    def get(self, key: str) -> Call:
        """One metric, by its key."""
        return self._metric("GET", [VIEW], key, f"/{_segment(key)}")

    def patch(self, key: str, operations: Sequence[Mapping[str, object]]) -> Call:
        """Change a metric by JSON Patch (RFC 6902)."""
        actions = {UPDATE_ACTIONS.get(str(each["path"]).split("/")[1], "*") for each in operations}
        return self._metric("PATCH", sorted(actions), key, f"/{_segment(key)}", list(operations))

    def delete(self, key: str) -> Call:
        """Delete a metric; answers 204."""
        return self._metric("DELETE", ["deleteMetric"], key, f"/{_segment(key)}")

    def list(self) -> Call:
        """The first page of the metrics of the project."""
        return self._metric("GET", [VIEW], "", f"?limit={PAGE}")

    def projects(self) -> Call:
        """The first page of the projects that the token may see."""
        url = f"{self.host.api}/api/v2/projects?limit={PAGE}"
        return Call("GET", url, PROJECTS, (VIEW,), "proj/*", self._headers)

    def caller(self) -> Call:
        """Who the token belongs to."""
        return Call("GET", f"{self.host.api}/api/v2/caller-identity", "the token", (VIEW,), "proj/*", self._headers)

    def import_event(self, event: MetricEvent, environment: str) -> Call:
        """Hand in one event of a metric, for one environment."""
        path = f"/v2/event-data-import/{_segment(self.project)}/{_segment(environment)}"
        return Call(
            "POST",
            self.host.events + path,
            f"environment `{environment}`",
            ("importEventData",),
            f"proj/{self.project}:env/{environment}",
            self._headers | {"X-LaunchDarkly-Event-Schema": "4"},
            event.body(),
            repeatable=False,
        )

    @property
    def _headers(self) -> dict[str, str]:
        common = {"LD-API-Version": API_VERSION, "Content-Type": "application/json"}
        return {"User-Agent": self.agent} | common

    def _metric(self, method: str, actions: Sequence[str], key: str, path: str, body: object = None) -> Call:
        url = f"{self.host.api}/api/v2/metrics/{_segment(self.project)}{path}"
        # There is no action for reading a metric; whoever may see the project may.
        part = "" if VIEW in actions else f":metric/{key}"
        subject = f"metric `{key}`" if key else "metrics"
        return Call(method, url, subject, tuple(actions), f"proj/{self.project}{part}", self._headers, body)


def _segment(text: str) -> str:
    return quote(text, safe="")
