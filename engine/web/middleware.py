"""Pure ASGI middlewares: who comes through which proxy, a reference for errors, headers, origin, size."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from engine.locale.text import Text
from engine.settings import Settings
from engine.web.languages import accepted_language
from engine.web.security import from_elsewhere, is_secure, security_headers

ErrorPage = Callable[[Scope, int, Text], Response]
"""Makes the page for a request that never reaches a view: (scope, status, sentence)."""

SMALLEST_COMPRESSED = 1000
"""Bytes."""
COMPRESSION = 5
"""Of 9; more makes pages a few per cent smaller and takes twice as long."""
_log = logging.getLogger("engine.web")
FOREIGN = Text.of(
    {
        "en": "This request came from another site and was not carried out.",
        "zh-CN": "此请求来自其他网站,未被执行。",
    }
)
TOO_LARGE = Text.of(
    {
        "en": "What was sent is too large, and nothing of it was saved. Go back in your browser: what you typed is "
        "still there. Then attach fewer or smaller files at once.",
        "zh-CN": "提交的内容过大，未保存任何内容。请在浏览器中返回，您填写的内容仍在；"
        "然后减少一次附加的文件，或改用较小的文件。",
    }
)
MOST_BYTES = "most_bytes"
"""In the state of a request that was too large: how many bytes it might have had."""
DRAINED = 8
"""Times the limit: so much of what is too large is read past, as a browser shows no answer before all is sent."""


def failed(reference: str) -> Text:
    return Text.of(
        {
            "en": f"Something went wrong on our side. The reference is {reference}.",
            "zh-CN": f"系统出现错误,编号为 {reference}。",
        }
    )


def plain_error_page(scope: Scope, status: int, message: Text) -> Response:
    language = accepted_language(Headers(scope=scope).get("accept-language", "")) or "en"
    return PlainTextResponse(message.in_(language), status)


def middlewares(settings: Settings, page: ErrorPage = plain_error_page) -> list[Middleware]:
    """All of them, the outermost first."""
    return [
        Middleware(TransportSecurity, settings=settings),
        Middleware(SecurityHeaders),
        Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION),
        Middleware(ErrorReferences, page=page),
        Middleware(SameOrigin, page=page),
        Middleware(BodyLimit, limit=settings.body_limit, upload_limit=settings.upload_limit, page=page),
    ]


class TransportSecurity:
    """Believes forwarded addresses and schemes from trusted proxies alone; `behind_tls` makes every scheme https."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app: ASGIApp = app
        if settings.behind_tls:
            self.app = _always_https(self.app)
        if settings.trusted_proxies:
            self.app = ProxyHeadersMiddleware(self.app, list(settings.trusted_proxies))  # type: ignore[arg-type, assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _always_https(app: ASGIApp) -> ASGIApp:
    async def through_tls(scope: Scope, receive: Receive, send: Send) -> None:
        secure = {"http": "https", "websocket": "wss"}
        await app({**scope, "scheme": secure[scope["type"]]} if scope["type"] in secure else scope, receive, send)

    return through_tls


class SecurityHeaders:
    """Adds the headers an answer does not bring itself, and leaves its nonce in `scope["state"]["nonce"]`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in security_headers(nonce, is_secure(scope)).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ErrorReferences:
    """Gives each request a reference (`scope["state"]["reference"]`); an unexpected error is logged in full under
    it, and the person reads the reference alone."""

    def __init__(self, app: ASGIApp, page: ErrorPage = plain_error_page) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reference = secrets.token_hex(4).upper()
        scope.setdefault("state", {})["reference"] = reference
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except ClientDisconnect:
            return
        except Exception:
            _log.exception("%s %s failed, reference %s", scope["method"], scope["path"], reference)
            if started:
                raise
            await self.page(scope, 500, failed(reference))(scope, receive, send)


class SameOrigin:
    """Refuses writes that a browser sends from another site."""

    def __init__(self, app: ASGIApp, page: ErrorPage = plain_error_page) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and from_elsewhere(scope["method"], Headers(scope=scope)):
            await self.page(scope, 403, FOREIGN)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class BodyTooLarge(Exception):
    """More was sent than a request may send."""


class BodyLimit:
    """Answers 413 to a body over `limit` bytes, or over `upload_limit` where it may have files, whether its length was
    announced or not."""

    def __init__(self, app: ASGIApp, limit: int, upload_limit: int = 0, page: ErrorPage = plain_error_page) -> None:
        self.app = app
        self.limit, self.upload_limit = limit, max(limit, upload_limit)
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received, more = 0, True
        headers = Headers(scope=scope)
        limit = self.upload_limit if headers.get("content-type", "").startswith("multipart/") else self.limit

        async def counting_receive() -> Message:
            nonlocal received, more
            message = await receive()
            received += len(message.get("body", b""))
            more = bool(message.get("more_body"))
            if received > limit:
                raise BodyTooLarge
            return message

        announced = headers.get("content-length", "0")
        try:
            if announced.isdecimal() and int(announced) > limit:
                raise BodyTooLarge
            await self.app(scope, counting_receive, send)
        except BodyTooLarge:
            while more and received < DRAINED * limit:
                with suppress(BodyTooLarge):
                    await counting_receive()
            scope.setdefault("state", {})[MOST_BYTES] = limit
            await self.page(scope, 413, TOO_LARGE)(scope, receive, send)
