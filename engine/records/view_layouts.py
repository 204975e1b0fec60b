"""How people arranged the columns of views: one row for each person and view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import and_, delete, insert, select

from engine.access.actor import Actor
from engine.database.connection import Database
from engine.database.system_tables import view_layout as table


class ViewLayouts:
    """They are read with the saved views. `view` is the name of a view or the id of a saved one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, actor: Actor, entity: str, view: str, change: Callable[[Any], Mapping[str, Any]]) -> None:
        """Keep what `change` makes of the layout there is, None at first; an empty one is forgotten."""
        mine = and_(table.c.user_id == actor.user_id, table.c.entity == entity, table.c.view == view)
        with self._database.write() as connection:
            changed = change(connection.execute(select(table.c.layout).where(mine)).scalar())
            connection.execute(delete(table).where(mine))
            if changed:
                row = {"user_id": actor.user_id, "entity": entity, "view": view, "layout": changed}
                connection.execute(insert(table).values(row))
