"""Links with which a person sets a password: an invitation, or a new start for who forgot theirs. The database keeps
the digest of a link's token; a link works once and ends with every other one of its person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Boolean, Connection, column, delete, insert, select, table

from engine.access.tokens import digest, new_token
from engine.clock import Clock
from engine.database.entry_tables import entry_link
from engine.database.identifiers import Identifiers

Purpose = Literal["invite", "reset"]
LASTS: Mapping[Purpose, timedelta] = {"invite": timedelta(days=7), "reset": timedelta(hours=24)}
ASKED_LASTS = timedelta(hours=1)
"""A link that the person asked for."""
_user = table("e_user", column("id"), column("name"), column("email"), column("active", Boolean), column("deleted_at"))


@dataclass(frozen=True, slots=True)
class EntryLink:
    user_id: int
    name: str
    email: str
    purpose: Purpose


class EntryLinks:
    def __init__(self, ids: Identifiers, clock: Clock) -> None:
        self._ids, self._clock = ids, clock

    def make(self, connection: Connection, user_id: int, purpose: Purpose, created_by: int | None) -> str:
        """The token of a new link, told this once; earlier links of the person end."""
        token, now = new_token(), self._clock.now()
        self.end(connection, user_id)
        connection.execute(delete(entry_link).where(entry_link.c.expires_at <= now))
        row = {
            "id": self._ids.next(),
            "user_id": user_id,
            "purpose": purpose,
            "digest": digest(token),
            "created_at": now,
            "created_by": created_by,
            "expires_at": now + (LASTS[purpose] if created_by is not None else ASKED_LASTS),
        }
        connection.execute(insert(entry_link).values(row))
        return token

    def find(self, connection: Connection, token: str) -> EntryLink | None:
        """Whose link it is; None when it is unknown, used or over, or the person may not come in."""
        source = entry_link.join(_user, _user.c.id == entry_link.c.user_id)
        statement = select(entry_link.c.user_id, _user.c.name, _user.c.email, entry_link.c.purpose).select_from(source)
        alive = (entry_link.c.expires_at > self._clock.now(), _user.c.active.is_(True), _user.c.deleted_at.is_(None))
        row = connection.execute(statement.where(entry_link.c.digest == digest(token), *alive)).first()
        return EntryLink(*row) if row else None

    def take(self, connection: Connection, token: str) -> EntryLink | None:
        """The same, and the link is used up: of two who take it at once one gets None."""
        link = self.find(connection, token)
        taken = connection.execute(delete(entry_link).where(entry_link.c.digest == digest(token))).rowcount
        return link if taken else None

    def end(self, connection: Connection, user_id: int) -> None:
        connection.execute(delete(entry_link).where(entry_link.c.user_id == user_id))
