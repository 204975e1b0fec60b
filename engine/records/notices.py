"""What people are told of, written in the same transaction as its cause: a mention, an assignment, a comment on a
record they follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert

from engine.database.system_tables import notification
from engine.records.operations import Operation
from engine.records.transaction import Transaction
from engine.schema.model import Entity

Kind = Literal["mention", "assigned", "comment"]
QUIET = frozenset({"seed", "demo", "import", "bulk", "merge", "undo"})
"""Sources that write many records at once: nobody is told of each."""


def tell(
    transaction: Transaction,
    kind: Kind,
    entity: str,
    record_id: int,
    user_ids: Iterable[int],
    comment_id: int | None = None,
    operation: int | None = None,
) -> None:
    """One notice for each of these people; nobody is told of what they did themselves. With an `operation` it is
    about all that was done in it."""
    actor = transaction.actor.user_id
    rows = [
        {
            "id": transaction.ids.next(),
            "user_id": user_id,
            "kind": kind,
            "entity": entity,
            "record_id": record_id,
            "comment_id": comment_id,
            "operation": operation,
            "actor_id": actor,
            "at": transaction.moment.now,
        }
        for user_id in dict.fromkeys(user_ids)
        if user_id != actor
    ]
    if rows:
        transaction.connection.execute(insert(notification), rows)


def tell_ended(connection: Connection, notice_id: int, operation: Operation, now: datetime) -> None:
    """Tell the person of an operation that it ended; the kind is one that every database takes, and says nothing."""
    if operation.actor_id is None:
        return
    about = {"entity": operation.entity, "record_id": operation.id, "operation": operation.id}
    row = {"id": notice_id, "user_id": operation.actor_id, "kind": "assigned", "at": now, **about}
    connection.execute(insert(notification).values(row))


def tell_assigned(
    transaction: Transaction, entity: Entity, record_id: int, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    """Tell those whom a write made the owner, or put into another field that holds a user."""
    if entity.builtin or entity.line_of or transaction.source in QUIET:
        return
    fields = (entity.fields[name] for name in changes if name in entity.fields)
    names = [field.name for field in fields if field.target == "user" and (not field.system or field.name == "owner")]
    given = [changes[name][1] for name in names if isinstance(changes[name][1], int)]
    tell(transaction, "assigned", entity.name, record_id, given)
