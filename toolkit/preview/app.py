"""The preview as an ASGI application: pages, notices of changes on disk, and the fixes that a page asks for."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from toolkit.errors import LditError
from toolkit.preview.changes import Changes
from toolkit.preview.guard import Guard
from toolkit.preview.library import GoneError, Library
from toolkit.preview.page import script, style

T = TypeVar("T")
LARGEST = 1_000_000
"""Bytes that a page may send."""


def create(library: Library, token: str, port: int) -> ASGIApp:
    """The application; it answers under ``/token/`` alone, and takes changes from its own pages only."""
    changes = Changes(lambda: library.roots)
    pages = _Pages(library, changes)

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        import asyncio

        task = asyncio.create_task(changes.watch())
        try:
            yield
        finally:
            await changes.stop()
            await task

    routes = [
        Route("/", pages.gallery),
        Route("/page.css", _static(style, "text/css")),
        Route("/page.js", _static(script, "text/javascript")),
        Route("/changes", pages.listen),
        Route("/{address}/", pages.show),
        Route("/{address}/page.css", _static(style, "text/css")),
        Route("/{address}/page.js", _static(script, "text/javascript")),
        Route("/{address}/changes", pages.listen),
        Route("/{address}/render", pages.render, methods=["POST"]),
        Route("/{address}/fix", pages.fix, methods=["POST"]),
        Route("/{address}/apply", pages.apply, methods=["POST"]),
    ]
    handlers = {LditError: _refused, HTTPException: _refused}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=watching)
    app.router.redirect_slashes = False  # it would lead to an address without the token
    return Guard(app, token, port)


class _Pages:
    def __init__(self, library: Library, changes: Changes) -> None:
        self._library = library
        self._changes = changes

    async def gallery(self, _: Request) -> Response:
        return _html(await _ran(self._library.gallery))

    async def show(self, request: Request) -> Response:
        return _html(await _ran(self._library.page, request.path_params["address"]))

    async def render(self, request: Request) -> Response:
        sent = await _sent(request)
        return _html(await _ran(self._library.page, request.path_params["address"], sent))

    async def fix(self, request: Request) -> Response:
        sent = await _sent(request)
        return JSONResponse(await _ran(self._library.propose, request.path_params["address"], sent))

    async def apply(self, request: Request) -> Response:
        sent = await _sent(request)
        await _ran(self._library.apply, request.path_params["address"], sent)
        return Response(status_code=204)

    async def listen(self, _: Request) -> Response:
        return StreamingResponse(self._changes.stream(), media_type="text/event-stream")


async def _ran(function: Callable[..., T], *arguments: object) -> T:
    """What a function makes, in another thread. Raises HTTPException where it has a defect."""
    try:
        return await run_in_threadpool(function, *arguments)
    except LditError:
        raise
    except Exception as error:
        text = f"{type(error).__name__}: {error}; this is a bug in ldit, please report it"
        raise HTTPException(500, text) from error


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON object that a page sent. Raises HTTPException."""
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > LARGEST:
                raise HTTPException(413, "the preview takes at most 1 MB of input")
    except ClientDisconnect:
        raise HTTPException(400, "the page has gone") from None
    try:
        value = json.loads(bytes(data))
    except (ValueError, RecursionError):
        raise HTTPException(400, "this is not JSON") from None
    if not isinstance(value, dict):
        raise HTTPException(400, "this is not a JSON object")
    return value


def _html(text: str) -> Response:
    return HTMLResponse(text.encode("utf-8", "replace"))  # JSON can hold half a surrogate pair, UTF-8 cannot


def _static(read: Callable[[], str], media_type: str) -> Callable[[Request], Response]:
    return lambda _: Response(read(), media_type=media_type)


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return PlainTextResponse(error.detail, error.status_code)
    remedy = f"; {error.help}" if isinstance(error, LditError) and error.help else ""
    return PlainTextResponse(f"{error}{remedy}", 404 if isinstance(error, GoneError) else 409)
