"""The adapter of the API: who asks is told by a token and by nothing else, views run in threads, and every answer that
is no success is a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from engine.access.api_rate import WINDOW, Allowance, ApiRate
from engine.access.api_tokens import NO_TOKEN, TokenUser
from engine.database.deadlocks import MOST, again
from engine.web.api.known_problems import problem_of
from engine.web.api.problem import Problem, problem_answer, refused
from engine.web.api.request import ApiRequest
from engine.web.form_reader import MOST_FIELDS, MOST_FILES, MULTIPART, NOTHING, Submitted, kind_of, reading
from engine.web.languages import accepted_language
from engine.web.security import SAFE_METHODS, SESSION_COOKIE, cookie_name, is_secure
from engine.web.services import Services

ApiView = Callable[[ApiRequest], Response]
JSON = ("application/json", "application/merge-patch+json")
MEGABYTE = 1024 * 1024
ANYTHING = ("*/*", "application/*", "application/json", "application/problem+json")


@dataclass(frozen=True, slots=True)
class Route:
    """How the views of one address are reached."""

    views: Mapping[str, ApiView]
    files: bool = False
    """Whether files are sent to it, in a form of several parts."""
    any_media: bool = False
    """Whether it answers with something else than JSON."""
    for_people: bool = False
    """Whether a person who is logged in may read it without a token."""


class ApiEndpoint:
    """The ASGI application of one address."""

    def __init__(self, services: Services, rate: ApiRate, route: Route) -> None:
        self._services, self._rate, self._route = services, rate, route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http = HttpRequest(scope, receive)
        response = await self._respond(http)
        if http.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _respond(self, http: HttpRequest) -> Response:
        kind = kind_of(http)
        if kind == MULTIPART and self._route.files:
            if isinstance(early := await to_thread.run_sync(self._admitted, http), Response):
                return early
            async with reading(http, self._services.settings.file_limit) as submitted:
                return await to_thread.run_sync(self._answer, http, b"", submitted)
        body = None if http.method in SAFE_METHODS else await _read(http, self._services.settings.api_body_limit)
        return await to_thread.run_sync(self._answer, http, body, NOTHING)

    def _admitted(self, http: HttpRequest) -> Response | None:
        """The refusal of who may not come in, before a long body is read."""
        try:
            self._user(http)
        except Problem as problem:
            return self._refusal(http, problem)
        return None

    def _answer(self, http: HttpRequest, body: bytes | None, submitted: Submitted | None) -> Response:
        allowance: Allowance | None = None
        try:
            view = self._view(http)
            user = self._user(http)
            allowance = self._rate.take(user.token_id) if user.token_id != NO_TOKEN else None
            if allowance and allowance.wait:
                raise refused("too_many_requests", seconds=allowance.wait)
            self._check_media(http, body, submitted)
            response = self._run(view, self._request(http, user, body or b"", submitted or NOTHING))
        except Problem as problem:
            response = self._refusal(http, problem)
        return _finished(http, response, allowance)

    def _person(self, http: HttpRequest) -> TokenUser | None:
        """Who reads in a browser."""
        cookie = http.cookies.get(cookie_name(SESSION_COOKIE, is_secure(http.scope)), "")
        user = self._services.sessions.find(cookie)
        return TokenUser(NO_TOKEN, user.user_id, user.roles, "read", None) if user else None

    def _run(self, view: ApiView, request: ApiRequest) -> Response:
        try:
            return again(lambda: view(request), 1 if request.uploads else MOST)
        except Exception as error:
            entity = request.workspace.blueprint.entities.get(request.path_params.get("entity", ""))
            problem = problem_of(error, entity)
            if problem is None:
                raise
            raise problem from error

    def _view(self, http: HttpRequest) -> ApiView:
        method = "GET" if http.method == "HEAD" else http.method
        view = self._route.views.get(method)
        if view is None:
            allowed = ", ".join(sorted({*self._route.views, *(["HEAD"] if "GET" in self._route.views else [])}))
            problem = refused("method_not_allowed", methods=allowed)
            raise Problem(problem.kind, problem.detail, headers={"allow": allowed})
        return view

    def _user(self, http: HttpRequest) -> TokenUser:
        if self._services.workspace is None:
            raise refused("unavailable")
        scheme, _, token = http.headers.get("authorization", "").partition(" ")
        if not token and self._route.for_people and (person := self._person(http)):
            return person
        if not token:
            raise _unauthorized("no_token", "Bearer")
        user = self._services.api_tokens.find(token.strip()) if scheme.lower() == "bearer" else None
        if user is None:
            raise _unauthorized("wrong_token", 'Bearer error="invalid_token"')
        if user.scope == "read" and http.method not in SAFE_METHODS:
            raise refused("forbidden", "token_scope")
        return user

    def _check_media(self, http: HttpRequest, body: bytes | None, submitted: Submitted | None) -> None:
        route = self._route
        accepted = [part.partition(";")[0].strip().lower() for part in http.headers.get("accept", "*/*").split(",")]
        if not route.any_media and not any(media in ANYTHING for media in accepted):
            raise refused("not_acceptable")
        if http.method in SAFE_METHODS:
            return
        if body is None:
            raise refused("too_large", megabytes=self._services.settings.api_body_limit // MEGABYTE)
        if submitted is None:
            raise refused("bad_request", "unreadable_form", files=MOST_FILES, fields=MOST_FIELDS)
        kind = kind_of(http)
        if route.files and kind != MULTIPART:
            raise refused("unsupported_media_type", "media_form")
        if not route.files and body and kind not in JSON:
            raise refused("unsupported_media_type")

    def _request(self, http: HttpRequest, user: TokenUser, body: bytes, submitted: Submitted) -> ApiRequest:
        assert self._services.workspace is not None
        return ApiRequest(
            method=http.method,
            path=http.url.path,
            path_params=http.path_params,
            query=http.query_params,
            headers=http.headers,
            language=self._language(http),
            services=self._services,
            workspace=self._services.workspace.seen_by(user.actor),
            user=user,
            actor=user.actor,
            body=body,
            uploads=submitted.uploads,
            form=submitted.form,
        )

    def _language(self, http: HttpRequest) -> str:
        return accepted_language(http.headers.get("accept-language", "")) or self._services.default_language

    def _refusal(self, http: HttpRequest, problem: Problem) -> Response:
        return problem_answer(problem, self._language(http), http.url.path)


async def _read(http: HttpRequest, limit: int) -> bytes | None:
    """The whole body; None when it is longer than `limit` bytes, of which the rest is read past."""
    parts: list[bytes] = []
    size = 0
    async for part in http.stream():
        size += len(part)
        if size <= limit:
            parts.append(part)
    return b"".join(parts) if size <= limit else None


def _unauthorized(key: str, challenge: str) -> Problem:
    problem = refused("unauthorized", key)
    return Problem(problem.kind, problem.detail, headers={"www-authenticate": challenge})


def _finished(http: HttpRequest, response: Response, allowance: Allowance | None) -> Response:
    response.headers.setdefault("cache-control", "private, no-store")
    response.headers.setdefault("vary", "Authorization, Accept-Language")
    if allowance:
        response.headers["ratelimit-policy"] = f'"token";q={allowance.limit};w={WINDOW}'
        response.headers["ratelimit"] = f'"token";r={allowance.left};t={allowance.full_in}'
        if allowance.wait:
            response.headers["retry-after"] = str(allowance.wait)
    return response
