"""The timeline of a record: comments and changes in one stream, by spans of time, paged by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.forms.light_text import light_html
from engine.forms.marks import person_mark
from engine.locale.formats import first_of_week
from engine.records import comments
from engine.records.comments import Comment
from engine.records.errors import RecordNotFound
from engine.records.model import Record, Row
from engine.records.paging import BadCursor, encode
from engine.records.timeline import Happening, Stream, Wanted, stream
from engine.schema.mentions import mentioned
from engine.web.desk import Desk
from engine.web.file_blocks import FileBlocks
from engine.web.history import folded, held_files, history_entries, history_entry, link_titles, merged_titles
from engine.web.record_events import events_of, takes_place
from engine.web.record_tasks import done_tasks, links_here, open_tasks
from engine.web.tasks import task_row

PAGE = 30
"""Comments and writes on one page; edits told as one make it shorter."""
LONGEST_ID = 16
ALL = "all"
TABS = (ALL, "comments", "tasks", "files", "history")


def show_of(desk: Desk) -> str:
    """Which tab the address asks for."""
    asked = desk.request.query.get("show", ALL)
    return asked if asked in TABS else ALL


def beginning(desk: Desk, record: Record) -> str | None:
    """The cursor behind which a page begins: that of the address, or the one right above the comment it names."""
    asked = desk.request.query.get("comment", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_ID):
        return desk.request.query.get("after") or None
    try:
        with desk.store.reading() as connection:
            said = comments.one(connection, desk.store.model, int(asked))
    except RecordNotFound:
        return None
    here = (said.entity, said.record_id) == (record.entity.name, record.id)
    return encode([said.at, said.id + 1]) if here else None


def make_timeline(desk: Desk, record: Record, show: str = ALL, after: str | None = None) -> contexts.Timeline:
    """One page of a tab. Its statements: one for each kind of happening, one for the names in comments, and one for
    each entity that changed links lead to."""
    url = f"/e/{record.entity.name}/{record.id}/timeline"
    shown = [tab for tab in TABS if _has(desk, record, tab)]
    tabs = tuple(Link(desk.say(f"timeline.tab_{tab}"), f"{url}?show={tab}", current=tab == show) for tab in shown)
    if show == "history":
        entries = desk.store.history(desk.actor, record.entity.name, record.id)
        history = history_entries(desk, record.entity, record.id, entries, held_files(record))
        return contexts.Timeline(f"{url}?show={show}", tabs, (), history=history)
    if show == "files":
        files = FileBlocks(desk, record).every()
        empty = "" if files else desk.say("timeline.none_files")
        return contexts.Timeline(f"{url}?show={show}", tabs, (), files=files, empty=empty)
    page = _read(desk, record, _wanted(desk, record, show), after)
    todo = open_tasks(desk, record) if show != "comments" and not after else []
    spans = _spans(desk, record, page.happenings, desk.request.query.get("under", "") if after else "")
    empty = "" if page.happenings or after or todo else desk.say(f"timeline.none_{show}")
    earlier = _earlier(desk, url, show, page)
    rows = tuple(task_row(desk, *task) for task in todo)
    newest = f"{url}?show={show}" if after and "comment" in desk.request.query else ""
    return contexts.Timeline(f"{url}?show={show}", tabs, spans, earlier, empty=empty, todo=rows, newest_url=newest)


def _has(desk: Desk, record: Record, tab: str) -> bool:
    """Whether a tab can ever show something."""
    if tab == "tasks":
        return next(links_here(desk, record), None) is not None
    return tab != "files" or any(field.type.holds_files for field in record.entity.declared)


def _wanted(desk: Desk, record: Record, show: str) -> Wanted:
    if show == "comments":
        return Wanted(changes=False)
    events = events_of(desk, record) if show == ALL else ()
    return Wanted(said=show == ALL, changes=show == ALL, beside=(*done_tasks(desk, record), *events))


def _read(desk: Desk, record: Record, wanted: Wanted, after: str | None) -> Stream:
    """A cursor that is none of ours is the first page."""
    try:
        return stream(desk.store, desk.actor, record, wanted, PAGE, after)
    except BadCursor:
        return stream(desk.store, desk.actor, record, wanted, PAGE)


def _earlier(desk: Desk, url: str, show: str, page: Stream) -> str:
    if page.after is None:
        return ""
    under = _label(desk, page.happenings[-1].at)
    return f"{url}?{urlencode({'show': show, 'after': page.after, 'under': under})}"


def _spans(desk: Desk, record: Record, happenings: Sequence[Happening], under: str) -> tuple[contexts.Span, ...]:
    said = [happening.said for happening in happenings if happening.said]
    with desk.store.reading() as connection:
        named = [user_id for one in said for user_id in mentioned(one.body)]
        names = comments.names(connection, desk.store.model, named)
    shown = {one.id: said_context(desk, one, names) for one in said}
    changes = [happening.change for happening in happenings if happening.change]
    titles = link_titles(desk, record.entity, changes)
    merged = merged_titles(desk, record.entity, record.id, changes)
    spans = []
    for label, group in groupby(happenings, key=lambda happening: _label(desk, happening.at)):
        items = tuple(_items(desk, record, list(group), shown, titles, merged))
        spans.append(contexts.Span("" if label == under else label, items))
    return tuple(spans)


def _items(
    desk: Desk,
    record: Record,
    group: Sequence[Happening],
    shown: dict[int, contexts.Said],
    titles: dict[tuple[str, int], str],
    merged: Mapping[int, str],
) -> Iterator[contexts.Happening]:
    """The happenings of one span; changes that stand together are folded."""
    held = held_files(record)
    for changed, run in groupby(group, key=lambda happening: happening.change is not None):
        if changed:
            for entry in folded(happening.change for happening in run if happening.change):
                if entry.changes or entry.kind != "updated":
                    yield contexts.Happening(change=history_entry(desk, record.entity, entry, titles, held, merged))
        else:
            yield from (_item(desk, happening, shown) for happening in run)


def _item(desk: Desk, happening: Happening, shown: dict[int, contexts.Said]) -> contexts.Happening:
    if happening.beside is None:
        return contexts.Happening(said=shown[happening.id])
    beside, row = happening.beside
    shape = desk.workspace.blueprint.tasks.get(beside.query.entity)
    if shape is None:
        return contexts.Happening(event=_event(desk, beside.query.entity, row))
    when = desk.formats.ago(happening.at, desk.store.moment(desk.actor).now)
    return contexts.Happening(task=replace(task_row(desk, shape, row), due=when, late=False))


def _event(desk: Desk, name: str, row: Row) -> Link:
    entity = desk.workspace.blueprint.entities[name]
    title = str(row.get(entity.title) or f"#{row['id']}")
    return Link(title, f"/e/{name}/{row['id']}", entity.icon, count=takes_place(desk, entity, row))


def _label(desk: Desk, moment: datetime) -> str:
    """Today, this week, or the month."""
    day, today = desk.formats.local(moment).date(), desk.formats.today
    if day >= today:
        return desk.say("timeline.today")
    if day >= first_of_week(today, desk.formats.week_start):
        return desk.say("timeline.this_week")
    return desk.formats.month(day)


def said_context(desk: Desk, said: Comment, names: dict[int, str]) -> contexts.Said:
    own = said.author_id is not None and said.author_id == desk.actor.user_id
    who = said.author or desk.say("record.engine")
    return contexts.Said(
        id=str(said.id),
        kind=said.kind,
        who=who,
        mark=person_mark(who),
        when=desk.formats.ago(said.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(said.at),
        body=light_html(said.body, names, desk.actor.user_id),
        length=desk.say("timeline.minutes", count=said.minutes) if said.minutes else "",
        edited=said.edited,
        url=f"/comments/{said.id}",
        may_edit=own,
        may_delete=own or desk.workspace.policy.is_admin(desk.actor),
    )
