"""Recipes: how a person said that the columns of a kind of file are to be read, kept under a name for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, insert, select

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.import_tables import import_recipe as table
from engine.exchange.plan import ColumnMap, ImportPlan
from engine.records.errors import RecordNotFound

LONGEST_NAME = 60
MOST = 50
"""Recipes of one person for one entity; the oldest goes when there are more."""


@dataclass(frozen=True, slots=True)
class Recipe:
    id: int
    entity: str
    name: str
    plan: ImportPlan

    def fits(self, titles: Sequence[str]) -> int:
        """How many of the columns of a file it says something about."""
        known = {_folded(column.header) for column in self.plan.mapped}
        return sum(_folded(title) in known for title in titles)

    def applied(self, titles: Sequence[str]) -> ImportPlan:
        """The plan for a file with these columns, which may stand in another order."""
        known = {_folded(column.header): column for column in reversed(self.plan.columns)}
        columns = tuple(_for(known.get(_folded(title)), place, title) for place, title in enumerate(titles))
        return replace(self.plan, columns=columns)


class Recipes:
    """The recipes of one workspace. One of somebody else is not found."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock) -> None:
        self._database, self._ids, self._clock = database, ids, clock

    def of(self, actor: Actor, entity: str) -> Sequence[Recipe]:
        """The actor's, the newest first."""
        mine = (table.c.user_id == actor.user_id, table.c.entity == entity)
        with self._database.read() as connection:
            rows = connection.execute(select(table).where(*mine).order_by(table.c.id.desc())).mappings()
            return [_recipe(row) for row in rows]

    def get(self, actor: Actor, entity: str, recipe_id: int) -> Recipe:
        """Raises `RecordNotFound`."""
        found = next((recipe for recipe in self.of(actor, entity) if recipe.id == recipe_id), None)
        if found is None:
            raise RecordNotFound
        return found

    def keep(self, actor: Actor, entity: str, name: str, plan: ImportPlan) -> None:
        """Under a name that is taken it replaces the other one."""
        name = name.strip()[:LONGEST_NAME]
        others = self.of(actor, entity)
        gone = [recipe.id for recipe in (*others[MOST - 1 :], *(each for each in others if each.name == name))]
        row = {"id": self._ids.next(), "user_id": actor.user_id, "entity": entity, "name": name}
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.id.in_(gone)))
            connection.execute(
                insert(table).values(**row, plan=replace(plan, mended={}).to_json(), created_at=self._clock.now())
            )


def _for(known: ColumnMap | None, place: int, title: str) -> ColumnMap:
    if known is None:
        return ColumnMap(place, title)
    return replace(known, position=place, header=title, reason="recipe", confidence="sure")


def _recipe(row: Mapping[Any, Any]) -> Recipe:
    return Recipe(row["id"], row["entity"], row["name"], ImportPlan.from_json(row["plan"]))


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
