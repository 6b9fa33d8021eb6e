"""What one running sandbox knows."""

import hmac
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from toolkit.metrics.sandbox.limits import RateLimit
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.store import Store
from toolkit.metrics.sandbox.wire import RefusedError


@dataclass
class Sandbox:
    """The options it was started with, its store, its rate limit, and the synced-segment requests of late."""

    options: Options
    store: Store
    limit: RateLimit
    segments: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=50))

    @property
    def project(self) -> str:
        """The key of the one project."""
        return self.options.project

    def authorize(self, request: Request) -> None:
        """Raises RefusedError: 401 unless the request carries the token, 404 if it names another project."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.options.token.encode()):
            raise RefusedError(401, "Invalid access token")
        if request.path_params.get("project", self.project) != self.project:
            raise RefusedError(404, "Invalid resource identifier")
