"""A calendar: a month, a week, a day or an agenda; events are moved to another day through the gateway."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.forms.filters import parse_filters
from engine.forms.model import CalendarScreen, may_see
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.query import PageRequest
from engine.schema.model import Entity
from engine.web.calendar import FIRST, LAST, MOST, SPANS, Calendar, SpanName
from engine.web.conditions import conditions_of
from engine.web.desk import Desk, WebRequest
from engine.web.filter_panel import filter_panel
from engine.web.flash import Flash
from engine.web.occasions import moved_to
from engine.web.security import local_path
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs


def show_calendar(desk: Desk, entity: Entity, view: CalendarScreen) -> Response:
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    conditions = conditions_of(filters)
    day = _day(query.get("day", ""))
    calendar = Calendar(
        desk, entity, view, PageRequest(conditions, limit=MOST), _span(query.get("span", "")), day or desk.formats.today
    )
    notes = [desk.text(note) for note in unread]
    if query.get("day") and day is None:
        notes.append(desk.say("calendar.no_day"))
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    weeks = calendar.weeks()
    if calendar.is_cut:
        notes.append(desk.say("calendar.cut", count=MOST))
    context = contexts.CalendarScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=calendar.address() if filters else ""),
        span=calendar.span,
        title=_title(calendar),
        spans=tuple(
            Link(desk.say(f"calendar.{name}"), calendar.address(span=name), current=name == calendar.span)
            for name in SPANS
        ),
        previous_url=calendar.address(day=calendar.stepped(-1).isoformat()),
        today_url=calendar.address(day=desk.formats.today.isoformat()),
        next_url=calendar.address(day=calendar.stepped(1).isoformat()),
        weekdays=tuple(desk.formats.weekday(day) for day in calendar.days[:7]) if weeks else (),
        weeks=weeks,
        hours=tuple(f"{hour:02}:00" for hour in calendar.hours()),
        day=calendar.day.isoformat(),
        agenda=calendar.agenda(),
        view=desk.opened.base.name if desk.opened else view.name,
        movable=calendar.movable,
        notes=tuple(notes),
    )
    return desk.render("screens/calendar.html", context)


def move_event(request: WebRequest) -> Response:
    """Let a record begin on another day; at the same time of day where it has one."""
    desk = Desk.of(request)
    record = desk.record()
    view = desk.workspace.blueprint.screens.views[record.entity.name].get(_asked(desk, "view"))
    day = _day(_asked(desk, "day"))
    if not isinstance(view, CalendarScreen) or not may_see(view, desk.actor.roles) or day is None:
        raise RecordNotFound
    before = record.row.get(view.start.name)
    if before is None:
        raise RecordNotFound
    values = moved_to(view, record.row, day, desk.formats.time_zone)
    try:
        desk.store.change(desk.actor, record.entity.name, record.id, values, desk.version())
    except Invalid as invalid:
        return _refused(desk, next(iter(invalid.errors.values())))
    except Conflict:
        return _refused(desk, message_text("move.conflict"))
    except MoveRefused as refused:
        return _refused(desk, refused.reason or message_text("move.conflict"))
    except Refused as refused_right:
        return _refused(desk, refused_right.message)
    old = before.astimezone(desk.formats.local(before).tzinfo).date() if hasattr(before, "astimezone") else before
    undo = f"/e/{record.entity.name}/{record.id}/day?{urlencode({'view': view.name, 'day': old.isoformat()})}"
    said = {"title": record.title, "day": desk.formats.date(day)}
    if not desk.request.is_htmx:
        back = local_path(desk.request.form.get("next", "")) or f"/e/{record.entity.name}/v/{view.name}"
        return desk.redirect(back, Flash("calendar.moved", said, undo))
    return _toast(desk.say("calendar.moved", **said), "ok", 204, undo)


def _refused(desk: Desk, reason: Text) -> Response:
    if not desk.request.is_htmx:
        raise Refused(reason)
    return _toast(desk.text(reason), "bad", 422)


def _toast(text: str, kind: str, status: int, undo: str = "") -> Response:
    told = json.dumps({"toast": {"text": text, "kind": kind, "undo": undo}})
    return Response(status_code=status, headers={"hx-trigger": told})


def _asked(desk: Desk, name: str) -> str:
    return desk.request.form.get(name) or desk.request.query.get(name, "")


def _day(text: str) -> date | None:
    """None for what is no day of ours."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day is not None and FIRST <= day <= LAST else None


def _span(text: str) -> SpanName:
    return next((name for name in SPANS if name == text), "month")


def _title(calendar: Calendar) -> str:
    formats = calendar.desk.formats
    match calendar.span:
        case "month":
            return formats.month(calendar.day)
        case "day":
            return f"{formats.weekday(calendar.day)} {formats.date(calendar.day)}"
    first, last = formats.date(calendar.days[0]), formats.date(calendar.days[-1])
    return calendar.desk.say("calendar.range", first=first, last=last)
