"""Which indexes a table has for the keys of a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause

from engine.records.paging import Keys


def has_index(table: FromClause, keys: Keys) -> bool:
    """Whether an index begins with the columns of the keys."""
    names = [column.name for column, _ in keys if isinstance(column, Column) and column.table is table]
    indexed = [["id"], *([each.name for each in index.columns] for index in getattr(table, "indexes", ()))]
    return len(names) == len(keys) and names in indexed


def leads_index(table: FromClause, column: ColumnElement[Any]) -> bool:
    """Whether an index begins with the column, and goes on with the id."""
    indexed = ([each.name for each in index.columns] for index in getattr(table, "indexes", ()))
    return isinstance(column, Column) and column.table is table and [column.name, "id"] in indexed
