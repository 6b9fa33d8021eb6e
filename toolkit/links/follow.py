"""From a URL to what became of it: HEAD, then GET where HEAD is not taken, redirects one by one."""

from urllib.parse import urldefrag, urljoin

from toolkit.integration import Answer
from toolkit.links.client import Client, Response
from toolkit.links.limits import Limits
from toolkit.links.outcome import UnsureError

_FOR_GOOD, _REDIRECTS = frozenset({301, 308}), frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LATER = frozenset({429, 503})


def follow(url: str, client: Client, limits: Limits) -> Answer:
    """What is at ``url``, after every redirect. Raises GoneError and UnsureError."""
    current, moved, for_good = url, "", True
    for _ in range(limits.hops):
        response = _answered(current, client, limits)
        if response.status not in _REDIRECTS or not response.location:
            return _settled(response.status, moved)
        current = urldefrag(urljoin(current, response.location)).url
        for_good = for_good and response.status in _FOR_GOOD
        moved = current if for_good else moved
    raise UnsureError(f"more than {limits.hops} redirects")


def _settled(status: int, moved: str) -> Answer:
    if status in _GONE:
        return Answer(gone=str(status))
    if 200 <= status < 300:
        return Answer(moved=moved)
    raise UnsureError(f"status {status}")


def _answered(url: str, client: Client, limits: Limits) -> Response:
    """The answer to HEAD where it settles the matter, or else to GET."""
    try:
        response = _patient("HEAD", url, client, limits)
        if response.status < 400:
            return response
    except UnsureError as error:
        if error.silent:
            raise
    return _patient("GET", url, client, limits)


def _patient(method: str, url: str, client: Client, limits: Limits) -> Response:
    """The answer, asked for again as long as the host asks for a little time."""
    response = client.request(method, url)
    for _ in range(limits.retries):
        if response.status not in _LATER or response.retry_after is None or response.retry_after > limits.wait:
            break
        client.pause(url, response.retry_after)
        response = client.request(method, url)
    return response
