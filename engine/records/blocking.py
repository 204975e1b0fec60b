"""Records that may not be written because a blocking rule finds another one that is too like them. Who writes need not
see that one: no error says which record it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text, tuple_

from engine.database.match_tables import match_key
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.transaction import Transaction, Values
from engine.schema.matching import MatchRule, matched_fields
from engine.schema.model import Entity

MOST_PER_KEY = 40
"""Records looked at that share one key, the newest."""
CHUNK = 200
EXEMPT = ("seed", "demo")
"""Sources of records that come with a blueprint."""
Key = tuple[str, str]
"""A rule and what records share under it."""
Rows = dict[int, Mapping[str, Any]]


@dataclass(slots=True)
class Alike:
    """What many writes of one entity know of each other and of the records there: by key, and as they will be."""

    _asked: dict[Key, set[int]] = field(default_factory=dict)
    _rows: Rows = field(default_factory=dict)

    def look(self, transaction: Transaction, entity: Entity, rows: Iterable[Values]) -> None:
        """Ask for the records that share a key with any of the rows; one statement for each few hundred keys."""
        wanted = {key for row in rows for rule in blocking(entity) for key in keys(entity, rule, row)}
        missing = sorted(wanted - self._asked.keys())
        for start in range(0, len(missing), CHUNK):
            part = missing[start : start + CHUNK]
            self._asked |= {key: set() for key in part}
            for key, row in _sharing(transaction, entity, part):
                self._asked[key].add(row["id"])
                self._rows.setdefault(row["id"], row)

    def sharing(self, found: Sequence[Key]) -> Rows | None:
        """The records that share one of the keys; None when that was not asked."""
        if any(key not in self._asked for key in found):
            return None
        return {record_id: self._rows[record_id] for key in found for record_id in self._asked[key]}

    def claim(self, entity: Entity, record_id: int, row: Values) -> None:
        """A row that was judged will be written."""
        if rules := blocking(entity):
            self._rows[record_id] = {name: row.get(name) for name in matched_fields(rules)}
            for key in (key for rule in rules for key in keys(entity, rule, row)):
                self._asked.setdefault(key, set()).add(record_id)


def blocking(entity: Entity) -> tuple[MatchRule, ...]:
    return tuple(rule for rule in entity.matching if rule.block)


def keys(entity: Entity, rule: MatchRule, row: Values) -> list[Key]:
    """What others share with the row under the rule; a linked record that is still to be made is nobody's yet."""
    unmade = {name for name in rule.fields if entity.fields[name].target and (row.get(name) or 0) < 0}
    return [(rule.name, key) for key in rule.keys({name: row.get(name) for name in rule.fields if name not in unmade})]


def blocked(
    transaction: Transaction,
    entity: Entity,
    row: Values,
    record_id: int,
    changed: Iterable[str] | None = None,
    besides: frozenset[int] = frozenset(),
) -> dict[str, Text]:
    """An error for each blocking rule that `changed` touches, all of them for None, under which another record outside
    the bin is the same; it stands beside the first of its fields with a value."""
    touched = None if changed is None else set(changed)
    rules = [rule for rule in blocking(entity) if touched is None or touched & set(rule.fields)]
    found = [key for rule in rules for key in keys(entity, rule, row)]
    if not found or transaction.source in EXEMPT or transaction.backlog is not None:
        return {}
    near = _near(transaction, entity, found)
    others = [other for other_id, other in near.items() if other_id != record_id and other_id not in besides]
    errors: dict[str, Text] = {}
    for rule in rules:
        if any(rule.likeness(row, other) for other in others):
            name = next(name for name in rule.fields if row.get(name) is not None)
            errors.setdefault(name, _sentence(entity, rule))
    return errors


def _near(transaction: Transaction, entity: Entity, found: Sequence[Key]) -> Rows:
    known = transaction.foresight.alike(entity).sharing(found) if transaction.foresight else None
    if known is not None:
        return known
    return {row["id"]: row for _, row in _sharing(transaction, entity, sorted(set(found)))}


def _sharing(transaction: Transaction, entity: Entity, found: Sequence[Key]) -> Iterable[tuple[Key, Mapping[str, Any]]]:
    """The newest records outside the bin with each key, with what the rules compare."""
    _wait_for_others(transaction, entity)
    table = transaction.model.table(entity.name)
    place = func.row_number().over(
        partition_by=(match_key.c.rule, match_key.c.key), order_by=match_key.c.record_id.desc()
    )
    columns = [table.c.id, *(table.c[name] for name in matched_fields(blocking(entity)))]
    here = (match_key.c.entity == entity.name, tuple_(match_key.c.rule, match_key.c.key).in_(found))
    joined = match_key.join(table, match_key.c.record_id == table.c.id)
    marked = select(match_key.c.rule.label("rule__"), match_key.c.key.label("key__"), place.label("place__"), *columns)
    near = marked.select_from(joined).where(*here, table.c.deleted_at.is_(None)).subquery()
    statement = select(near).where(near.c.place__ <= MOST_PER_KEY)
    for row in transaction.connection.execute(statement).mappings().all():
        yield (row["rule__"], row["key__"]), {**row, "id": int(row["id"])}


def _wait_for_others(transaction: Transaction, entity: Entity) -> None:
    """No index keeps two writers at once from the same key; on SQLite there is only one."""
    if transaction.dialect == "postgresql" and not transaction.judging:
        lock = text("SELECT pg_advisory_xact_lock(hashtext(:name))").bindparams(name=f"match:{entity.name}")
        transaction.connection.execute(lock)


def _sentence(entity: Entity, rule: MatchRule) -> Text:
    if rule.label is not None:
        return message_text("value.already_there", entity=entity.label, why=rule.label)
    key = "value.already_like" if any(part.kind.fuzzy for part in rule.parts) else "value.already_same"
    return message_text(key, entity=entity.label, label=entity.fields[rule.fields[0]].label)
