"""What a person was told of, as rows of a page."""

from __future__ import annotations

from collections.abc import Mapping

from engine.access.audit import AuditEntry
from engine.forms.contexts import NoticeRow
from engine.forms.light_text import plain_text
from engine.forms.marks import person_mark
from engine.records import comments
from engine.records.inbox import Notice
from engine.records.operations import Operation
from engine.schema.field_type import Reference
from engine.schema.mentions import mentioned
from engine.web.auditing import ICONS, named_in, origin_words, sentence
from engine.web.desk import Desk
from engine.web.operations import detail_of, ended_sentence, plural_of
from engine.web.titles import titles_of

LONGEST_HINT = 160
"""Characters of a comment that are shown in the list."""
Titles = dict[tuple[str, int], str]


def about(notice: Notice) -> tuple[str, int]:
    return notice.entity, notice.record_id


def notice_rows(desk: Desk, notices: list[Notice]) -> tuple[NoticeRow, ...]:
    entities = desk.workspace.blueprint.entities
    told = [notice for notice in notices if notice.audit_id is None]
    known = [notice for notice in told if notice.entity in entities and notice.operation is None]
    alerts = _alerts(desk, notices)
    titles = titles_of(desk, map(about, known))
    with desk.store.reading() as connection:
        named = [user_id for notice in notices for user_id in mentioned(notice.said or "")]
        names = comments.names(connection, desk.store.model, named)
    return tuple(alerts.get(notice.id) or _row(desk, notice, titles, names) for notice in notices)


def _alerts(desk: Desk, notices: list[Notice]) -> dict[int, NoticeRow]:
    """What administrators are told of at once, and a person of a new place; one more statement for all of them."""
    wanted = {notice.audit_id: notice for notice in notices if notice.audit_id is not None}
    if not wanted:
        return {}
    with desk.store.reading() as connection:
        entries = desk.request.services.audit.some(connection, list(wanted))
    names = named_in(desk, entries)
    return {wanted[entry.id].id: _alert(desk, wanted[entry.id], entry, names) for entry in entries}


def _alert(desk: Desk, notice: Notice, entry: AuditEntry, names: Mapping[Reference, str]) -> NoticeRow:
    text = sentence(desk, entry, names)
    return NoticeRow(
        id=str(notice.id),
        mark=person_mark(names.get(("user", entry.actor_id or 0)) or desk.say("record.engine")),
        icon=ICONS[entry.kind],
        text=text,
        hint=origin_words(desk, entry),
        when=desk.formats.ago(notice.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(notice.at),
        read=notice.read,
        url=f"/inbox/{notice.id}",
        gone=False,
    )


def _row(desk: Desk, notice: Notice, titles: Titles, names: dict[int, str]) -> NoticeRow:
    """A notice of a record that may not be seen says nothing of it."""
    if notice.operation is not None:
        return _ended(desk, notice, notice.operation)
    seen = (notice.entity, notice.record_id) in titles
    hint = plain_text(notice.said, names) if seen and notice.said else ""
    who = notice.actor or desk.say("record.engine")
    return NoticeRow(
        id=str(notice.id),
        mark=person_mark(who),
        icon={"mention": "at-sign", "assigned": "user-round", "comment": "message-square"}[notice.kind],
        text=notice_sentence(desk, notice, titles),
        hint=hint if len(hint) <= LONGEST_HINT else f"{hint[:LONGEST_HINT].rstrip()}…",
        when=desk.formats.ago(notice.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(notice.at),
        read=notice.read,
        url=f"/inbox/{notice.id}",
        gone=not seen,
    )


def _ended(desk: Desk, notice: Notice, operation: Operation) -> NoticeRow:
    return NoticeRow(
        id=str(notice.id),
        mark=person_mark(notice.actor or desk.say("record.engine")),
        icon="user-round" if notice.actor else "list-checks",
        text=notice_sentence(desk, notice, {}),
        hint="" if notice.actor else detail_of(desk, operation),
        when=desk.formats.ago(notice.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(notice.at),
        read=notice.read,
        url=f"/inbox/{notice.id}",
        gone=False,
    )


def notice_sentence(desk: Desk, notice: Notice, titles: Titles) -> str:
    if notice.operation is not None and notice.actor:
        plural, count = plural_of(desk, notice.operation), notice.operation.done
        return desk.say("inbox.assigned_many", who=notice.actor, count=count, entity=plural)
    if notice.operation is not None:
        return ended_sentence(desk, notice.operation)
    title = titles.get((notice.entity, notice.record_id))
    who = notice.actor or desk.say("record.engine")
    if title is None:
        return desk.say(f"inbox.{notice.kind}_hidden", who=who)
    return desk.say(f"inbox.{notice.kind}", who=who, title=title)
