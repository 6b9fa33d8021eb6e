"""The custom event that metrics are computed from, as the event-import endpoint takes it."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import LditError


@dataclass(frozen=True)
class MetricEvent:
    """``key`` is the event key, not the metric key; ``contexts`` has keys by kind, as in ``{"user": "ada"}``.

    ``value`` is what a numeric metric measures, ``created`` the time in milliseconds since 1970. Raises
    LditError for an empty key, no context, or a value that is not a finite number.
    """

    key: str
    contexts: Mapping[str, str]
    value: float | None = None
    created: int = field(default_factory=lambda: int(time.time() * 1000))

    def __post_init__(self) -> None:
        if not self.key:
            raise LditError("the event key is empty", "give the key that your metric has as `eventKey`")
        if not self.contexts or not all(kind and key for kind, key in self.contexts.items()):
            raise LditError("the event names no context", "say whose event it is, such as `user:ada`")
        if self.value is not None and not math.isfinite(self.value):
            raise LditError(f"the value of the event is {self.value}, it must be a finite number")

    def body(self) -> list[dict[str, object]]:
        """The JSON body of ``POST /v2/event-data-import/{project}/{environment}``: a list of one event."""
        event = {
            "kind": "custom",
            "key": self.key,
            "creationDate": self.created,
            "contextKeys": dict(self.contexts),
        }
        return [event if self.value is None else event | {"metricValue": self.value}]
