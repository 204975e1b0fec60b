"""`/`: the page everybody starts on."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.web.desk import Desk, WebRequest
from engine.web.home import shown_tiles

NOON, EVENING = 12, 18


def show_home(request: WebRequest) -> Response:
    desk = Desk.of(request)
    context = contexts.HomeScreen(
        page=desk.page(desk.say("home.title")),
        greeting=_greeting(desk),
        date=desk.formats.long_date(desk.formats.today),
        tiles=shown_tiles(desk),
    )
    return desk.render("screens/home.html", context)


def _greeting(desk: Desk) -> str:
    """By the hour in the workspace's time zone."""
    hour = desk.formats.local(desk.store.moment(desk.actor).now).hour
    time = "morning" if 4 <= hour < NOON else "afternoon" if NOON <= hour < EVENING else "evening"
    return desk.say(f"home.{time}", name=desk.request.user.name if desk.request.user else "")
