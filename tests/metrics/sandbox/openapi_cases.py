"""The cases of schemathesis for the sandbox; ``test_openapi.py`` runs them in a process of their own.

Its plugin takes seconds to import, which the other tests need not wait for.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.metrics.servers import TOKEN
from toolkit.metrics.sandbox import openapi
from toolkit.metrics.sandbox.options import Options
from toolkit.metrics.sandbox.server import running

DOCUMENT = openapi.document("default")
METRICS = "/api/v2/metrics/{project}"
EXCLUDED: dict[tuple[str, str], list[Any]] = {
    # A patch that the schema allows may still not fit the metric, as one that removes its key.
    ("PATCH", f"{METRICS}/{{key}}"): [positive_data_acceptance],
    # For the schema any text is a filter; and unknown parameters are ignored, as LaunchDarkly does.
    ("GET", METRICS): [positive_data_acceptance, negative_data_rejection],
    # The schema cannot say which metrics there are, nor what a redirect URI is.
    ("POST", "/api/v2/projects/{project}/metric-groups"): [positive_data_acceptance],
    ("POST", "/api/v2/oauth/clients"): [positive_data_acceptance],
    # Query and form are OAuth's, not described here.
    ("GET", "/trust/oauth/authorize"): [positive_data_acceptance],
    ("POST", "/trust/oauth/authorize"): [positive_data_acceptance],
    ("POST", "/trust/oauth/token"): [positive_data_acceptance],
}
# A stream has no end; what SDKs and the page ask for takes anything.
schema = schemathesis.openapi.from_dict(DOCUMENT).include(path_regex="^/(api|v2|trust|bulk|mobile$|events/bulk)")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    integrations: Path = tmp_path_factory.mktemp("integrations")
    with running(Options(integrations=integrations)) as url:
        yield url


@schema.parametrize()
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
def test_no_undocumented_answer(case: schemathesis.Case[Any], url: str) -> None:
    excluded = EXCLUDED.get((case.method, case.operation.path), [])
    token = {"/bulk": "sdk-key", "/mobile": "mob-key"}.get(case.path, TOKEN)
    case.call_and_validate(base_url=url, headers={"Authorization": token}, excluded_checks=excluded)
