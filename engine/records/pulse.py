"""How the inboxes of those who are here stand: one statement for all of them, whoever wrote and in which process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, column, func, select, table

from engine.database.system_tables import notification, session

CHUNK = 500
_user = table("e_user", column("id"), column("active", Boolean), column("deleted_at"))


@dataclass(frozen=True, slots=True)
class Standing:
    unread: int
    newest: int
    """Id of the newest unread notice; 0 for none."""


def standings(connection: Connection, session_ids: Sequence[str], now: datetime) -> dict[str, Standing]:
    """By session; one that is over, or whose user may not come in any more, is left out."""
    found: dict[str, Standing] = {}
    for start in range(0, len(session_ids), CHUNK):
        found |= _standings(connection, session_ids[start : start + CHUNK], now)
    return found


def _standings(connection: Connection, session_ids: Sequence[str], now: datetime) -> dict[str, Standing]:
    mine = (notification.c.user_id == session.c.user_id, notification.c.read_at.is_(None))
    count = select(func.count()).select_from(notification).where(*mine).correlate(session).scalar_subquery()
    newest = select(func.max(notification.c.id)).where(*mine).correlate(session).scalar_subquery()
    statement = (
        select(session.c.id, count, newest)
        .select_from(session.join(_user, _user.c.id == session.c.user_id))
        .where(
            session.c.id.in_(session_ids),
            session.c.expires_at > now,
            _user.c.active.is_(True),
            _user.c.deleted_at.is_(None),
        )
    )
    return {key: Standing(unread, latest or 0) for key, unread, latest in connection.execute(statement)}
