"""What people answer for, read by admins: who came in, whose rights changed, what left the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from engine.access.audit import KINDS, AuditAsked, AuditEntry
from engine.access.devices import device_name
from engine.database.audit_tables import audit as table
from engine.exchange.export_columns import ExportColumn
from engine.exchange.writer import Contents, writers
from engine.forms.contexts import Choice
from engine.forms.contexts.audit import AuditRow, AuditScreen
from engine.records.paging import BadCursor, decode, encode
from engine.records.query import PageRequest
from engine.schema.model import ListQuery, Sort
from engine.schema.record_ids import ID
from engine.web.auditing import BAD, ICONS, named_in, noted, origin_words, sentence
from engine.web.desk import Desk, WebRequest
from engine.web.views.users import admin_desk, people_tabs

PAGE = 50
IN_FILE = 1000
"""Entries of the file that are held in memory at a time."""
DAYS = ("1", "7", "30", "90", "365", "")
PEOPLE = 500
KEYS = ((table.c.at, True), (table.c.id, True))


def show_audit(request: WebRequest) -> Response:
    """Statements: the page, the people of the filter, and one for each entity the entries name."""
    desk = admin_desk(request)
    asked, words = _asked(desk, request.query)
    with request.services.database.read() as connection:
        entries, more = request.services.audit.page(connection, asked, PAGE, _after(request.query.get("after", "")))
    titles = named_in(desk, entries)
    following = urlencode({**words, "after": encode(entries[-1].key)}) if more else ""
    context = AuditScreen(
        page=desk.page(desk.say("audit.title")),
        tabs=people_tabs(desk, "/audit"),
        people=_people(desk, words["who"]),
        kinds=tuple(Choice(kind, desk.say(f"audit.kind.{kind}"), selected=kind == words["kind"]) for kind in KINDS),
        days=tuple(
            Choice(days, desk.say(f"audit.days_{days or 'all'}"), selected=days == words["days"]) for days in DAYS
        ),
        rows=tuple(_row(desk, entry, sentence(desk, entry, titles)) for entry in entries),
        filtered=any(words.values()),
        asked=tuple(words.items()),
        earlier_url=f"/audit?{following}" if following else "",
    )
    return desk.render("screens/audit.html", context)


def export_audit(request: WebRequest) -> Response:
    """The entries of the filter as a file, which is written down too."""
    desk = admin_desk(request)
    asked, _ = _asked(desk, request.form)
    noted(desk, "audit_exported")
    writer = writers()["csv"]
    columns = tuple(_column(desk, name) for name in ("at", "person", "kind", "text", "address", "device", "way"))
    headers = tuple(column.label for column in columns)
    pieces = writer.pieces(Contents(desk.say("audit.title"), headers, columns, _pages(desk, asked)))
    disposition = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "private, no-store"}
    return StreamingResponse(pieces, media_type=writer.media_type, headers=disposition)


def _pages(desk: Desk, asked: AuditAsked) -> Iterator[list[dict[str, str]]]:
    after, more = None, True
    while more:
        with desk.request.services.database.read() as connection:
            entries, more = desk.request.services.audit.page(connection, asked, IN_FILE, after)
        titles = named_in(desk, entries)
        yield [
            {
                "at": entry.at.isoformat(" ", "seconds"),
                "person": titles.get(("user", entry.actor_id or 0), ""),
                "kind": entry.kind,
                "text": sentence(desk, entry, titles),
                "address": entry.origin.address,
                "device": device_name(entry.origin.user_agent),
                "way": entry.origin.way,
            }
            for entry in entries
        ]
        after = entries[-1].key if entries else None


def _column(desk: Desk, name: str) -> ExportColumn:
    return ExportColumn(name, desk.say(f"audit.column_{name}"), 120, lambda row: row[name], lambda row: row[name])


def _asked(desk: Desk, given: Mapping[str, str]) -> tuple[AuditAsked, dict[str, str]]:
    """What is asked for, and its words as they are known."""
    who, kind, days = given.get("who", ""), given.get("kind", ""), given.get("days", "")
    words = {
        "who": who if ID.fullmatch(who) else "",
        "kind": kind if kind in KINDS else "",
        "days": days if days in DAYS else "",
    }
    now = desk.store.moment(desk.actor).now
    since = now - timedelta(days=int(words["days"])) if words["days"] else None
    return AuditAsked(int(words["who"]) if words["who"] else None, words["kind"], since), words


def _after(cursor: str) -> tuple[datetime, int] | None:
    """A cursor that is none of ours begins at the newest."""
    try:
        at, entry_id = decode(cursor, KEYS)
    except BadCursor:
        return None
    return None if at is None or entry_id is None else (at, entry_id)


def _people(desk: Desk, chosen: str) -> tuple[Choice, ...]:
    page = desk.store.list(desk.actor, ListQuery("user", ("name",), sort=(Sort("name"),)), PageRequest(limit=PEOPLE))
    return tuple(Choice(str(row["id"]), row["name"], selected=str(row["id"]) == chosen) for row in page.rows)


def _row(desk: Desk, entry: AuditEntry, text: str) -> AuditRow:
    return AuditRow(
        icon=ICONS[entry.kind],
        text=text,
        hint=origin_words(desk, entry),
        when=desk.formats.ago(entry.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(entry.at),
        bad=entry.kind in BAD,
    )
