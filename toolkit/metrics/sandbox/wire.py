"""What every endpoint of the sandbox shares: refusals, JSON in, JSON out."""

import asyncio
import json
import uuid
import zlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from toolkit.errors import LditError

LARGEST_BODY = 10 * 1024 * 1024
SLOWEST_BODY = 30.0
CODES = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    408: "request_timeout",
    409: "key_exists",
    413: "request_too_large",
    421: "misdirected_request",
    429: "rate_limited",
    500: "internal_server_error",
}


class RefusedError(LditError):
    """Ends a request with an error of the API."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code or CODES[status]


def answer(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """``value`` as JSON, in ASCII: half a surrogate pair, which JSON can hold, has no UTF-8."""
    return Response(json.dumps(value), status, headers, media_type="application/json")


def error(status: int, message: str, code: str = "", headers: dict[str, str] | None = None) -> Response:
    """An error as the API words it; a 204 has no body."""
    if status == 204:
        return Response(status_code=204, headers=headers)
    code = code or CODES.get(status, "error")
    return answer({"code": code, "message": message, "id": str(uuid.uuid4())}, status, headers)


async def data_of(request: Request) -> bytearray:
    """The bytes that came with ``request``; raises RefusedError (408 or 413)."""
    data = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for chunk in request.stream():
                data += chunk
                _measure(data)
    except TimeoutError:
        raise RefusedError(408, "the body did not arrive in time") from None
    return data


async def body_of(request: Request) -> Any:
    """The JSON value that came with ``request``; raises RefusedError (400, 408 or 413)."""
    data = await data_of(request)
    if request.headers.get("content-encoding") == "gzip":
        data = _unpacked(data)
    try:
        value = json.loads(bytes(data))
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        raise RefusedError(400, "Invalid request: the body is not JSON") from None
    return value


def _measure(data: bytearray) -> None:
    if len(data) > LARGEST_BODY:
        raise RefusedError(413, "the body is over 10 MB")


def _unpacked(data: bytearray) -> bytearray:
    try:
        plain = bytearray(zlib.decompressobj(31).decompress(data, LARGEST_BODY + 1))
    except zlib.error:
        raise RefusedError(400, "Invalid request: the body is not gzip") from None
    _measure(plain)
    return plain
