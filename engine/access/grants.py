"""Which roles a user has."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from engine.database.system_tables import grant


def roles_of(connection: Connection, user_id: int) -> frozenset[str]:
    return frozenset(connection.execute(select(grant.c.role).where(grant.c.user_id == user_id)).scalars())


def set_roles(connection: Connection, user_id: int, roles: Iterable[str]) -> None:
    """Make `roles` all the roles the user has."""
    connection.execute(delete(grant).where(grant.c.user_id == user_id))
    rows = [{"user_id": user_id, "role": role} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(grant), rows)


def users_with(connection: Connection, role: str) -> frozenset[int]:
    return frozenset(connection.execute(select(grant.c.user_id).where(grant.c.role == role)).scalars())
