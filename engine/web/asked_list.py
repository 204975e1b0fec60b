"""What the address of a list asks: filters, search, order, columns, groups, and notes on what was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms import filters as address_filters
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import Column, ListScreen, PivotGroup
from engine.records.query import AnyCondition, Condition
from engine.schema.model import Entity, Sort
from engine.web.conditions import conditions_of
from engine.web.desk import Desk
from engine.web.list_columns import ListColumns, list_columns
from engine.web.list_groups import asked_group
from engine.web.starred import starred_condition


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a list."""

    filters: tuple[address_filters.Asked, ...]
    sort: tuple[Sort, ...]
    arranged: ListColumns
    search: str
    notes: tuple[str, ...]
    starred: tuple[Condition, ...] = ()
    group: PivotGroup | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.arranged.shown

    @property
    def conditions(self) -> tuple[AnyCondition, ...]:
        return (*conditions_of(self.filters), *self.starred)


def asked_of(desk: Desk, entity: Entity, view: ListScreen) -> Asked:
    """What the address of the desk asks of a list."""
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    sort, unsorted = parse_sort(query.get("sort", ""), entity)
    columns = list_columns(desk, entity, view)
    group, understood = asked_group(query.get("group", ""), entity, view)
    notes = tuple(desk.text(note) for note in (*unread, *unsorted, *columns.notes))
    if not understood:
        notes += (desk.say("list.group_unknown", name=query["group"][:40]),)
    starred = starred_condition(desk, entity, query)
    return Asked(filters, sort, columns, query.get("q", "").strip()[:200], notes, starred, group)
