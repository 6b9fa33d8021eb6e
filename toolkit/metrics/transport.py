"""Sends a call over HTTP, with retries, timeouts and a pause when a rate limit has run out."""

import json
import time
from typing import Any, NamedTuple

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError

from toolkit.errors import LditError
from toolkit.metrics.access_token import AccessToken
from toolkit.metrics.calls import Call
from toolkit.metrics.retry import PatientRetry, patient, seconds_to_wait

TIMEOUT = urllib3.Timeout(connect=5, read=30)


class UnreachableError(LditError):
    """No answer came, after every try."""


class Answer(NamedTuple):
    """A status, and the JSON value of the body (None if it is empty or no JSON).

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
        self._pool = urllib3.PoolManager(timeout=TIMEOUT)
        self._resume = 0.0

    def send(self, call: Call) -> Answer:
        """The answer to ``call``, whatever its status; raises UnreachableError."""
        time.sleep(max(0.0, min(self._resume - time.monotonic(), float(self._retry.backoff_max))))
        # An event that was sent twice counts twice, so only a refusal may be followed by another try.
        once = {"read": False, "other": 0, "status_forcelist": {429}}
        retry = self._retry if call.repeatable else self._retry.new(**once)
        try:
            response = self._pool.request(
                call.method,
                call.url,
                body=call.content,
                # In no variable: tools that print the locals of a traceback would show the token.
                headers={**call.headers, "Authorization": self._token.authorization},
                retries=retry,
                redirect=False,
            )
        except (HTTPError, UnicodeError) as error:
            raise self._unreachable(call, error) from None
        self._resume = time.monotonic() + seconds_to_wait(response.headers, time.time(), refused=False)
        return self._answer(response)

    def _answer(self, response: urllib3.BaseHTTPResponse) -> Answer:
        text = response.data.decode("utf-8", "replace")
        if response.status >= 300:
            text = self._token.masked(text)
        tries = response.retries.history if response.retries else ()
        lost = any(past.error or (past.status or 0) >= 500 for past in tries)
        return Answer(response.status, _parsed(text), lost)

    def _unreachable(self, call: Call, error: Exception) -> UnreachableError:
        reason = error.reason if isinstance(error, MaxRetryError) else error
        text = self._token.masked(f"no answer from {urllib3.util.parse_url(call.url).netloc}: {reason}")
        again = "check the host and the network, then run it again: nothing is done twice"
        look = "the event may have arrived all the same: look before you send it again"
        return UnreachableError(text, again if call.repeatable else look)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
