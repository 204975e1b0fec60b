"""The one async adapter: awaits the form and its files, then runs a plain function view in a thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers, ImmutableMultiDict
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response

from engine.access.sessions import Sessions, SessionUser
from engine.access.tokens import Signer, mask, new_token, same, unmask
from engine.database.deadlocks import MOST, again
from engine.locale.text import Text
from engine.records.files import Upload
from engine.web.form_reader import MULTIPART, NOTHING, Submitted, kind_of, reading
from engine.web.languages import choose_language
from engine.web.security import (
    GUEST_COOKIE,
    LANGUAGE_COOKIE,
    SAFE_METHODS,
    SESSION_COOKIE,
    cookie_name,
    is_secure,
    local_path,
    set_cookie,
)

LOGIN_PATH = "/login"
CSRF_FIELD = "_csrf"
CSRF_HEADER = "x-csrf-token"

EXPIRED_FORM = Text.of(
    {
        "en": "This page was open for too long or belongs to another session. Please reload it and try again.",
        "zh-CN": "此页面打开时间过长或属于另一个会话,请刷新后重试。",
    }
)
UNREADABLE = Text.of({"en": "The form that was sent cannot be read.", "zh-CN": "无法读取提交的表单。"})


class Services(Protocol):
    """What the adapter itself needs of the application."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def signer(self) -> Signer: ...
    @property
    def default_language(self) -> str: ...
    @property
    def workspace(self) -> object | None:
        """None before the first run is done: there is nobody to look for yet, whatever cookie a browser brings."""


S = TypeVar("S", bound=Services)


@dataclass(frozen=True, slots=True)
class Request(Generic[S]):
    """What a view may know. Forms and queries keep repeated names (`getlist`)."""

    method: str
    path: str
    path_params: Mapping[str, str]
    query: ImmutableMultiDict[str, str]
    form: ImmutableMultiDict[str, str]
    headers: Headers
    cookies: Mapping[str, str]
    user: SessionUser | None
    """None on public pages that nobody is logged in to."""
    language: str
    is_htmx: bool
    nonce: str
    csrf_token: str
    """For the `_csrf` field or the X-CSRF-Token header of this page's writes; masked anew for each answer."""
    expected_token: str
    """What the token of a write must be once it is unmasked."""
    address: str
    secure: bool
    """Reached through TLS: for the cookies."""
    reference: str
    session_token: str
    services: S
    uploads: tuple[tuple[str, Upload], ...] = ()
    """(name of the control, file); they are there as long as the view runs."""

    @property
    def target(self) -> str:
        """Path and query, to come back to."""
        query = "&".join(f"{quote(k)}={quote(v)}" for k, v in self.query.multi_items())
        return f"{self.path}?{query}" if query else self.path


