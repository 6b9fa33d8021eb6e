"""What one running sandbox knows."""

import hashlib
import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from toolkit.metrics.sandbox.access import Tokens
from toolkit.metrics.sandbox.limits import RateLimit
from toolkit.metrics.sandbox.options import VIEW, Options
from toolkit.metrics.sandbox.store import Store
from toolkit.metrics.sandbox.wire import RefusedError

if TYPE_CHECKING:
    from toolkit.metrics.sandbox.oauth import Registry

ENVIRONMENTS = ("production", "test")
NO_SUCH = "Invalid resource identifier"


@dataclass
class Sandbox:
    """The options it was started with, its store, its rate limit, and the synced-segment requests of late."""

    options: Options
    store: Store
    limit: RateLimit
    segments: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=50))
    segments_received: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens that it takes."""
        return Tokens(self.options)

    @cached_property
    def oauth(self) -> "Registry":
        """The OAuth clients and what members have consented to."""
        from toolkit.metrics.sandbox.oauth import Registry

        return Registry()

    def authorize(self, request: Request, action: str = VIEW) -> str:
        """The key of the project that the request names, or of the first one.

        Raises RefusedError: 401 without a token, 403 if the token may not do ``action``, 404 for another project.
        """
        self.tokens.authorize(request, action)
        project: str = request.path_params.get("project", self.options.project)
        if project not in self.options.projects:
            raise RefusedError(404, NO_SUCH)
        return project

    def environment(self, credential: str) -> tuple[str, str]:
        """The project and environment that an SDK key, a mobile key or a client-side id is of; unknown: the first."""
        return self._environments.get(credential, (self.options.project, ENVIRONMENTS[0]))

    @cached_property
    def _environments(self) -> dict[str, tuple[str, str]]:
        pairs = [(project, name) for project in self.options.projects for name in ENVIRONMENTS]
        return {credential: pair for pair in pairs for credential in credentials(*pair).values()}


def credentials(project: str, environment: str) -> dict[str, str]:
    """The credentials of an environment, by the names that the API has for them."""
    client_side = hashlib.sha256(f"{project} {environment}".encode()).hexdigest()[:24]
    key = f"{project}-{environment}"
    return {"_id": client_side, "apiKey": f"sdk-{key}", "mobileKey": f"mob-{key}"}
