"""The metrics API of LaunchDarkly: create, get, list and delete metrics, and send the events they count."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.calls import Call, Calls
from toolkit.metrics.definition import MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.failures import ApiError, MetricDiffersError, not_found, refusal
from toolkit.metrics.hosts import OURS, find_host
from toolkit.metrics.retry import PatientRetry
from toolkit.metrics.transport import Answer, Transport


class Outcome(NamedTuple):
    """The metric as LaunchDarkly has it, and whether this call made it; if not, it was there, identical."""

    metric: dict[str, Any]
    created: bool


class MetricsClient:
    """Calls the API for one project.

    ``host`` is commercial, eu, federal or a base URL; ``agent`` is ``hosts.user_agent`` of your product's
    name. Every method raises ApiError when LaunchDarkly refuses, and UnreachableError when no answer comes.
    """

    def __init__(
        self,
        token: AccessToken | str,
        project: str,
        *,
        host: str = "commercial",
        agent: str = OURS,
        retry: PatientRetry | None = None,
    ) -> None:
        self.calls = Calls(find_host(host), project, agent)
        self._transport = Transport(AccessToken(token) if isinstance(token, str) else token, retry)

    def create(self, definition: MetricDefinition) -> Outcome:
        """Makes the metric, or finds it there, exactly so; raises MetricDiffersError if it is otherwise.

        There is no look before the call: whoever looks first can be overtaken. The API's 409 cannot, and it
        also tells of a create of our own whose answer was lost.
        """
        call = self.calls.create(definition)
        answer = self._transport.send(call)
        metric = self.get(definition.key) if answer.status == 409 else self._object(call, answer, 201)
        if differences := definition.difference(metric):
            raise MetricDiffersError(answer.status, definition.key, differences)
        return Outcome(metric, created=answer.status == 201)

    def get(self, key: str) -> dict[str, Any]:
        """The metric with the metric key ``key``."""
        call = self.calls.get(key)
        return self._object(call, self._transport.send(call), 200)

    def list(self) -> Iterator[dict[str, Any]]:
        """Every metric of the project, page by page."""
        call: Call | None = self.calls.list()
        while call:
            page = self._object(call, self._transport.send(call), 200)
            yield from _dig(page, "items") or []
            call = _following(call, page)

    def delete(self, key: str) -> None:
        """Deletes the metric with the metric key ``key``. A 404 after a lost answer means that it is done."""
        call = self.calls.delete(key)
        answer = self._transport.send(call)
        if answer.status != 204 and not (answer.status == 404 and answer.lost):
            raise self._refusal(call, answer)

    def send_event(self, event: MetricEvent, environment: str) -> None:
        """Imports one event. LaunchDarkly accepts even events that it drops later: success means arrived."""
        call = self.calls.import_event(event, environment)
        answer = self._transport.send(call)
        if answer.status != 202:
            raise self._refusal(call, answer)

    def _object(self, call: Call, answer: Answer, status: int) -> dict[str, Any]:
        if answer.status != status or not isinstance(answer.json, dict):
            raise self._refusal(call, answer)
        return answer.json

    def _refusal(self, call: Call, answer: Answer) -> ApiError:
        if answer.status == 404:
            projects = _dig(self._transport.send(self.calls.projects()).json, "items")
            if projects is not None:
                return not_found(call, self.calls.project, [str(_dig(each, "key")) for each in projects])
        return refusal(call, answer)


def _following(call: Call, page: dict[str, Any]) -> Call | None:
    href = _dig(page, "_links", "next", "href")
    if not href:
        return None
    url = urljoin(call.url, href)
    if urlsplit(url)[:2] != urlsplit(call.url)[:2]:
        raise ApiError(200, f"the next page is on another host, at {url}", "the token was not sent there")
    return replace(call, url=url)


def _dig(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
