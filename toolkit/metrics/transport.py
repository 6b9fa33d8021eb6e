"""Sends a call over HTTP, with retries, timeouts and a pause when a rate limit has run out."""

import json
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError

from toolkit.errors import LditError
from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.calls import Call
from toolkit.metrics.proxies import connections
from toolkit.metrics.retry import PatientRetry, patient, seconds_to_wait

TIMEOUT = urllib3.Timeout(connect=5, read=30)
LARGEST = 10 * 1024 * 1024
SLOWEST = 60.0
PIECE = 64 * 1024
NO_RETRY = urllib3.Retry(False)


class UnreachableError(LditError):
    """No answer came, after every try."""


class TooLargeError(LditError):
    """An answer has more bytes than any that the API gives."""


class Response(NamedTuple):
    """A status, and the JSON value of the body (None if it is empty or no JSON), without the token.

    ``lost`` says that an earlier try got no answer, or a 5xx: LaunchDarkly may have acted on it.
    """

    status: int
    json: Any
    lost: bool


class Transport:
    """Holds the token and the connections; ``retry`` is for services that have less patience, or more."""

    def __init__(self, token: AccessToken, retry: PatientRetry | None = None) -> None:
        self._token = token
        self._retry = retry or patient()
        self._pools: dict[str, urllib3.PoolManager] = {}
        self._resume = 0.0

    def send(self, call: Call) -> Response:
        """The answer to ``call``, whatever its status; raises UnreachableError and TooLargeError."""
        time.sleep(max(0.0, min(self._resume - time.monotonic(), float(self._retry.backoff_max))))
        # An event that was sent twice counts twice, so only a refusal may be followed by another try.
        once = {"read": False, "other": 0, "status_forcelist": {429}}
        retry: urllib3.Retry = self._retry if call.repeatable else self._retry.new(**once)
        while True:
            try:
                response, content = self._exchange(call)
            except (HTTPError, UnicodeError, OSError) as error:
                retry = self._after_error(call, retry, error)
                continue
            self._resume = time.monotonic() + seconds_to_wait(response.headers, time.time(), refused=False)
            if not retry.is_retry(call.method, response.status):
                break
            try:
                retry = retry.increment(call.method, call.url, response)
            except MaxRetryError:
                break
            retry.sleep(response)
        lost = any(past.error or (past.status or 0) >= 500 for past in retry.history)
        return Response(response.status, self._parsed(content), lost)

    def close(self) -> None:
        """Closes the connections."""
        for pool in self._pools.values():
            pool.clear()

    def pause(self, attempt: int) -> None:
        """Waits before the try with number ``attempt``, as long as before a retry."""
        time.sleep(min(float(self._retry.backoff_max), float(self._retry.backoff_factor) * 2**attempt))

    def _exchange(self, call: Call) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        host = urlsplit(call.url).netloc
        pool = self._pools.get(host) or self._pools.setdefault(host, connections(call.url, TIMEOUT))
        response = pool.request(
            call.method,
            call.url,
            body=call.content,
            # In no variable: tools that print the locals of a traceback would show the token.
            headers={**call.headers, "Authorization": self._token.authorization},
            retries=NO_RETRY,
            redirect=False,
            preload_content=False,
        )
        try:
            return response, _content(response)
        except BaseException:
            response.close()
            raise

    def _after_error(self, call: Call, retry: urllib3.Retry, error: Exception) -> urllib3.Retry:
        """The retries that are left after ``error``, when it is time for the next; raises UnreachableError."""
        try:
            left = retry.increment(call.method, call.url, error=error)
        except (HTTPError, UnicodeError, OSError) as last:
            raise self._unreachable(call, last) from None
        left.sleep()
        return left

    def _parsed(self, content: bytes) -> Any:
        text = content.decode("utf-8", "replace")
        try:
            value = json.loads(text)
            # What was escaped may be a token only once it is read.
            return self._token.masked_in(value) if "\\" in text or self._token.masked(text) != text else value
        except (ValueError, RecursionError):
            return None

    def _unreachable(self, call: Call, error: Exception) -> UnreachableError:
        reason = error.reason if isinstance(error, MaxRetryError) else error
        text = self._token.masked(f"no answer from {urllib3.util.parse_url(call.url).netloc}: {reason}")
        again = "check the host and the network, then run it again: nothing is done twice"
        look = "the event may have arrived all the same: look before you send it again"
        return UnreachableError(text, again if call.repeatable else look)


def _content(response: urllib3.BaseHTTPResponse) -> bytes:
    """The whole body. Raises TooLargeError, and ReadTimeoutError for one that drips for longer than SLOWEST."""
    content, end = bytearray(), time.monotonic() + SLOWEST
    while piece := response.read1(PIECE):
        content += piece
        if len(content) > LARGEST:
            raise TooLargeError(f"an answer of LaunchDarkly is over {LARGEST >> 20} MB", "check the host")
        if time.monotonic() > end:
            raise ReadTimeoutError(None, None, "the answer takes too long")  # type: ignore[arg-type]
    return bytes(content)
