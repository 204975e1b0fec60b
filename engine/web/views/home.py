"""`/`: the page everybody starts on."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.web.desk import Desk, WebRequest
from engine.web.home import shown_tiles

MORNING, NOON, EVENING, NIGHT = 5, 12, 18, 22


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
    ends = {"night": MORNING, "morning": NOON, "afternoon": EVENING, "evening": NIGHT}
    time = next((part for part, end in ends.items() if hour < end), "night")
    return desk.say(f"home.{time}", name=desk.request.user.name if desk.request.user else "")
