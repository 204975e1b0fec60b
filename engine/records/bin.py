"""The bin: a record goes there with what its links cascade to, and comes back with what went in the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from engine.locale.catalogue import message_text
from engine.records import links
from engine.records.blocking import blocked
from engine.records.checks import repeated
from engine.records.errors import Invalid, Refused
from engine.records.ledger import move_rows, update_row
from engine.records.transaction import Stored, Transaction
from engine.schema.model import Entity, Field
from engine.schema.tables import unique_groups

Family = dict[str, dict[int, dict[str, Any]]]
"""The rows that go or come together: entity -> id -> row."""


def bury(transaction: Transaction, entity: Entity, stored: Stored) -> None:
    """Raises `Refused` when a link that restricts points at what would go; then nothing has gone."""
    family = _family(transaction, entity, stored.row, {"deleted_at": None})
    cleared: dict[tuple[str, int], tuple[dict[str, Any], dict[str, None]]] = {}
    for field, row in _left_behind(transaction, family):
        _, changes = cleared.setdefault((field.entity, int(row["id"])), (row, {}))
        changes[field.name] = None
    for (name, _), (row, changes) in cleared.items():
        update_row(transaction, transaction.entity(name), row, changes)
    for name, rows in family.items():
        move_rows(transaction, transaction.entity(name), list(rows.values()), transaction.moment.now)


def raise_up(transaction: Transaction, entity: Entity, stored: Stored, besides: frozenset[int] = frozenset()) -> None:
    """Raises `Invalid` when a unique value was taken meanwhile, or a record that a rule blocks came, but for `besides`;
    `Refused` when it belongs to a record in the bin."""
    family = _family(transaction, entity, stored.row, {"deleted_at": stored.row["deleted_at"]})
    _check_owner(transaction, entity, stored, family)
    for name, rows in family.items():
        member = transaction.entity(name)
        for record_id, row in rows.items():
            taken = repeated(transaction, member, row, record_id, unique_groups(member))
            if errors := blocked(transaction, member, row, record_id, besides=besides) | taken:
                raise Invalid(errors)
    for name, rows in family.items():
        move_rows(transaction, transaction.entity(name), list(rows.values()), None)


def _family(transaction: Transaction, entity: Entity, row: dict[str, Any], state: dict[str, Any]) -> Family:
    """A record and all that cascading links tie to it, level by level; a ring ends where it closes."""
    family: Family = {entity.name: {int(row["id"]): row}}
    level = {entity.name: [int(row["id"])]}
    while level:
        below: dict[str, list[int]] = {}
        for name, ids in level.items():
            for field in _links_to(transaction, name):
                if _on_delete(transaction, field) == "cascade":
                    members = family.setdefault(field.entity, {})
                    found = [r for r in links.pointing(transaction, field, ids, state) if int(r["id"]) not in members]
                    members.update({int(r["id"]): r for r in found})
                    below.setdefault(field.entity, []).extend(int(r["id"]) for r in found)
        level = {name: ids for name, ids in below.items() if ids}
    return {name: rows for name, rows in family.items() if rows}


def _left_behind(transaction: Transaction, family: Family) -> Iterator[tuple[Field, dict[str, Any]]]:
    """The (link, row) of records that stay and point at one that goes. Raises `Refused` for a link that restricts."""
    for name, rows in family.items():
        for field in _links_to(transaction, name):
            going = family.get(field.entity, {})
            found = links.pointing(transaction, field, list(rows), {"deleted_at": None})
            outside = [row for row in found if int(row["id"]) not in going]
            if outside and field.settings.get("on_delete") == "restrict":
                others = transaction.entity(field.entity).plural
                raise Refused(message_text("refused.restricted", count=len(outside), others=others))
            yield from ((field, row) for row in outside)


def _links_to(transaction: Transaction, name: str) -> list[Field]:
    """Who owns, made or changed a record stays written in it when that user goes."""
    return [field for field in transaction.model.links_to(name) if not field.system]


def _on_delete(transaction: Transaction, field: Field) -> str:
    """What a link says; the link of a line item to its record always cascades."""
    if transaction.entity(field.entity).line_of == (field.target, field.name):
        return "cascade"
    return str(field.settings.get("on_delete", "clear"))


def _check_owner(transaction: Transaction, entity: Entity, stored: Stored, family: Family) -> None:
    """What lives and dies with another record cannot come back while that one is in the bin."""
    for field in entity.fields.values():
        value = stored.row.get(field.name) if field.target and field.type.stored else None
        if value is None or field.system or _on_delete(transaction, field) != "cascade":
            continue
        if value in family.get(field.target or "", {}):
            continue
        table = transaction.model.table(field.target or "")
        statement = select(table.c.id).where(table.c.id == value, table.c.deleted_at.is_not(None))
        if transaction.connection.execute(statement).first():
            label = transaction.entity(field.target or "").label
            raise Refused(message_text("refused.restore_first", entity=label))
