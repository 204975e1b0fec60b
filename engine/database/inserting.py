"""Inserting many rows of one table at once, with the work for each row cut to what its columns need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, TableClause, insert

Bind = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it. `binds` make of a value what the driver stores; None leaves it."""

    statement: str
    columns: tuple[tuple[str, Bind], ...]
    positional: bool


def insert_all(connection: Connection, table: TableClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; a column that a row does not name is empty. Columns with defaults made in Python are not meant."""
    if not rows:
        return
    names = tuple(dict.fromkeys(name for shape in dict.fromkeys(map(tuple, rows)) for name in shape))
    prepared = _prepare(connection.dialect, table, names)
    columns = [_bound([row.get(name) for row in rows], bind) for name, bind in prepared.columns]
    values = list(zip(*columns, strict=True))
    if prepared.positional:
        connection.exec_driver_sql(prepared.statement, values)
    else:
        keys = [name for name, _ in prepared.columns]
        connection.exec_driver_sql(prepared.statement, [dict(zip(keys, row, strict=True)) for row in values])


def _bound(values: list[Any], bind: Bind) -> list[Any]:
    """What the driver stores; values that repeat, such as the moment of a write, are made once."""
    if bind is None:
        return values
    made: list[Any] = []
    last, kept = object(), None
    for value in values:
        if value is not last:
            last, kept = value, bind(value)
        made.append(kept)
    return made


@lru_cache(maxsize=256)
def _prepare(dialect: Dialect, table: TableClause, names: tuple[str, ...]) -> _Prepared:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    order = compiled.positiontup if compiled.positional else names
    columns = tuple((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order or names)
    return _Prepared(str(compiled), columns, bool(compiled.positional))