class Refused(Exception):
    """A view says no: an HTTP status and a sentence in both languages."""

    def __init__(self, status: int, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.status = status
        self.message = message


View = Callable[[Request[S]], Response]
Endpoint = Callable[[HttpRequest], Awaitable[Response]]
OnError = Callable[[Request[S], Exception], Response | None]
"""The page for an exception the application knows, else None: then it is logged and shown as a reference."""


@dataclass(frozen=True, slots=True)
class Adapter(Generic[S]):
    services: S
    on_error: OnError[S]
    file_limit: int = 25 * 1024 * 1024
    """The most bytes an uploaded file may have."""

    def endpoint(self, view: View[S], *, public: bool = False, files: bool = False, file_limit: int = 0) -> Endpoint:
        """An endpoint for a Starlette route. Unless `public`, who has no session is sent to the login page. A public
        one that takes `files` takes them until the first run is done. `file_limit` is the most bytes of a file it
        takes, where these are not those of an attached file."""

        async def run(http: HttpRequest) -> Response:
            if not public and kind_of(http) == MULTIPART and await to_thread.run_sync(self._user, http) is None:
                return await to_thread.run_sync(self._answer, http, NOTHING, view, public)
            taken = not public or (files and self.services.workspace is None)
            async with reading(http, (file_limit or self.file_limit) if taken else 0) as submitted:
                return await to_thread.run_sync(self._answer, http, submitted, view, public)

        return run

    def _answer(self, http: HttpRequest, submitted: Submitted | None, view: View[S], public: bool) -> Response:
        secure = is_secure(http.scope)
        guest = http.cookies.get(cookie_name(GUEST_COOKIE, secure), "") or new_token()
        request = self._request(http, submitted or NOTHING, guest)
        try:
            response = _answered(request, submitted is not None, view, public)
        except Exception as error:
            answer = self.on_error(request, error)
            if answer is None:
                raise
            response = answer
        if request.user is None and guest != http.cookies.get(cookie_name(GUEST_COOKIE, secure)):
            set_cookie(response, GUEST_COOKIE, guest, secure)
        response.headers.setdefault("cache-control", "private, no-cache")
        response.headers.setdefault("content-language", request.language)
        return response

    def _user(self, http: HttpRequest) -> SessionUser | None:
        token = http.cookies.get(cookie_name(SESSION_COOKIE, is_secure(http.scope)), "")
        return self.services.sessions.find(token) if self.services.workspace is not None else None

    def _request(self, http: HttpRequest, submitted: Submitted, guest: str) -> Request[S]:
        secure = is_secure(http.scope)
        token = http.cookies.get(cookie_name(SESSION_COOKIE, secure), "")
        user = self._user(http)
        expected = user.csrf_token if user else self.services.signer.sign("guest", guest)
        return Request(
            method=http.method,
            path=http.url.path,
            path_params=http.path_params,
            query=http.query_params,
            form=submitted.form,
            headers=http.headers,
            cookies=http.cookies,
            user=user,
            language=choose_language(
                user.language if user else None,
                http.cookies.get(LANGUAGE_COOKIE),
                http.headers.get("accept-language", ""),
                self.services.default_language,
            ),
            is_htmx=http.headers.get("hx-request") == "true",
            nonce=http.scope.get("state", {}).get("nonce", ""),
            csrf_token=mask(expected),
            expected_token=expected,
            address=http.client.host if http.client else "",
            secure=secure,
            reference=http.scope.get("state", {}).get("reference", ""),
            session_token=token,
            services=self.services,
            uploads=submitted.uploads,
        )


def limit_threads(count: int = 16) -> None:
    """Let at most `count` views of this process run at once; call it when the event loop has started."""
    to_thread.current_default_thread_limiter().total_tokens = count


def _answered(request: Request[S], readable: bool, view: View[S], public: bool) -> Response:
    """The view's answer; it begins again where its writes and those of somebody else waited for each other. Files can
    be read only once."""
    return again(lambda: _checked(request, readable, view, public), 1 if request.uploads else MOST)


def _checked(request: Request[S], readable: bool, view: View[S], public: bool) -> Response:
    if not readable:
        raise Refused(400, UNREADABLE)
    if request.user is None and not public:
        return _to_login(request)
    if request.method not in SAFE_METHODS:
        given = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
        if not same(unmask(given), request.expected_token):
            raise Refused(403, EXPIRED_FORM)
    return view(request)


def _to_login(request: Request[S]) -> Response:
    """The page that was being read comes back after the login; a write is not carried out later."""
    login = LOGIN_PATH if (back := _way_back(request)) == "/" else f"{LOGIN_PATH}?next={quote(back, safe='')}"
    if request.is_htmx:
        return Response(status_code=401, headers={"hx-redirect": login})
    return RedirectResponse(login, status_code=303)


def _way_back(request: Request[S]) -> str:
    if request.is_htmx:
        page = request.headers.get("hx-current-url", "").partition("://")[2]
        return local_path("/" + page.partition("/")[2].partition("#")[0])
    return local_path(request.target) if request.method in SAFE_METHODS else "/"
