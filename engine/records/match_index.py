"""The keys of records by which duplicates are found, written in the transaction of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, bindparam, delete, func, insert, select

from engine.database.identifiers import Identifiers
from engine.database.inserting import insert_all
from engine.database.match_tables import match_due, match_key, match_pair, matched
from engine.schema.matching import made_of, matched_fields
from engine.schema.model import Entity
from engine.schema.tables import PREFIX

VERSION = 1
"""Rises when keys are made in another way: then all are made anew."""
CHUNK = 500
Rows = Iterable[Mapping[str, Any]]


def keys_of(entity: Entity, row: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(rule, key) of a row."""
    return {(rule.name, key) for rule in entity.matching for key in rule.keys(row)}


def add_all(connection: Connection, ids: Identifiers, entity: Entity, rows: Rows) -> None:
    """New records, each to be compared with those that share a key with it."""
    if not entity.matching:
        return
    found = {int(row["id"]): keys_of(entity, row) for row in rows}
    keys = [_key(entity, record_id, pair) for record_id, pairs in found.items() for pair in sorted(pairs)]
    if keys:
        due = [{"record_id": each, "entity": entity.name, "mark": ids.next()} for each, pairs in found.items() if pairs]
        insert_all(connection, match_key, keys)
        insert_all(connection, match_due, due)


def change(
    connection: Connection, ids: Identifiers, entity: Entity, row: Mapping[str, Any], changed: Iterable[str]
) -> None:
    """A record with other values; nothing is written when its keys are the same."""
    if not set(matched_fields(entity.matching)) & set(changed):
        return
    record_id = int(row["id"])
    here = match_key.c.record_id == record_id
    before = {(rule, key) for rule, key in connection.execute(select(match_key.c.rule, match_key.c.key).where(here))}
    after = keys_of(entity, row)
    if gone := before - after:
        rule, key = match_key.c.rule == bindparam("its_rule"), match_key.c.key == bindparam("its_key")
        connection.execute(
            delete(match_key).where(here, rule, key), [{"its_rule": name, "its_key": text} for name, text in gone]
        )
    if added := after - before:
        _insert(connection, entity, record_id, added)
    _due(connection, ids, entity, record_id)


def outdated(connection: Connection, entities: Mapping[str, Entity]) -> list[str]:
    """The entities whose keys were made by other rules than they have now."""
    kept = {row.entity: row.rules for row in connection.execute(select(matched))}
    return [name for name, entity in entities.items() if kept.get(name, "") != _made(entity)]


def rebuild(
    connection: Connection, ids: Identifiers, entities: Mapping[str, Entity], tables: MetaData, names: Iterable[str]
) -> None:
    """Make the keys of every record of the entities named, and let those that share one be compared."""
    for entity in (entities[name] for name in names):
        for table in (match_key, match_due, match_pair, matched):
            connection.execute(delete(table).where(table.c.entity == entity.name))
        if not entity.matching:
            continue
        _fill(connection, entity, tables)
        _share(connection, ids, entity)
        connection.execute(insert(matched), {"entity": entity.name, "rules": _made(entity)})


def _fill(connection: Connection, entity: Entity, tables: MetaData) -> None:
    rows = tables.tables[PREFIX + entity.name]
    columns = [rows.c.id, *(rows.c[name] for name in matched_fields(entity.matching))]
    page = select(*columns).where(rows.c.id > bindparam("last")).order_by(rows.c.id).limit(CHUNK)
    last = 0
    while found := connection.execute(page, {"last": last}).mappings().all():
        made = [_key(entity, int(row["id"]), pair) for row in found for pair in sorted(keys_of(entity, dict(row)))]
        if made:
            connection.execute(insert(match_key), made)
        last = found[-1]["id"]


def _share(connection: Connection, ids: Identifiers, entity: Entity) -> None:
    """Only records that share a key with another one need to be compared."""
    own = match_key.c.entity == entity.name
    grouped = select(match_key.c.rule, match_key.c.key).where(own).group_by(match_key.c.rule, match_key.c.key)
    shared = grouped.having(func.count() > 1).subquery()
    joined = match_key.join(shared, (match_key.c.rule == shared.c.rule) & (match_key.c.key == shared.c.key))
    found = connection.execute(select(match_key.c.record_id).select_from(joined).where(own).distinct()).scalars().all()
    due = [{"record_id": record_id, "entity": entity.name, "mark": ids.next()} for record_id in found]
    for start in range(0, len(due), CHUNK):
        connection.execute(insert(match_due), due[start : start + CHUNK])


def _insert(connection: Connection, entity: Entity, record_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    connection.execute(insert(match_key), [_key(entity, record_id, pair) for pair in sorted(pairs)])


def _due(connection: Connection, ids: Identifiers, entity: Entity, record_id: int) -> None:
    """It is to be compared with the records that share a key with it."""
    connection.execute(delete(match_due).where(match_due.c.record_id == record_id))
    connection.execute(insert(match_due), {"record_id": record_id, "entity": entity.name, "mark": ids.next()})


def _key(entity: Entity, record_id: int, pair: Sequence[str]) -> dict[str, Any]:
    return {"entity": entity.name, "rule": pair[0], "key": pair[1], "record_id": record_id}


def _made(entity: Entity) -> str:
    return f"{VERSION}:{made_of(entity.matching)}" if entity.matching else ""
