"""Which roles a user has."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Connection, column, delete, insert, select, table, text

from engine.database.system_tables import grant

_LOCK = 7_270_513
_user = table("e_user", column("id"), column("active", Boolean), column("deleted_at"))


def roles_of(connection: Connection, user_id: int) -> frozenset[str]:
    return frozenset(connection.execute(select(grant.c.role).where(grant.c.user_id == user_id)).scalars())


def roles_now(connection: Connection, user_id: int) -> frozenset[str]:
    """The roles of a user as far as they may still come in: none of one who is inactive or deleted."""
    active = (_user.c.active.is_(True), _user.c.deleted_at.is_(None))
    statement = select(grant.c.role).join(_user, _user.c.id == grant.c.user_id)
    return frozenset(connection.execute(statement.where(grant.c.user_id == user_id, *active)).scalars())


def set_roles(connection: Connection, user_id: int, roles: Iterable[str]) -> None:
    """Make `roles` all the roles the user has."""
    connection.execute(delete(grant).where(grant.c.user_id == user_id))
    rows = [{"user_id": user_id, "role": role} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(grant), rows)


def holds_without(connection: Connection, roles: Iterable[str], user_id: int) -> bool:
    """Whether somebody but this user may come in with one of these roles. Two who ask at once wait for each other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    active = (_user.c.active.is_(True), _user.c.deleted_at.is_(None), _user.c.id != user_id)
    statement = select(grant.c.user_id).join(_user, _user.c.id == grant.c.user_id)
    return connection.execute(statement.where(grant.c.role.in_(list(roles)), *active).limit(1)).first() is not None


def users_with(connection: Connection, role: str) -> frozenset[int]:
    return frozenset(connection.execute(select(grant.c.user_id).where(grant.c.role == role)).scalars())
