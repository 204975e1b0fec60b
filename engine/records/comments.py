"""What people say about a record: notes, calls and meetings, beside its fields and under the right to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Select, func, insert, select, update

from engine.database.system_tables import comment
from engine.locale.catalogue import message_text
from engine.records import follows, notices
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.model import RecordModel
from engine.records.paging import beyond, decode, ordering
from engine.records.transaction import Transaction
from engine.schema.mentions import mentioned, possible_names, with_ids
from engine.schema.record_ids import LARGEST
from engine.schema.typed_text import many_lines

Kind = Literal["note", "call", "meeting"]
KINDS: tuple[Kind, ...] = ("note", "call", "meeting")
LONGEST = 20_000
"""Characters of a comment."""
MOST_MINUTES = 1440
WHEN = func.coalesce(comment.c.occurred_at, comment.c.at, type_=comment.c.at.type)
KEYS = ((WHEN, True), (comment.c.id, True))
"""Newest first, by when it took place."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said, as typed: people are named with `@`. `picked` are ids of those chosen from the list, for names
    that several people have."""

    body: str
    kind: str = "note"
    occurred_at: datetime | None = None
    minutes: int | None = None
    picked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    entity: str
    record_id: int
    author_id: int | None
    author: str | None
    at: datetime
    """When it took place; when it was written, where nothing else is said."""
    kind: Kind
    body: str
    occurred_at: datetime | None = None
    minutes: int | None = None
    edited: bool = False


def add(transaction: Transaction, entity_name: str, record_id: int, draft: Draft) -> int:
    """Say something about a record; the id. Its author and those it names follow the record from then on.
    Raises `RecordNotFound`, `Invalid`."""
    entity = transaction.entity(entity_name)
    stored = transaction.stored(entity, record_id)
    body, comment_id = _checked(transaction, draft), transaction.ids.next()
    actor, now = transaction.actor.user_id, transaction.moment.now
    row = {"id": comment_id, "entity": entity_name, "record_id": record_id, "author_id": actor, "at": now}
    row |= {"kind": draft.kind, "body": body, "occurred_at": draft.occurred_at, "minutes": draft.minutes}
    transaction.connection.execute(insert(comment).values(row))
    named = mentioned(body)
    hearing = follows.followers(transaction.connection, entity_name, record_id, stored.row.get("owner"))
    there = active(transaction, [*named, *sorted(hearing - set(named))])
    if actor is not None:
        table = transaction.model.table(entity_name)
        transaction.connection.execute(update(table).where(table.c.id == record_id).values(last_activity_at=now))
    if transaction.source not in notices.QUIET:
        notices.tell(transaction, "mention", entity_name, record_id, [i for i in there if i in named], comment_id)
        notices.tell(transaction, "comment", entity_name, record_id, [i for i in there if i not in named], comment_id)
    follows.join(
        transaction,
        entity_name,
        record_id,
        [*([actor] if actor is not None else []), *(i for i in there if i in named)],
    )
    return comment_id


def edit(transaction: Transaction, comment_id: int, draft: Draft) -> None:
    """Say it in other words; people named for the first time are told. Its author alone may.
    Raises `RecordNotFound`, `Refused`, `Invalid`."""
    row = _found(transaction, comment_id)
    if row["author_id"] != transaction.actor.user_id and not transaction.actor.unlimited:
        raise Refused(message_text("refused.comment_edit"))
    body = _checked(transaction, draft)
    values = {"body": body, "kind": draft.kind, "occurred_at": draft.occurred_at, "minutes": draft.minutes}
    statement = update(comment).where(comment.c.id == comment_id)
    transaction.connection.execute(statement.values(**values, edited_at=transaction.moment.now))
    new = active(transaction, [one for one in mentioned(body) if one not in mentioned(row["body"])])
    notices.tell(transaction, "mention", row["entity"], row["record_id"], new, comment_id)
    follows.join(transaction, row["entity"], row["record_id"], new)


def delete(transaction: Transaction, comment_id: int) -> None:
    """Take it back. Its author may, and who manages the workspace. Raises `RecordNotFound`, `Refused`."""
    _set_deleted(transaction, _found(transaction, comment_id), transaction.moment.now)


def restore(transaction: Transaction, comment_id: int) -> None:
    """Say it again as it was. Raises `RecordNotFound`, `Refused`."""
    _set_deleted(transaction, _found(transaction, comment_id, deleted=True), None)


def _set_deleted(transaction: Transaction, row: Mapping[Any, Any], moment: datetime | None) -> None:
    own = row["author_id"] is not None and row["author_id"] == transaction.actor.user_id
    if not own and not transaction.model.policy.is_admin(transaction.actor):
        raise Refused(message_text("refused.comment_delete"))
    transaction.connection.execute(update(comment).where(comment.c.id == row["id"]).values(deleted_at=moment))


def _found(transaction: Transaction, comment_id: int, deleted: bool = False) -> Mapping[Any, Any]:
    """A comment on a record the actor may read, and which is not in the bin. Raises `RecordNotFound`."""
    state = comment.c.deleted_at.is_not(None) if deleted else comment.c.deleted_at.is_(None)
    if not 0 < comment_id <= LARGEST:
        raise RecordNotFound
    statement = select(comment).where(comment.c.id == comment_id, state)
    row = transaction.connection.execute(statement).mappings().first()
    if row is None or row["entity"] not in transaction.model.entities:
        raise RecordNotFound
    transaction.stored(transaction.entity(row["entity"]), row["record_id"])
    return dict(row)


def _checked(transaction: Transaction, draft: Draft) -> str:
    """The text as it is stored. Raises `Invalid`."""
    typed = many_lines(draft.body)
    if draft.kind not in KINDS:
        raise Invalid({"kind": message_text("comment.no_kind")})
    if typed is None:
        raise Invalid({"body": message_text("comment.empty")})
    if len(typed) > LONGEST:
        raise Invalid({"body": message_text("comment.too_long", count=LONGEST)})
    if draft.minutes is not None and not 0 < draft.minutes <= MOST_MINUTES:
        raise Invalid({"minutes": message_text("comment.minutes")})
    return with_ids(typed, _people(transaction, typed, draft.picked))


def _people(transaction: Transaction, typed: str, picked: Sequence[int]) -> list[tuple[int, str]]:
    """The (id, name) of everybody the text may name, those picked from the list first."""
    names = possible_names(typed)
    if not names:
        return []
    user = transaction.model.table("user")
    here = (user.c.name.in_(names), user.c.active.is_(True), user.c.deleted_at.is_(None))
    found = transaction.connection.execute(select(user.c.id, user.c.name).where(*here).order_by(user.c.id)).all()
    return sorted(((user_id, name) for user_id, name in found), key=lambda one: one[0] not in picked)


def active(transaction: Transaction, user_ids: Sequence[int]) -> list[int]:
    """Those of the users who can come in, in order."""
    if not user_ids:
        return []
    user = transaction.model.table("user")
    here = (user.c.id.in_(user_ids), user.c.active.is_(True), user.c.deleted_at.is_(None))
    found = set(transaction.connection.execute(select(user.c.id).where(*here)).scalars())
    return [user_id for user_id in user_ids if user_id in found]


def page(
    connection: Connection, model: RecordModel, entity: str, record_id: int, limit: int, after: str | None = None
) -> list[Comment]:
    """Up to `limit` comments on a record that may be read, newest first, older than the cursor `after`.
    Raises `BadCursor`."""
    statement = _selected(model).where(comment.c.entity == entity, comment.c.record_id == record_id)
    if after:
        statement = statement.where(beyond(KEYS, decode(after, KEYS), False))
    rows = connection.execute(statement.order_by(*ordering(KEYS, False)).limit(limit)).mappings()
    return [_comment(row) for row in rows]


def one(connection: Connection, model: RecordModel, comment_id: int) -> Comment:
    """Raises `RecordNotFound`; whether its record may be read is for the caller to ask."""
    if not 0 < comment_id <= LARGEST:
        raise RecordNotFound
    row = connection.execute(_selected(model).where(comment.c.id == comment_id)).mappings().first()
    if row is None:
        raise RecordNotFound
    return _comment(row)


def names(connection: Connection, model: RecordModel, user_ids: Sequence[int]) -> dict[int, str]:
    """The names of users by id, also of those who left."""
    if not user_ids:
        return {}
    user = model.table("user")
    statement = select(user.c.id, user.c.name).where(user.c.id.in_(sorted(set(user_ids))))
    return dict(connection.execute(statement).all())


def _selected(model: RecordModel) -> Select[Any]:
    user = model.table("user")
    source = comment.outerjoin(user, user.c.id == comment.c.author_id)
    columns = (comment, WHEN.label("when"), user.c.name.label("author"))
    return select(*columns).select_from(source).where(comment.c.deleted_at.is_(None))


def _comment(row: Mapping[Any, Any]) -> Comment:
    return Comment(
        id=row["id"],
        entity=row["entity"],
        record_id=row["record_id"],
        author_id=row["author_id"],
        author=row["author"],
        at=row["when"],
        kind=cast(Kind, row["kind"]),
        body=row["body"],
        occurred_at=row["occurred_at"],
        minutes=row["minutes"],
        edited=row["edited_at"] is not None,
    )
