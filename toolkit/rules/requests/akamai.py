"""Akamai's signed requests."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.pointers import FEATURE_STORE
from toolkit.rules.examples import store
from toolkit.rules.registry import error, rule

DIRECTORY = "akamai-edgeworkers"
_HOST = "https://{{hostname}}"
_REST = "hostname network namespaceId groupId _featureStoreKey clientSecret clientToken accessToken"


@rule(error, bad={".": DIRECTORY, **store()}, gate="tests")
def wrong_akamai_signature(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The requests of `akamai-edgeworkers` are signed for exactly their method and path.

    The first header calls the helper `edgeGridAuth` with the method and with the URL after its host. The helper cannot
    sign a POST. The official tests check this directory only.
    """
    if integration.name != DIRECTORY or not isinstance(manifest.value, dict):
        return
    for request in ("validationRequest", "featureStoreRequest"):
        yield from _request(manifest, f"{FEATURE_STORE}/{request}/endpoint")


def _request(manifest: Manifest, endpoint: str) -> Iterator[Problem]:
    method, url = manifest.text(f"{endpoint}/method"), manifest.text(f"{endpoint}/url")
    signed = f"{endpoint}/headers/0/value"
    wanted = f"{{{{edgeGridAuth '{method}' '{url.replace(_HOST, '', 1)}' {_REST}}}}}"
    if method.upper() == "POST":
        yield Problem(manifest.at(f"{endpoint}/method"), "a POST cannot be signed", "use PUT or GET")
    elif manifest.text(signed) != wanted:
        yield Problem(manifest.at(signed), "the first header does not sign this request", f"write {wanted}")
