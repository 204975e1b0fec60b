"""What was written since a moment, for programs that keep a copy: changed records, and deleted ones as no more than
that they are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from engine.access.actor import Actor
from engine.records.page import Page, page_of
from engine.records.query import ListStatement, PageRequest
from engine.records.store import Store
from engine.schema.model import ListQuery, Sort

OLDEST_FIRST = (Sort("updated_at"),)


def changed(store: Store, actor: Actor, query: ListQuery, since: datetime, request: PageRequest) -> Page:
    """One page of what was written since a moment, the oldest write first, in one statement; what was deleted has
    `deleted_at`. Raises `BadCursor`."""
    statement = ChangeStatement(store, actor, query, since).page(replace(request, sort=OLDEST_FIRST))
    moment = store.moment(actor)
    with store.reading() as connection:
        parameters = moment.parameters
        return page_of(connection.execute(statement, parameters).mappings().all(), request)


class ChangeStatement(ListStatement):
    """Builds the pages of one list for one actor, with the records that are in the bin."""

    def __init__(self, store: Store, actor: Actor, query: ListQuery, since: datetime) -> None:
        moment, model = store.moment(actor), store.model
        context = model.context(moment)
        super().__init__(model, store.dialect, query, actor, context)
        self._since = since

    def among(self) -> list[ColumnElement[bool]]:
        return [self.rows.table.c.updated_at >= self._since]

    def columns(self) -> list[ColumnElement[Any]]:
        return [*super().columns(), self.rows.table.c.deleted_at]
