"""The calls of the metrics API as data, without a token: what a dry run shows is what the client sends."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.hosts import OURS, Host, checked_user_agent

API_VERSION = "20240415"
PAGE = 50  # the most that the API lists at once


@dataclass(frozen=True)
class Call:
    """One HTTP request, its subject, and the permission that it needs (``action`` on ``resource``)."""

    method: str
    url: str
    subject: str
    action: str
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
    agent: str = OURS

    def __post_init__(self) -> None:
        checked_user_agent(self.agent)

    def create(self, definition: MetricDefinition) -> Call:
        return self._metric("POST", definition.key, "createMetric", path="", body=definition.body())

    def get(self, key: str) -> Call:
        return self._metric("GET", key, "viewProject", resource=f"proj/{self.project}")

    def delete(self, key: str) -> Call:
        return self._metric("DELETE", key, "deleteMetric")

    def list(self) -> Call:
        url = f"{self._metrics}?limit={PAGE}"
        return Call("GET", url, "metrics", "viewProject", f"proj/{self.project}", self._headers)

    def projects(self) -> Call:
        url = f"{self.host.api}/api/v2/projects?limit={PAGE}"
        return Call("GET", url, "projects", "viewProject", "proj/*", self._headers)

    def import_event(self, event: MetricEvent, environment: str) -> Call:
        path = f"/v2/event-data-import/{quote(self.project, safe='')}/{quote(environment, safe='')}"
        return Call(
            "POST",
            self.host.events + path,
            f"environment `{environment}`",
            "importEventData",
            f"proj/{self.project}:env/{environment}",
            self._headers | {"Content-Type": "application/json", "X-LaunchDarkly-Event-Schema": "4"},
            event.body(),
            repeatable=False,
        )

    @property
    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "LD-API-Version": API_VERSION}

    @property
    def _metrics(self) -> str:
        return f"{self.host.api}/api/v2/metrics/{quote(self.project, safe='')}"

    def _metric(
        self,
        method: str,
        key: str,
        action: str,
        *,
        path: str | None = None,
        resource: str | None = None,
        body: object = None,
    ) -> Call:
        url = self._metrics + (f"/{quote(key, safe='')}" if path is None else path)
        headers = self._headers if body is None else self._headers | {"Content-Type": "application/json"}
        where = resource or f"proj/{self.project}:metric/{key}"
        return Call(method, url, f"metric `{key}`", action, where, headers, body)
