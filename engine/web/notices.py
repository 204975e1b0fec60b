"""What a person was told of, as rows of a page."""

from __future__ import annotations

from engine.forms.contexts import NoticeRow
from engine.forms.light_text import plain_text
from engine.forms.marks import person_mark
from engine.records import comments
from engine.records.inbox import Notice
from engine.records.operations import Operation
from engine.schema.mentions import mentioned
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
    known = [notice for notice in notices if notice.entity in entities and notice.operation is None]
    titles = titles_of(desk, map(about, known))
    with desk.store.reading() as connection:
        named = [user_id for notice in notices for user_id in mentioned(notice.said or "")]
        names = comments.names(connection, desk.store.model, named)
    return tuple(_row(desk, notice, titles, names) for notice in notices)


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
