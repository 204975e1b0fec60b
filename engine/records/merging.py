"""Several records become one: the survivor gets the chosen values and everything that hung on the others, which go to
the bin. A record taken out of the bin again takes back what it brought, as far as nothing has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from engine.database.match_tables import merge as table
from engine.locale.catalogue import message_text
from engine.records import attaching, bin, history, judging, linked, merge_links, merge_rows, rings
from engine.records.checks import repeated
from engine.records.errors import Invalid, Refused
from engine.records.ledger import move_rows, update_row
from engine.records.merge_choice import UNITED, Choices, is_list, mergeable, united
from engine.records.transaction import Stored, Transaction
from engine.schema.model import Entity, Field
from engine.schema.tables import unique_groups

MOST = 5
"""Records that become one at once."""


def merge(
    transaction: Transaction, entity: Entity, survivor: Stored, others: Sequence[Stored], choices: Choices
) -> int:
    """The survivor's new version; its rights and those of the others are judged. Raises `Refused`, `Invalid`,
    `MoveRefused`."""
    values = _values(transaction, entity, survivor, others, choices)
    files = [ref.id for field, value in values.items() for ref in entity.fields[field].type.files(value)]
    links = merge_links.turn(transaction, entity, [other.id for other in others], survivor.id)
    trails: dict[int, dict[str, Any]] = {}
    for other in others:
        rows = merge_rows.move(transaction.connection, entity.name, other.id, survivor.id, files)
        trails[other.id] = {"rows": rows, "links": links[other.id], "fields": {}}
    for number, other in enumerate(others):
        move_rows(transaction, entity, [other.row], transaction.moment.now + number * timedelta.resolution)
    version = _fill(transaction, entity, survivor, values, choices, trails)
    _keep(transaction, entity, survivor, trails)
    return version


def unmerge(transaction: Transaction, entity: Entity, stored: Stored) -> bool:
    """Take a merged record out of the bin, with what it brought; False for one that was not merged. Raises `Invalid`
    when a unique value was taken meanwhile."""
    connection = transaction.connection
    kept = connection.execute(select(table).where(table.c.record_id == stored.id)).mappings().first()
    if kept is None:
        return False
    trail: Mapping[str, Any] = kept["trail"] or {}
    _give_back(transaction, entity, kept["survivor"], trail.get("fields", {}))
    bin.raise_up(transaction, entity, stored, besides=frozenset((kept["survivor"],)))
    merge_links.turn_back(transaction, trail.get("links", ()))
    merge_rows.move_back(connection, entity.name, stored.id, kept["survivor"], trail.get("rows", {}))
    connection.execute(delete(table).where(table.c.record_id == stored.id))
    return True


def _values(
    transaction: Transaction, entity: Entity, survivor: Stored, others: Sequence[Stored], choices: Choices
) -> dict[str, Any]:
    """What the survivor is given."""
    rows = {each.id: each.row for each in (survivor, *others)}
    free = {field.name: field for field in mergeable(entity)}
    limits = transaction.model.limits_of(transaction.actor)
    if unknown := [name for name in choices if name not in free or not limits.writes(entity.name, name)]:
        raise Invalid({name: message_text("value.unknown_field", name=name) for name in unknown})
    if any(chosen not in rows and chosen != UNITED for chosen in choices.values()):
        raise Refused(message_text("merge.not_among"))
    gone = frozenset((entity.name, other.id) for other in others)
    values = {}
    for name, field in free.items():
        chosen = choices.get(name, survivor.id)
        value = _united(field, list(rows.values())) if chosen == UNITED else rows[chosen][name]
        values[name] = merge_links.without(field, value, gone | {(entity.name, survivor.id)})
    values |= _above(transaction, entity, survivor, {other.id for other in others})
    return {name: value for name, value in values.items() if value != survivor.row[name]}


def _united(field: Field, rows: list[dict[str, Any]]) -> Any:
    if not all(row[field.name] is None or is_list(field, row[field.name]) for row in rows):
        raise Invalid({field.name: message_text("merge.no_list", label=field.label)})
    return united(rows, field.name)


def _above(transaction: Transaction, entity: Entity, survivor: Stored, others: set[int]) -> dict[str, Any]:
    """Where the survivor stands below one that goes, it takes that one's place in the tree."""
    table, found = transaction.model.table(entity.name), {}
    for field in (field for field in entity.fields.values() if rings.is_tree(field)):
        path = [survivor.row[field.name]]
        while path[-1] is not None and len(path) < rings.DEEPEST:
            above = select(table.c[field.name]).where(table.c.id == path[-1])
            path.append(transaction.connection.execute(above).scalar_one_or_none())
        last = max((place for place, each in enumerate(path) if each in others), default=None)
        if last is not None:
            found[field.name] = path[last + 1] if last + 1 < len(path) else None
    return found


