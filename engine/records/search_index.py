"""The search index, written in the transaction of the record: which words lead to which record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, bindparam, column, delete, insert, select, table, text, update

from engine.database.inserting import insert_all
from engine.database.search_tables import FTS, search, searched
from engine.records.search_words import words
from engine.schema.model import Entity, Field
from engine.schema.tables import PREFIX

VERSION = 1
"""Rises when words are made in another way: then every index is made anew."""
CHUNK = 500
_fts = table(FTS, column("rowid"), column("words"))
_FORGET = text(f"INSERT INTO {FTS}({FTS}, rowid, words) VALUES ('delete', :id, :words)")

_REWORD = update(search).where(search.c.record_id == bindparam("of_record")).values(words=bindparam("new_words"))

Rows = Iterable[Mapping[str, Any]]


def searched_fields(entity: Entity) -> tuple[Field, ...]:
    """The title and the fields marked with `search: true`."""
    fields = (field for field in entity.declared if field.search or field.name == entity.title)
    return tuple(field for field in fields if field.type.stored and not field.target and field.joint is None)


def mark(entity: str) -> str:
    """A word that only the records of one entity have."""
    return f"§{entity}"


def add(connection: Connection, entity: Entity, row: Mapping[str, Any]) -> None:
    """A new record."""
    add_all(connection, entity, [row])


def add_all(connection: Connection, entity: Entity, rows: Rows) -> None:
    """New records, at least one."""
    if not entity.line_of:
        words = [{"record_id": row["id"], "entity": entity.name, "words": _words(entity, row)} for row in rows]
        _insert(connection, words)


def change_all(connection: Connection, entity: Entity, rows: Sequence[Mapping[str, Any]]) -> None:
    """Records with other values; of those whose words are the same nothing is written."""
    if entity.line_of:
        return
    before: dict[int, str] = {}
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), CHUNK):
        among = search.c.record_id.in_(ids[start : start + CHUNK])
        before |= {
            row[0]: row[1] for row in connection.execute(select(search.c.record_id, search.c.words).where(among))
        }
    add_missing = [row for row in rows if row["id"] not in before]
    if add_missing:
        add_all(connection, entity, add_missing)
    after = {row["id"]: _words(entity, row) for row in rows if row["id"] in before}
    changed = [{"id": each, "words": words} for each, words in after.items() if words != before[each]]
    if changed:
        _forget(connection, [{"id": each["id"], "words": before[each["id"]]} for each in changed])
        connection.execute(_REWORD, [{"of_record": each["id"], "new_words": each["words"]} for each in changed])
        if connection.dialect.name == "sqlite":
            connection.execute(insert(_fts), [{"rowid": each["id"], "words": each["words"]} for each in changed])


def outdated(connection: Connection, entities: Mapping[str, Entity]) -> list[str]:
    """The entities whose records were not indexed by the fields they are searched by now."""
    kept = {row.entity: row.fields for row in connection.execute(select(searched.c.entity, searched.c.fields))}
    return [name for name, entity in entities.items() if kept.get(name) != _made(entity)]


def rebuild(connection: Connection, entities: Mapping[str, Entity], tables: MetaData, names: Iterable[str]) -> None:
    """Index every record of the entities named, those in the bin too."""
    for entity in (entities[name] for name in names):
        _clear(connection, entity.name)
        if not entity.line_of:
            _fill(connection, entity, tables)
        connection.execute(delete(searched).where(searched.c.entity == entity.name))
        connection.execute(insert(searched), {"entity": entity.name, "fields": _made(entity)})


def _fill(connection: Connection, entity: Entity, tables: MetaData) -> None:
    rows = tables.tables[PREFIX + entity.name]
    columns = [rows.c.id, *(rows.c[field.name] for field in searched_fields(entity))]
    page = select(*columns).where(rows.c.id > bindparam("last")).order_by(rows.c.id).limit(CHUNK)
    last = 0
    while found := connection.execute(page, {"last": last}).mappings().all():
        _insert(
            connection,
            [{"record_id": row["id"], "entity": entity.name, "words": _words(entity, dict(row))} for row in found],
        )
        last = found[-1]["id"]


def _clear(connection: Connection, entity: str) -> None:
    own = search.c.entity == entity
    if connection.dialect.name == "sqlite":
        while (
            found := connection.execute(select(search.c.record_id.label("id"), search.c.words).where(own).limit(CHUNK))
            .mappings()
            .all()
        ):
            _forget(connection, [dict(row) for row in found])
            connection.execute(delete(search).where(search.c.record_id.in_([row["id"] for row in found])))
    connection.execute(delete(search).where(own))


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    insert_all(connection, search, rows)
    if connection.dialect.name == "sqlite":
        insert_all(connection, _fts, [{"rowid": row["record_id"], "words": row["words"]} for row in rows])


def _forget(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """FTS5 takes words out when it is told which they were."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FORGET, rows)


def _words(entity: Entity, row: Mapping[str, Any]) -> str:
    values = ((field, row.get(field.name)) for field in searched_fields(entity))
    text = "\n".join(field.type.search_text(value, field) for field, value in values if value is not None)
    return " ".join((mark(entity.name), *words(text)))


def _made(entity: Entity) -> str:
    return f"{VERSION}:" + ",".join(field.name for field in searched_fields(entity))
