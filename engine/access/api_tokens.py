"""API tokens: a program acts as the user who made its token; the database keeps no more than its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Boolean, Connection, Row, Select, bindparam, column, func, insert, select, table, update

from engine.access.actor import Actor
from engine.access.audit import CLI, Audit, Origin
from engine.access.tokens import digest, new_token
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.system_tables import api_token, grant

Scope = Literal["read", "write"]
SCOPES: tuple[Scope, ...] = ("read", "write")
PREFIX = "crm_"
"""So that people and programs that look for leaked secrets know one when they see it."""
USED_EVERY = timedelta(minutes=1)
HINT = 4
NO_TOKEN = 0
"""Of a person who reads without one."""
LONGEST_NAME = 80
LISTED = 500
_user = table("e_user", column("id"), column("name"), column("active", Boolean), column("deleted_at"))


@dataclass(frozen=True, slots=True)
class TokenUser:
    """For whom a token acts, and how far it reaches."""

    token_id: int
    user_id: int
    roles: frozenset[str]
    scope: Scope
    entities: frozenset[str] | None
    """None: every entity the user may reach."""

    @property
    def actor(self) -> Actor:
        return Actor(self.user_id, self.roles)

    def reaches(self, entity: str) -> bool:
        return self.entities is None or entity in self.entities


@dataclass(frozen=True, slots=True)
class TokenDraft:
    user_id: int
    name: str
    scope: Scope = "read"
    entities: Sequence[str] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """One line of a list of tokens."""

    id: int
    user_id: int
    user: str
    name: str
    hint: str
    scope: Scope
    entities: tuple[str, ...] | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def is_alive(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class ApiTokens:
    def __init__(self, database: Database, ids: Identifiers, clock: Clock, audit: Audit) -> None:
        self._database, self._ids, self._clock, self._audit = database, ids, clock, audit

    def create(self, draft: TokenDraft, actor_id: int | None = None, origin: Origin = CLI) -> tuple[int, str]:
        """A new token, made by `actor_id`: its id, and the token itself, which is told this once."""
        token, token_id = PREFIX + new_token(), self._ids.next()
        row = {
            "id": token_id,
            "user_id": draft.user_id,
            "digest": digest(token),
            "hint": token[-HINT:],
            "name": draft.name,
            "scope": draft.scope,
            "entities": None if draft.entities is None else sorted(set(draft.entities)),
            "created_at": self._clock.now(),
            "expires_at": draft.expires_at,
        }
        with self._database.write() as connection:
            connection.execute(insert(api_token).values(row))
            whose = ("user", draft.user_id)
            self._audit.note(connection, "token_made", actor_id, origin, whose, name=draft.name, scope=draft.scope)
        return token_id, token

    def find(self, token: str) -> TokenUser | None:
        """For whom a token acts, with one statement; None when it is unknown, over or revoked, or its user may not
        come in. At most once a minute a second statement writes that it was used."""
        if not token.startswith(PREFIX):
            return None
        now = self._clock.now()
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"digest": digest(token), "now": now}).first()
        if row is None:
            return None
        if row.last_used_at is None or now - row.last_used_at >= USED_EVERY:
            self._used(row.id, now)
        return _token_user(row)

    def of(self, user_id: int | None) -> tuple[TokenEntry, ...]:
        """The newest tokens of a user, or of everybody for None."""
        names = [field.name for field in api_token.columns if field.name != "digest"]
        statement = select(*(api_token.c[name] for name in names), _user.c.name.label("user"))
        statement = statement.select_from(api_token.join(_user, _user.c.id == api_token.c.user_id))
        if user_id is not None:
            statement = statement.where(api_token.c.user_id == user_id)
        with self._database.read() as connection:
            return tuple(
                _entry(row) for row in connection.execute(statement.order_by(api_token.c.id.desc()).limit(LISTED))
            )

    def revoke(self, token_id: int, user_id: int | None, actor_id: int | None = None, origin: Origin = CLI) -> bool:
        """End a token of the user, or of anybody for None; whether there was one to end."""
        one = (api_token.c.id == token_id) & api_token.c.revoked_at.is_(None)
        if user_id is not None:
            one &= api_token.c.user_id == user_id
        with self._database.write() as connection:
            found = connection.execute(select(api_token.c.user_id, api_token.c.name).where(one)).first()
            if found is None:
                return False
            connection.execute(update(api_token).where(one).values(revoked_at=self._clock.now()))
            whose = ("user", found.user_id)
            self._audit.note(connection, "token_revoked", actor_id, origin, whose, name=found.name)
            return True

    def end(self, connection: Connection, user_id: int) -> None:
        """End every token of a user who may no longer come in: none works again when they come back."""
        alive = (api_token.c.user_id == user_id, api_token.c.revoked_at.is_(None))
        connection.execute(update(api_token).where(*alive).values(revoked_at=self._clock.now()))

    def _used(self, token_id: int, now: datetime) -> None:
        statement = update(api_token).where(api_token.c.id == token_id)
        with self._database.write() as connection:
            connection.execute(statement.values(last_used_at=now))


def _find() -> Select[Any]:
    roles = select(func.aggregate_strings(grant.c.role, ",")).where(grant.c.user_id == api_token.c.user_id)
    statement = select(
        api_token.c.id,
        api_token.c.user_id,
        api_token.c.scope,
        api_token.c.entities,
        api_token.c.last_used_at,
        roles.scalar_subquery().label("roles"),
    )
    now = bindparam("now", type_=api_token.c.expires_at.type)
    return statement.select_from(api_token.join(_user, _user.c.id == api_token.c.user_id)).where(
        api_token.c.digest == bindparam("digest"),
        api_token.c.revoked_at.is_(None),
        (api_token.c.expires_at.is_(None)) | (api_token.c.expires_at > now),
        _user.c.active.is_(True),
        _user.c.deleted_at.is_(None),
    )


def _token_user(row: Row[Any]) -> TokenUser:
    roles = frozenset(row.roles.split(",")) if row.roles else frozenset[str]()
    entities = None if row.entities is None else frozenset(row.entities)
    return TokenUser(row.id, row.user_id, roles, row.scope, entities)


def _entry(row: Any) -> TokenEntry:
    return TokenEntry(
        id=row.id,
        user_id=row.user_id,
        user=row.user,
        name=row.name,
        hint=row.hint,
        scope=row.scope,
        entities=None if row.entities is None else tuple(row.entities),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


_FIND = _find()
