"""Changes of tables: what a database lacks, and adding it with every row kept. Nothing here ever drops anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, Index, MetaData, Table, func, inspect, select, text

DifferenceKind = Literal[
    "add_table",
    "add_column",
    "add_index",
    "changed_type",
    "changed_nullable",
    "changed_reference",
    "extra_column",
    "extra_table",
]
TypesDiffer = Callable[[Column[Any], Column[Any]], bool]
_PREFIXES = ("e_", "sys_")
_LOCK = 7_270_511


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing in which the database and the wanted tables differ. Not `additive`: it needs more than adding."""

    table: str
    kind: DifferenceKind
    name: str = ""
    """The column or index; empty for a table."""
    detail: str = ""
    additive: bool = True


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database has, by table name."""

    columns: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, Mapping[str, str]]
    """column -> referenced table"""
    indexes: frozenset[str]


def lock_tables(connection: Connection) -> None:
    """Let no other process change tables until the transaction ends. Waits at most ten seconds on PostgreSQL,
    and there only for those that change tables of the same schema."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(func.current_schema()))))


def create_all(connection: Connection, metadata: MetaData) -> None:
    """Create every table that does not exist, with its indexes."""
    metadata.create_all(connection, checkfirst=True)


def difference(connection: Connection, metadata: MetaData) -> list[Difference]:
    """What differs, sorted by table. Tables of a prefix that `metadata` does not use are left out of sight."""
    found = _look(connection, metadata)
    differences: list[Difference] = []
    types_differ = _context(connection).impl.compare_type
    for table in metadata.tables.values():
        if table.name in found.columns:
            differences += _table_differences(connection, table, found, types_differ)
        else:
            differences.append(Difference(table.name, "add_table"))
    extra = found.columns.keys() - {table.name for table in metadata.tables.values()}
    return sorted([*differences, *(Difference(name, "extra_table") for name in extra)])


def apply_additive(connection: Connection, metadata: MetaData, differences: Iterable[Difference]) -> None:
    """Make the missing tables, columns and indexes, inside the caller's transaction. Differences that only say that
    the database has more are passed over; raises `ValueError` for one that is not additive."""
    wanted = sorted(differences)
    refused = [item for item in wanted if not item.additive]
    if refused:
        raise ValueError(f"not additive: {refused[0].table}.{refused[0].name} {refused[0].kind}")
    tables = {table.name: table for table in metadata.tables.values()}
    created = [tables[item.table] for item in wanted if item.kind == "add_table"]
    if created:
        metadata.create_all(connection, tables=created, checkfirst=False)
    implementation = _context(connection).impl
    for item in wanted:
        if item.kind == "add_column":
            column = tables[item.table].columns[item.name]
            implementation.add_column(item.table, column, inline_references=True)
    for item in wanted:
        if item.kind == "add_index":
            next(i for i in tables[item.table].indexes if _index_name(connection, i) == item.name).create(connection)


def _look(connection: Connection, metadata: MetaData) -> _Found:
    prefixes = tuple(p for p in _PREFIXES if any(t.name.startswith(p) for t in metadata.tables.values()))
    inspector = inspect(connection)
    names = [name for name in inspector.get_table_names() if name.startswith(prefixes)]
    if not names:
        return _Found({}, {}, frozenset())
    columns = inspector.get_multi_columns(filter_names=names)
    keys = inspector.get_multi_foreign_keys(filter_names=names)
    return _Found(
        {name: {str(column["name"]): column for column in found} for (_, name), found in columns.items()},
        {
            name: {key["constrained_columns"][0]: key["referred_table"] for key in found}
            for (_, name), found in keys.items()
        },
        frozenset(_existing_indexes(connection)),
    )


def _existing_indexes(connection: Connection) -> Iterator[str]:
    """By name: reflection cannot read indexes on expressions."""
    if connection.dialect.name == "postgresql":
        statement = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    else:
        statement = "SELECT name FROM sqlite_master WHERE type = 'index'"
    yield from connection.execute(text(statement)).scalars()


def _table_differences(
    connection: Connection, table: Table, found: _Found, types_differ: TypesDiffer
) -> Iterator[Difference]:
    existing, references = found.columns[table.name], found.references[table.name]
    for column in table.columns:
        if column.name in existing:
            yield from _column_differences(connection, column, existing[column.name], references, types_differ)
        else:
            yield _missing_column(column)
    for name in existing.keys() - set(table.columns.keys()):
        needs_value = not existing[name]["nullable"] and existing[name].get("default") is None
        yield Difference(table.name, "extra_column", name, "NOT NULL" if needs_value else "", not needs_value)
    for index in table.indexes:
        name = _index_name(connection, index)
        if name not in found.indexes:
            repeated = index.unique and _repeats(connection, index, existing)
            yield Difference(table.name, "add_index", name, "repeated values" if repeated else "", not repeated)


def _missing_column(column: Column[Any]) -> Difference:
    fits = bool(column.nullable) or column.server_default is not None
    return Difference(column.table.name, "add_column", column.name, "" if fits else "NOT NULL", fits)


def _column_differences(
    connection: Connection,
    column: Column[Any],
    existing: Mapping[str, Any],
    references: Mapping[str, str],
    types_differ: TypesDiffer,
) -> Iterator[Difference]:
    table, dialect = column.table.name, connection.dialect
    reflected: Column[Any] = Column(column.name, existing["type"])
    if types_differ(reflected, column):
        detail = f"{existing['type'].compile(dialect)} -> {column.type.compile(dialect)}"
        yield Difference(table, "changed_type", column.name, detail, False)
    if not column.primary_key and bool(existing["nullable"]) != bool(column.nullable):
        yield Difference(table, "changed_nullable", column.name, "NULL" if column.nullable else "NOT NULL", False)
    target = next((key.column.table.name for key in column.foreign_keys), None)
    if target != references.get(column.name):
        detail = f"{references.get(column.name, '-')} -> {target or '-'}"
        yield Difference(table, "changed_reference", column.name, detail, False)


def _repeats(connection: Connection, index: Index, existing: Mapping[str, Any]) -> bool:
    """Whether rows already there would break a unique index; a column still to be added is empty and breaks none."""
    if index.table is None or not {column.name for column in index.columns} <= existing.keys():
        return False
    columns = list(index.columns)
    statement = select(func.count()).select_from(index.table).where(*(column.is_not(None) for column in columns))
    condition = index.dialect_options[connection.dialect.name]["where"]
    if condition is not None:
        statement = statement.where(condition)
    statement = statement.group_by(*columns).having(func.count() > 1)
    return connection.execute(statement.limit(1)).first() is not None


def _index_name(connection: Connection, index: Index) -> str:
    """As the database keeps it: long names are cut by the dialect."""
    return connection.dialect.identifier_preparer.format_index(index).strip('"')


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection)
