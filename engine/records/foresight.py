"""What the rules of many writes ask of the database, asked for all of them at once; and what those of them that are
judged but not written yet will change about the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, tuple_

from engine.expressions.parse import Expression
from engine.records import linked
from engine.records.blocking import Alike, blocking
from engine.records.transaction import Transaction, Values
from engine.records.view import RecordView
from engine.schema.field_type import Reference
from engine.schema.model import Entity, Field
from engine.schema.tables import unique_groups

CHUNK = 300
Place = tuple[str, tuple[str, ...]]
"""An entity and the columns that are unique together in it."""
Taken = dict[tuple[Any, ...], set[int]]


@dataclass(slots=True)
class Foresight:
    """Answers hold while nobody else writes: on SQLite to the end of the transaction; elsewhere the database's own
    index has the last word about repeated values."""

    view: RecordView | None = None
    """Of rows to come: it remembers what lies behind links."""
    awaited: dict[str, list[Values]] = field(default_factory=dict)
    """Rows that were judged and are not written yet, where rules of their entity count such rows."""
    _seen: dict[tuple[str, str, Reference], bool] = field(default_factory=dict)
    _taken: dict[Place, Taken] = field(default_factory=dict)
    _claimed: dict[Place, Taken] = field(default_factory=dict)
    _freed: dict[Place, set[tuple[tuple[Any, ...], int]]] = field(default_factory=dict)
    _standing: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _alike: dict[str, Alike] = field(default_factory=dict)

    def look(self, transaction: Transaction, entity: Entity, rows: Iterable[Values]) -> None:
        """Ask what the rows will ask: which linked records may be named, and which values are taken."""
        listed = list(rows)
        for named in (each for each in entity.fields.values() if each.target or each.targets):
            if named.type.stored and not transaction.actor.unlimited:
                self._look_at(transaction, named, listed)
        for names, columns in unique_groups(entity):
            self._look_for(transaction, entity, names, columns, listed)
        if self.view is None or not self.view.reads(transaction.connection):
            self.view = transaction.view(entity, awaited=self.awaited)
        self.view.preload(_paths(entity), listed)

    def look_alike(self, transaction: Transaction, entity: Entity, rows: Iterable[Values]) -> None:
        """Ask which records share a key of a blocking rule with rows as they will be."""
        if blocking(entity):
            self.alike(entity).look(transaction, entity, rows)

    def alike(self, entity: Entity) -> Alike:
        return self._alike.setdefault(entity.name, Alike())

    def may_name(self, named: Field, reference: Reference) -> bool | None:
        """Whether a record may be the value of a field; None when that was not asked."""
        return True if reference[1] < 0 else self._seen.get((named.entity, named.name, reference))

    def learn(self, named: Field, reference: Reference, may: bool) -> None:
        """The answer to what was asked only now, such as a default that many rows have."""
        self._seen[named.entity, named.name, reference] = may

    def holders(self, place: Place, values: tuple[Any, ...]) -> set[int] | None:
        """The records that have these values; None when that was not asked. `claimed` holds what will have them."""
        return self._taken.get(place, {}).get(values)

    def known_holders(self, place: Place, values: tuple[Any, ...], holders: set[int]) -> set[int]:
        """The holders of values as they will be, from those in the database."""
        self._taken.setdefault(place, {})[values] = holders
        freed = {record_id for each, record_id in self._freed.get(place, ()) if each == values}
        return (holders - freed) | self._claimed.get(place, {}).get(values, set())

    def claim(self, entity: Entity, record_id: int, row: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """A row that was judged will be written: its values are taken, those it had before are free."""
        self.alike(entity).claim(entity, record_id, row)
        for names, columns in unique_groups(entity):
            place, values = (entity.name, columns), stored_values(entity, names, columns, row)
            old = None if before is None else stored_values(entity, names, columns, before)
            if old == values:
                continue
            if old is not None:
                self._freed.setdefault(place, set()).add((old, record_id))
                self._claimed.get(place, {}).get(old, set()).discard(record_id)
            if values is not None:
                self._claimed.setdefault(place, {}).setdefault(values, set()).add(record_id)

    def standing(self, field_: Field, stage: str, counted: int | None = None) -> int | None:
        """How many records stand in a stage; with `counted` that number is kept."""
        key = (field_.entity, field_.name, stage)
        if counted is not None:
            self._standing[key] = counted
        return self._standing.get(key)

    def enters(self, field_: Field, stage: Any, left: Any = None) -> None:
        """A row that was judged will stand in a stage, and no more in another one."""
        for key, change in ((str(stage), 1), (str(left), -1)):
            place = (field_.entity, field_.name, key)
            if place in self._standing:
                self._standing[place] += change

    def awaits(self, entity: Entity, row: Values) -> None:
        """A row that was judged will be there."""
        if any(node.rows.entity == entity.name for rule in rules_of(entity) for node in rule.quantified):
            self.awaited.setdefault(entity.name, []).append(row)

    def _look_at(self, transaction: Transaction, named: Field, rows: list[Values]) -> None:
        wanted = {
            reference
            for row in rows
            for reference in _references(named, row.get(named.name))
            if (named.entity, named.name, reference) not in self._seen
        }
        seen = linked.visible(transaction, list(wanted), named.link_filter) if wanted else set()
        self._seen |= {(named.entity, named.name, reference): reference in seen for reference in wanted}

    def _look_for(
        self,
        transaction: Transaction,
        entity: Entity,
        names: tuple[str, ...],
        columns: tuple[str, ...],
        rows: list[Values],
    ) -> None:
        known = self._taken.setdefault((entity.name, columns), {})
        wanted = {values for row in rows if (values := stored_values(entity, names, columns, row)) is not None}
        missing = [values for values in wanted if values not in known]
        known |= {values: set() for values in missing}
        table = transaction.model.table(entity.name)
        read = [table.c[column] for column in columns]
        for start in range(0, len(missing), CHUNK):
            among = missing[start : start + CHUNK]
            same = read[0].in_([values[0] for values in among]) if len(read) == 1 else tuple_(*read).in_(among)
            statement = select(table.c.id, *read).where(table.c.deleted_at.is_(None), same)
            for found in transaction.connection.execute(statement):
                known.setdefault(tuple(found[1:]), set()).add(found[0])


def stored_values(
    entity: Entity, names: tuple[str, ...], columns: tuple[str, ...], row: Values
) -> tuple[Any, ...] | None:
    """What a row holds in columns that are unique together; None when a part is empty."""
    found = []
    for name, column in zip(names, columns, strict=True):
        value = row.get(name)
        if value is None:
            return None
        known = entity.fields[name]
        found.append(value if column == name else known.type.companions(value, known)[column])
    return tuple(found)


def _references(named: Field, value: Any) -> tuple[Reference, ...]:
    return tuple(reference for reference in named.references(value) if reference[1] > 0) if value is not None else ()


def rules_of(entity: Entity) -> list[Expression]:
    """Every expression that judges, fills or works out a record of the entity when it is written."""
    defaults = [each.default.expression for each in entity.declared if each.default]
    others = [rule for each in entity.declared for rule in (each.required, each.visible, each.readonly, each.validate)]
    computed = [each.computed.expression for each in entity.declared if each.computed]
    checks = [check.never for check in entity.checks]
    return [rule for rule in (*defaults, *others, *computed, *checks) if rule is not None]


def _paths(entity: Entity) -> set[tuple[str, ...]]:
    """What the rules and formulas of the entity read behind its links."""
    return {path for rule in rules_of(entity) for path in rule.names if len(path) > 1 and path[0] in entity.fields}
