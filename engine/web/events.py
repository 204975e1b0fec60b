"""`/events`: what happens to a person's inbox while a page is open, as server-sent events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from anyio import to_thread
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from engine.records.pulse import Standing, standings
from engine.web.pulse import Look, Pulse
from engine.web.security import SESSION_COOKIE, cookie_name, is_secure
from engine.web.services import Services

HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


def look_at(services: Services) -> Look:
    def look(session_ids: Sequence[str]) -> dict[str, Standing]:
        with services.database.read() as connection:
            return standings(connection, session_ids, services.clock.now())

    return look


def events_endpoint(services: Services, pulse: Pulse) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def events(http: HttpRequest) -> Response:
        token = http.cookies.get(cookie_name(SESSION_COOKIE, is_secure(http.scope)), "")
        user = await to_thread.run_sync(services.sessions.find, token) if services.workspace else None
        if user is None:
            return Response(status_code=401)
        if http.method == "HEAD":
            return Response(media_type="text/event-stream", headers=HEADERS)
        if pulse.is_full(user.session_id):
            return Response(status_code=429)
        return StreamingResponse(pulse.listen(user.session_id), media_type="text/event-stream", headers=HEADERS)

    return events