def _fill(
    transaction: Transaction,
    entity: Entity,
    survivor: Stored,
    values: Mapping[str, Any],
    choices: Choices,
    trails: dict[int, dict[str, Any]],
) -> int:
    """Write the values as any change is written, and keep from which record each of them came."""
    fresh = transaction.stored(entity, survivor.id)
    unseen = _unseen(transaction, entity, values)
    judged = {name: value for name, value in values.items() if name not in unseen}
    changed = judging.changed_values(transaction, entity, fresh, judged, None) | unseen
    version = update_row(transaction, entity, fresh.row, changed, judged=True) if changed else fresh.version
    attaching.hold(transaction, entity, survivor.id, fresh.row, changed)
    for name, value in ((name, value) for name, value in changed.items() if entity.fields[name].computed is None):
        field, source = entity.fields[name], choices.get(name, UNITED)
        trail = trails.get(source) or next(iter(trails.values()))
        trail["fields"][name] = [history.to_json(field, fresh.row[name]), history.to_json(field, value)]
    return version


def _unseen(transaction: Transaction, entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that name records the actor may not see: they go along, as nobody removes unknowingly what is linked."""
    named = {name: entity.fields[name].references(value) for name, value in values.items() if value is not None}
    seen = linked.visible(transaction, [reference for found in named.values() for reference in found])
    limits = transaction.model.limits_of(transaction.actor)
    unseen = {name for name, found in named.items() if not set(found) <= seen}
    return {name: value for name, value in values.items() if name in unseen or not limits.writes(entity.name, name)}


def _keep(transaction: Transaction, entity: Entity, survivor: Stored, trails: Mapping[int, dict[str, Any]]) -> None:
    """Where each record went, and what it brought."""
    row = {"entity": entity.name, "survivor": survivor.id, "operation": transaction.operation}
    row |= {"by_id": transaction.actor.user_id, "at": transaction.moment.now}
    kept = [{"record_id": record_id, "trail": trail, **row} for record_id, trail in trails.items()]
    transaction.connection.execute(insert(table), kept)


def _give_back(
    transaction: Transaction, entity: Entity, survivor_id: int, fields: Mapping[str, tuple[Any, Any]]
) -> None:
    """The survivor's own values, in fields that nobody has changed since."""
    rows = transaction.model.table(entity.name)
    row = transaction.connection.execute(select(rows).where(rows.c.id == survivor_id)).mappings().first()
    if row is None:
        return
    stored = dict(row)
    values = {}
    for name, (old, new) in fields.items():
        field = entity.fields.get(name)
        if field is not None and field.type.stored and history.to_json(field, stored[name]) == new:
            values[name] = None if old is None else field.type.accept(old, field)
    groups = [group for group in unique_groups(entity) if set(group[0]) & set(values)]
    if taken := repeated(transaction, entity, stored | values, survivor_id, groups):
        raise Invalid(taken)
    if values:
        update_row(transaction, entity, stored, values)
        attaching.hold(transaction, entity, survivor_id, stored, values)
