"""The metrics API of LaunchDarkly: create, change, list and delete metrics, and send the events they count."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.calls import PROJECTS, Call, Calls
from toolkit.metrics.definition import Difference, MetricDefinition
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.failures import ApiError, MetricArchivedError, MetricDiffersError, not_found, refusal
from toolkit.metrics.hosts import DEFAULT_AGENT, find_host
from toolkit.metrics.retry import PatientRetry
from toolkit.metrics.transport import Response, Transport

TRIES = 5
Metric = dict[str, Any]


class Outcome(NamedTuple):
    """The metric as LaunchDarkly has it, and whether this call created it; if not, it existed, as defined.

    ``restored`` says that it was archived before; ``ignored`` has fields that LaunchDarkly did not keep.
    """

    metric: Metric
    created: bool
    restored: bool = False
    ignored: tuple[str, ...] = ()


class MetricsClient:
    """Calls the API for one project.

    ``host`` is commercial, eu, federal or a base URL, ``events_host`` the base URL of the events service where it
    is another; ``agent`` is ``hosts.user_agent`` of your product's name. Every method raises ApiError when
    LaunchDarkly refuses, and UnreachableError when no answer comes.
    """

    def __init__(
        self,
        token: AccessToken | str,
        project: str,
        *,
        host: str = "commercial",
        events_host: str | None = None,
        agent: str = DEFAULT_AGENT,
        retry: PatientRetry | None = None,
    ) -> None:
        self.calls = Calls(find_host(host, events_host), project, agent)
        self._transport = Transport(AccessToken(token) if isinstance(token, str) else token, retry)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the connections."""
        self._transport.close()

    def create(self, definition: MetricDefinition, *, restore: bool = False) -> Outcome:
        """Creates the metric, or finds it there as defined.

        Raises MetricDiffersError if it exists and is not as defined, and MetricArchivedError if it is archived,
        unless ``restore`` says to bring it back. There is no look before the call: whoever looks first can be
        overtaken. The API's 409 cannot, and it also tells of a create of our own whose answer was lost.
        """
        call = self.calls.create(definition)
        lost = False
        for attempt in range(TRIES):
            response = self._transport.send(call)
            lost = lost or response.lost
            if response.status != 409:
                return _created(definition, self._object(call, response, 201))
            if _dig(response.json, "code") != "optimistic_locking_error" and (metric := self._find(definition.key)):
                # Nobody can have changed a metric of version 1: it is the one whose answer was lost.
                ours = lost and metric.get("_version") == 1 and not definition.difference(metric, created=True)
                return _created(definition, metric) if ours else self.keep(definition, metric, restore=restore)
            self._transport.pause(attempt)
        raise refusal(call, response)

    def keep(self, definition: MetricDefinition, metric: Metric, *, restore: bool = False) -> Outcome:
        """The outcome for a ``metric`` that exists; raises as ``create`` does."""
        if differences := definition.difference(metric):
            raise MetricDiffersError(409, definition.key, differences)
        archived = metric.get("archived") is True
        if archived and not restore:
            raise MetricArchivedError(definition.key)
        metric = self.restore(definition.key) if archived else metric
        return Outcome(metric, created=False, restored=archived, ignored=tuple(definition.ignored(metric)))

    def differences(self, definition: MetricDefinition) -> list[Difference]:
        """What ``update`` would change: nothing that is the customer's (name, description, tags, maintainer)."""
        return definition.difference(self.get(definition.key))

    def update(self, definition: MetricDefinition, differences: list[Difference] | None = None) -> Metric:
        """Changes the fields that differ, and no other; raises MetricDiffersError if LaunchDarkly did not."""
        if differences is None:
            differences = self.differences(definition)
        metric = self.patch(definition.key, [{"path": f"/{each.field}", "value": each.wanted} for each in differences])
        if left := definition.difference(metric):
            raise MetricDiffersError(200, definition.key, left)
        return metric

    def restore(self, key: str) -> Metric:
        """Brings the archived metric with the metric key ``key`` back."""
        return self.patch(key, [{"path": "/archived", "value": False}])

    def patch(self, key: str, values: list[dict[str, Any]]) -> Metric:
        """Replaces the ``value`` at each ``path``, a JSON pointer, of a metric; the metric as it is then."""
        call = self.calls.patch(key, [{"op": "replace", **value} for value in values])
        for attempt in range(TRIES):
            response = self._transport.send(call)
            if response.status != 409:
                break
            self._transport.pause(attempt)
        return self._object(call, response, 200)

    def get(self, key: str) -> Metric:
        """The metric with the metric key ``key``."""
        call = self.calls.get(key)
        return self._object(call, self._transport.send(call), 200)

    def list(self) -> Iterator[Metric]:
        """Every metric of the project, page by page."""
        for page in self.pages():
            yield from page["items"]

    def pages(self) -> Iterator[dict[str, Any]]:
        """The same as the pages of the API, each with ``items`` and mostly with ``totalCount``."""
        return self._pages(self.calls.list())

    def delete(self, key: str) -> None:
        """Deletes the metric with the metric key ``key``. A 404 after a lost answer means that it is done."""
        call = self.calls.delete(key)
        response = self._transport.send(call)
        if response.status != 204 and not (response.status == 404 and response.lost):
            raise self._refusal(call, response)

    def caller(self) -> dict[str, Any]:
        """Who the token belongs to: LaunchDarkly's answer to ``GET /api/v2/caller-identity``."""
        call = self.calls.caller()
        return self._object(call, self._transport.send(call), 200)

    def send_event(self, event: MetricEvent, environment: str) -> None:
        """Imports one event. LaunchDarkly accepts even events that it drops later: success means arrived."""
        call = self.calls.import_event(event, environment)
        response = self._transport.send(call)
        if response.status != 202:
            raise self._refusal(call, response)

    def _find(self, key: str) -> Metric | None:
        call = self.calls.get(key)
        response = self._transport.send(call)
        return None if response.status == 404 else self._object(call, response, 200)

    def _pages(self, first: Call) -> Iterator[dict[str, Any]]:
        call: Call | None = first
        asked: set[str] = set()
        while call:
            asked.add(call.url)
            page = self._object(call, self._transport.send(call), 200)
            items = page.get("items") or []
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise ApiError(200, "LaunchDarkly answered a page whose items are no objects", "check the host")
            yield page | {"items": items}
            call = _following(call, page)
            if call and (call.url in asked or not items):
                raise ApiError(200, "the pages of LaunchDarkly's list never end", "check the host")

    def _object(self, call: Call, response: Response, status: int) -> dict[str, Any]:
        if response.status != status or not isinstance(response.json, dict):
            raise self._refusal(call, response)
        return response.json

    def _refusal(self, call: Call, response: Response) -> ApiError:
        if response.status == 404 and call.subject != PROJECTS:
            try:
                items = [item for page in self._pages(self.calls.projects()) for item in page["items"]]
            except ApiError:
                return refusal(call, response)
            return not_found(call, self.calls.project, [str(item.get("key")) for item in items])
        return refusal(call, response)


def _created(definition: MetricDefinition, metric: Metric) -> Outcome:
    if differences := definition.difference(metric, created=True):
        raise MetricDiffersError(201, definition.key, differences)
    return Outcome(metric, created=True, ignored=tuple(definition.ignored(metric)))


def _following(call: Call, page: dict[str, Any]) -> Call | None:
    href = _dig(page, "_links", "next", "href")
    if not href:
        return None
    try:
        url = urljoin(call.url, href)
        same_host = urlsplit(url)[:2] == urlsplit(call.url)[:2]
    except (TypeError, ValueError, AttributeError):
        raise ApiError(200, "the link to the next page is no URL", "check the host") from None
    if not same_host:
        raise ApiError(200, f"the next page is on another host, at {url}", "the token was not sent there")
    return replace(call, url=url)


def _dig(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
