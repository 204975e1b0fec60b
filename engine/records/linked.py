"""Records that a field names several of: their titles beside a row, filters over them, and the table that joins them.

A row keeps the ids in their order; the link table `e_<entity>__<field>` holds the same pairs for looking from either
side. Records in the bin and records the actor may not read stay linked, and are out of sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    case,
    cast,
    delete,
    false,
    insert,
    null,
    or_,
    select,
    true,
    type_coerce,
)

from engine.access.actor import Actor
from engine.expressions.parse import Expression
from engine.records import joins
from engine.records.pairs import functions, joined
from engine.records.rows import RowSource
from engine.records.transaction import Transaction, Values
from engine.schema.columns import Gathered, Named
from engine.schema.field_type import Reference
from engine.schema.model import Entity, Field

CHUNK = 500


def titles(rows: RowSource, field: Field, actor: Actor) -> ColumnElement[Any]:
    """((entity, id, title), ...) of the linked records in their order, in the statement that reads the row."""
    link, (target, there) = _pairs(rows, field, actor), _target(rows, field, actor)
    make, gather = functions(rows.dialect)
    found = gather(make(link.c.position, link.c.target, _title(target)))
    return type_coerce(cast(_seen(rows, link, target, there, found), Text()), Named(field.targets[0]))


def ids(rows: RowSource, field: Field, actor: Actor) -> ColumnElement[Any]:
    """The ids of the linked records that the actor may see: the value of a field that has no column."""
    link, (target, there) = _pairs(rows, field, actor), _target(rows, field, actor)
    make, gather = functions(rows.dialect)
    found = gather(make(link.c.position, link.c.target))
    return type_coerce(cast(_seen(rows, link, target, there, found), Text()), Gathered())


def _seen(rows: RowSource, link: FromClause, target: RowSource, there: Sequence[Any], found: Any) -> Any:
    """What is gathered of the linked records of a row."""
    statement = select(found).select_from(target.joined.join(link, link.c.target == target.table.c.id))
    return statement.where(link.c.source == rows.table.c.id, *there).correlate(rows.table).scalar_subquery()


def title(rows: RowSource, field: Field, actor: Actor) -> ColumnElement[Any]:
    """The title of the linked record of one of several entities; nothing when it is in the bin or not to be seen."""
    kind, record_id = rows.table.c[f"{field.name}__entity"], rows.table.c[f"{field.name}__id"]
    found = []
    for name in field.targets:
        target = RowSource(rows.model, rows.dialect, name, alias=True)
        seen = [target.table.c.deleted_at.is_(None), target.allowed(actor, "read")]
        statement = select(_title(target)).select_from(target.joined).where(target.table.c.id == record_id, *seen)
        found.append((kind == name, statement.correlate(rows.table).scalar_subquery()))
    return case(*found, else_=null())


def compare(rows: RowSource, field: Field, actor: Actor, comparison: str, values: Iterable[Any]) -> ColumnElement[bool]:
    """A filter over the linked records that the actor may see."""
    asked = (value if isinstance(value, tuple) else (value,) for value in values)
    ids = list(dict.fromkeys(record_id for value in asked for record_id in value))
    found = {
        "any_of": or_(false(), _among(rows, field, actor, ids)),
        "none_of": ~_among(rows, field, actor, ids),
        "all_of": and_(true(), *(_among(rows, field, actor, [record_id]) for record_id in ids)),
        "empty": ~_some(rows, field, actor),
        "not_empty": _some(rows, field, actor),
    }
    return found[comparison]


def _among(rows: RowSource, field: Field, actor: Actor, ids: Sequence[int]) -> ColumnElement[bool]:
    link = _pairs(rows, field, actor)
    return rows.table.c.id.in_(_sources(rows, field, actor, link).where(link.c.target.in_(ids)))


def _some(rows: RowSource, field: Field, actor: Actor) -> ColumnElement[bool]:
    link = _pairs(rows, field, actor)
    return _sources(rows, field, actor, link).where(link.c.source == rows.table.c.id).correlate(rows.table).exists()


def _pairs(rows: RowSource, field: Field, actor: Actor) -> FromClause:
    """Who names whom: where records join the two, as far as the actor may see these."""
    if field.joint is None:
        return rows.model.link_table(field)
    joining = RowSource(rows.model, rows.dialect, field.joint.entity, alias=True)
    allowed = joining.allowed(actor, "read")
    return joined(joining.table, field, joining.joined, allowed).subquery()


def _sources(rows: RowSource, field: Field, actor: Actor, link: FromClause) -> Select[Any]:
    """The records that link to one the actor may see."""
    target, there = _target(rows, field, actor)
    joined = target.joined.join(link, link.c.target == target.table.c.id)
    return select(link.c.source).select_from(joined).where(*there)


def _target(rows: RowSource, field: Field, actor: Actor) -> tuple[RowSource, list[ColumnElement[bool]]]:
    """The rows of the other entity, under a name of their own, and what makes them seen."""
    target = RowSource(rows.model, rows.dialect, field.targets[0], alias=True)
    return target, [target.table.c.deleted_at.is_(None), target.allowed(actor, "read")]


def _title(target: RowSource) -> SQLColumnExpression[Any]:
    """As text, also of a title of several parts."""
    entity = target.model.entities[target.entity]
    title = entity.fields.get(entity.title)
    return target.table.c[title.type.title_column(title)] if title else null()


# -- writing


def link_fields(entity: Entity) -> list[Field]:
    return [field for field in entity.fields.values() if field.type.kept_apart]


def relink(transaction: Transaction, entity: Entity, record_id: int, row: Values, new: bool = False) -> None:
    """Write the pairs of the link fields in `row`; a `new` record has none yet."""
    for field in link_fields(entity):
        if field.name not in row or field.joint is not None:
            continue
        table = transaction.model.link_table(field)
        if not new:
            transaction.connection.execute(delete(table).where(table.c.source == record_id))
        pairs = [
            {"source": record_id, "target": target, "position": position}
            for position, target in enumerate(row[field.name] or ())
        ]
        if pairs:
            transaction.connection.execute(insert(table), pairs)


def with_unseen(transaction: Transaction, entity: Entity, stored: Values, wanted: Values) -> dict[str, Any]:
    """`wanted` with what its link fields hold that the actor cannot see: nobody removes that unknowingly."""
    kept = dict(wanted)
    for field in link_fields(entity):
        if field.name in wanted:
            before, after = stored[field.name] or (), wanted[field.name] or ()
            missing = [record_id for record_id in before if record_id not in after]
            seen = visible(transaction, [(field.targets[0], record_id) for record_id in missing])
            if field.joint is not None:
                seen &= {(field.targets[0], each) for each in joins.seen(transaction, field, stored["id"], missing)}
            unseen = tuple(record_id for record_id in missing if (field.targets[0], record_id) not in seen)
            kept[field.name] = (*after, *unseen) or None
            if field.joint is not None:
                kept[field.name] = joins.ordered(before, (*after, *unseen))
    return kept


def visible(
    transaction: Transaction, references: Sequence[Reference], chosen_from: Expression | None = None
) -> set[Reference]:
    """Those of the references that the actor may see, and that `chosen_from` holds for; one statement per entity."""
    by_entity: dict[str, list[int]] = {}
    for entity, record_id in references:
        by_entity.setdefault(entity, []).append(record_id)
    found: set[Reference] = set()
    for entity, ids in by_entity.items():
        rows = RowSource(transaction.model, transaction.dialect, entity)
        here = [rows.table.c.deleted_at.is_(None), rows.allowed(transaction.actor, "read")]
        if chosen_from is not None:
            here.append(rows.condition(chosen_from))
        for start in range(0, len(ids), CHUNK):
            among = rows.table.c.id.in_(ids[start : start + CHUNK])
            statement = select(rows.table.c.id).select_from(rows.joined).where(among, *here)
            ids_here = transaction.connection.execute(statement, transaction.parameters).scalars()
            found |= {(entity, record_id) for record_id in ids_here}
    return found
