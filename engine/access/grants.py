"""Which roles a user has."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Connection, column, delete, insert, select, table

from engine.database.system_tables import grant

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


def users_with(connection: Connection, role: str) -> frozenset[int]:
    return frozenset(connection.execute(select(grant.c.user_id).where(grant.c.role == role)).scalars())
