"""What a person chose for themselves: one row for each who chose anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.database.system_tables import preference


def save_preferences(connection: Connection, user_id: int, chosen: Mapping[str, Any]) -> None:
    """Keep what is `chosen` by column name; everything else stays as it was."""
    written = connection.execute(update(preference).where(preference.c.user_id == user_id).values(chosen))
    if not written.rowcount:
        connection.execute(insert(preference).values(user_id=user_id, **chosen))


def language_of(connection: Connection, user_id: int) -> str | None:
    """The language the person chose."""
    return connection.execute(select(preference.c.language).where(preference.c.user_id == user_id)).scalar_one_or_none()
