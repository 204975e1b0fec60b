"""Entities become tables: `e_<entity>`, a column per field, named constraints, indexes for links and sorts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table

from engine.schema.columns import UtcDateTime
from engine.schema.line_order import POSITION
from engine.schema.model import Entity, Field, ListQuery

PREFIX = "e_"
LONGEST_NAME = 63
LONGEST_LINK = 40
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def build_tables(entities: Mapping[str, Entity], queries: Iterable[ListQuery]) -> MetaData:
    """The tables of a blueprint, with an index for each sort that a view offers."""
    metadata = MetaData(naming_convention=NAMING)
    sorts: dict[str, set[str]] = {name: set() for name in entities}
    for query in queries:
        sorts[query.entity] |= {sort.field for sort in query.sort[:1]}
    for entity in entities.values():
        _build_table(entity, sorts[entity.name], metadata)
        for field in entity.fields.values():
            if field.type.kept_apart and field.joint is None:
                _build_link_table(field, metadata)
    return metadata


def _build_table(entity: Entity, sorts: set[str], metadata: MetaData) -> Table:
    stored = [field for field in entity.fields.values() if field.type.stored]
    table = Table(
        PREFIX + entity.name,
        metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        *(column for field in stored for column in _columns(field)),
        *([Column(POSITION, Integer)] if entity.line_of else []),
        Column("version", Integer, nullable=False, server_default="1"),
        Column("deleted_at", UtcDateTime),
    )
    alive = table.c.deleted_at.is_(None)
    for name in sorted(_indexed(entity, stored, sorts)):
        Index(None, table.c[name], table.c.id)
    if not entity.builtin and entity.line_of is None:
        deleted = table.c.deleted_at.is_not(None)
        Index(None, table.c.deleted_at, table.c.id, sqlite_where=deleted, postgresql_where=deleted)
    for _, columns in unique_groups(entity):
        name = unique_index_name(entity.name, columns)
        Index(name, *(table.c[c] for c in columns), unique=True, sqlite_where=alive, postgresql_where=alive)
    return table


def _build_link_table(field: Field, metadata: MetaData) -> Table:
    """Which records `field` of which record names; its rows are found from either side."""
    table = Table(
        link_table_name(field),
        metadata,
        Column("source", BigInteger, ForeignKey(f"{PREFIX}{field.entity}.id"), primary_key=True, autoincrement=False),
        Column("target", BigInteger, ForeignKey(f"{PREFIX}{field.targets[0]}.id"), primary_key=True),
        Column("position", Integer, nullable=False),
    )
    Index(None, table.c.target, table.c.source)
    return table


def link_table_name(field: Field) -> str:
    """A name that fits every database."""
    name = f"{PREFIX}{field.entity}__{field.name}"
    return name if len(name) <= LONGEST_LINK else f"{name[:31]}_{sha256(name.encode()).hexdigest()[:8]}"


def unique_index_name(entity: str, columns: Iterable[str]) -> str:
    """A name that fits every database."""
    name = f"uq_{PREFIX}{entity}_{'_'.join(columns)}"
    return name if len(name) <= LONGEST_NAME else f"{name[:46]}_{sha256(name.encode()).hexdigest()[:16]}"


def _columns(field: Field) -> list[Column[Any]]:
    columns = list(field.type.columns(field))
    if field.target:
        columns[0].append_foreign_key(ForeignKey(f"{PREFIX}{field.target}.id"))
    return columns


def _indexed(entity: Entity, stored: list[Field], sorts: set[str]) -> set[str]:
    """Sort columns of views, links that related lists follow, stages, what copies of the records are kept by, and what
    the blueprint asks for."""
    plain = {f.type.sort_column(f) for f in stored if f.index or f.name in sorts}
    links = {f.name for f in stored if f.target and (not f.system or f.name in ("owner", "team"))}
    links |= {f.name for f in stored if f.targets and not f.type.kept_apart}
    stages = {f.name for f in stored if "pipeline" in f.settings}
    changes = set() if entity.builtin else {"updated_at"}
    return plain | links | stages | changes


def unique_groups(entity: Entity) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is unique among the records outside the bin: (field names, column names) of each group."""
    single = [(f.name,) for f in entity.fields.values() if f.unique]
    groups = [*single, *entity.unique]
    fields = entity.fields
    return [(group, tuple(fields[name].type.unique_column(fields[name]) for name in group)) for group in groups]
