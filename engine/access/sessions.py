"""Sessions on the server: the cookie holds a random token, the database its digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Row,
    Select,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    table,
    update,
)

from engine.access.tokens import digest, new_token
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.entry_tables import second_factor
from engine.database.system_tables import grant, notification, preference, session

SEEN_EVERY = timedelta(minutes=5)
_user = table("e_user", column("id"), column("name"), column("email"), column("active", Boolean), column("deleted_at"))


@dataclass(frozen=True, slots=True)
class SessionUser:
    """Who is asking. `session_id` names the session in lists and cannot be used as a cookie."""

    user_id: int
    name: str
    email: str
    roles: frozenset[str]
    language: str | None
    theme: str | None
    density: str | None
    single_keys: str | None
    """"off": the person wants no shortcuts of one letter (WCAG 2.1.4)."""
    default_views: Mapping[str, str]
    """Entity name -> the view it opens with: a name, or the id of a saved one."""
    csrf_token: str
    session_id: str
    second: bool = False
    """Whether they have a second factor."""
    unread: int = 0
    """What they have not read in their inbox."""


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One line of a person's list of devices."""

    session_id: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    address: str


class Sessions:
    """A session ends `idle` after it was last seen and `lifetime` after it began, whichever comes first."""

    def __init__(self, database: Database, clock: Clock, idle: timedelta, lifetime: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._idle = idle
        self._lifetime = lifetime

    def create(self, connection: Connection, user_id: int, user_agent: str, address: str) -> str:
        """Begin a session and return its token, for the cookie alone. Ended sessions are swept out."""
        token, now = new_token(), self._clock.now()
        connection.execute(delete(session).where(session.c.expires_at <= now))
        row = {
            "id": digest(token),
            "user_id": user_id,
            "created_at": now,
            "last_seen_at": now,
            "expires_at": now + min(self._idle, self._lifetime),
            "user_agent": user_agent.replace("\0", "")[:400],
            "address": address[:64],
            "csrf_token": new_token(),
        }
        connection.execute(insert(session).values(row))
        return token

    def find(self, token: str) -> SessionUser | None:
        """Whose token it is, with one statement; None when it is unknown or over, or the user may not come in.
        At most once in five minutes a second statement writes that the session was seen."""
        if not token:
            return None
        now = self._clock.now()
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"session_id": digest(token), "now": now}).first()
        if row is None:
            return None
        if now - row.last_seen_at >= SEEN_EVERY:
            self._seen(row, now)
        return _user_of(row)

    def revoke(self, connection: Connection, token: str) -> None:
        connection.execute(delete(session).where(session.c.id == digest(token)))

    def revoke_one(self, connection: Connection, user_id: int, session_id: str) -> bool:
        """End one of the user's own sessions; another user's is left alone. Whether there was one to end."""
        ending = delete(session).where(session.c.id == session_id, session.c.user_id == user_id)
        return bool(connection.execute(ending).rowcount)

    def revoke_others(self, connection: Connection, user_id: int, keep: str | None) -> None:
        """End all of the user's sessions but the one whose id is `keep`."""
        statement = delete(session).where(session.c.user_id == user_id)
        connection.execute(statement.where(session.c.id != keep) if keep else statement)

    def list_for(self, connection: Connection, user_id: int) -> tuple[SessionEntry, ...]:
        """The user's running sessions, last seen first."""
        names = ("id", "created_at", "last_seen_at", "user_agent", "address")
        statement = select(*(session.c[name] for name in names)).order_by(session.c.last_seen_at.desc(), session.c.id)
        running = (session.c.user_id == user_id) & (session.c.expires_at > self._clock.now())
        return tuple(SessionEntry(*row) for row in connection.execute(statement.where(running)))

    def _seen(self, row: Row[Any], now: datetime) -> None:
        ends = min(now + self._idle, row.created_at + self._lifetime)
        statement = update(session).where(session.c.id == row.id, session.c.last_seen_at < now)
        with self._database.write() as connection:
            connection.execute(statement.values(last_seen_at=now, expires_at=ends))


def _find() -> Select[Any]:
    mine = (notification.c.user_id == session.c.user_id, notification.c.read_at.is_(None))
    unread = select(func.count()).select_from(notification).where(*mine).correlate(session)
    roles = select(func.aggregate_strings(grant.c.role, ",")).where(grant.c.user_id == session.c.user_id)
    factor = select(second_factor.c.user_id).where(second_factor.c.user_id == session.c.user_id)
    second = factor.where(second_factor.c.since.is_not(None)).correlate(session).exists()
    statement = select(
        session.c.id,
        session.c.user_id,
        session.c.created_at,
        session.c.last_seen_at,
        session.c.csrf_token,
        _user.c.name,
        _user.c.email,
        preference.c.language,
        preference.c.theme,
        preference.c.density,
        preference.c.single_keys,
        preference.c.default_views,
        roles.scalar_subquery().label("roles"),
        second.label("second"),
        unread.scalar_subquery().label("unread"),
    )
    sources = session.join(_user, _user.c.id == session.c.user_id).outerjoin(
        preference, preference.c.user_id == session.c.user_id
    )
    return statement.select_from(sources).where(
        session.c.id == bindparam("session_id"),
        session.c.expires_at > bindparam("now", type_=session.c.expires_at.type),
        _user.c.active.is_(True),
        _user.c.deleted_at.is_(None),
    )


def _user_of(row: Row[Any]) -> SessionUser:
    return SessionUser(
        user_id=row.user_id,
        name=row.name,
        email=row.email,
        roles=frozenset(row.roles.split(",")) if row.roles else frozenset(),
        language=row.language,
        theme=row.theme,
        density=row.density,
        single_keys=row.single_keys,
        default_views=row.default_views or {},
        csrf_token=row.csrf_token,
        session_id=row.id,
        second=bool(row.second),
        unread=row.unread,
    )


_FIND = _find()
