"""What records are grouped by, in SQL: the value of a field, the record a link leads to, or the period of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BigInteger, Boolean, ColumnElement, Text, case, false, func, literal, type_coerce

from engine.access.actor import Actor
from engine.records.paging import Keys
from engine.records.rows import RowSource
from engine.schema.columns import UtcDateTime
from engine.schema.model import Field

Period = Literal["", "day", "month", "quarter", "year"]
UNSEEN = -1
"""The key of every linked record the actor may not read."""
LENGTHS = {"day": 10, "month": 7, "year": 4}
QUARTERS = {"01": "Q1", "02": "Q1", "03": "Q1", "04": "Q2", "05": "Q2", "06": "Q2", "07": "Q3", "08": "Q3", "09": "Q3"}


@dataclass(frozen=True, slots=True)
class Group:
    """A field to group by; a day or moment by its day (`2026-03-04`), month (`2026-03`), quarter (`2026-Q1`) or year
    (`2026`) in the workspace's zone. In a list the groups follow each other, the last first when `descending`."""

    field: str
    by: Period = ""
    descending: bool = False


def group_key(rows: RowSource, group: Group, actor: Actor, zone: str) -> ColumnElement[Any]:
    """The group of each row; nothing for one without a value. Yes or no is always one of the two."""
    field = rows.model.entities[rows.entity].fields[group.field]
    column = rows.value(field.name)
    if field.target:
        return _link(rows, field, actor)
    if group.by:
        return _period(rows, column, group.by, zone)
    return func.coalesce(column, false()) if isinstance(column.type, Boolean) else column


def group_order(rows: RowSource, group: Group, actor: Actor, zone: str) -> Keys:
    """What brings the rows of a group together: options in their order, links by title, periods by time; yes comes
    before no. What cannot be seen and what has no value comes last."""
    field = rows.model.entities[rows.entity].fields[group.field]
    key = group_key(rows, group, actor, zone)
    if field.target or field.options:
        return [(rows.sort_column(field.name, actor), group.descending), (key, group.descending)]
    return [(key, group.descending != isinstance(rows.value(field.name).type, Boolean))]


def _link(rows: RowSource, field: Field, actor: Actor) -> ColumnElement[Any]:
    column = rows.value(field.name)
    hidden = column.is_not(None) & rows.unreadable(field, actor)
    return case((hidden, literal(UNSEEN, BigInteger())), else_=column)


def _period(rows: RowSource, column: ColumnElement[Any], by: Period, zone: str) -> ColumnElement[str]:
    moment = isinstance(column.type, UtcDateTime)
    if rows.dialect == "sqlite":
        text: ColumnElement[Any] = type_coerce(column, Text())
        text = func.crm_local_day(text, zone, type_=Text()) if moment else text
        if by != "quarter":
            return func.substr(text, 1, LENGTHS[by], type_=Text())
        return func.substr(text, 1, 5, type_=Text()) + case(QUARTERS, value=func.substr(text, 6, 2), else_="Q4")
    local = func.timezone(zone, column) if moment else column
    shape = 'YYYY-"Q"Q' if by == "quarter" else "YYYY-MM-DD"[: LENGTHS[by]]
    return func.to_char(local, shape, type_=Text())
